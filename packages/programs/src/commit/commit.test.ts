import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { randomInputs, randomProgram, randomStepProgram } from '../../test/random-program.ts';
import { startNodeThread } from '../engine/node-threads.ts';
import {
  chunkCount,
  chunkSpan,
  commitProgram,
  createEngine,
  createHasher,
  type Dtype,
  decodeInterface,
  encodeInterface,
  hashChunks,
  hiding,
  listRoot,
  openChunk,
  ProgramBuilder,
  runReference,
  tensor,
  tensorRoot,
  traceRoot,
  treeRoot,
  verifyOpening,
} from '../index.ts';

const SHAPES: readonly (readonly number[])[] = [
  [],
  [1],
  [1023],
  [1024],
  [1025],
  [3, 1024],
  [5, 1500],
  [3, 2049],
  [700, 3],
  [341, 3],
  [342, 3],
  [2, 3, 511],
  [2, 3, 513],
  [5000, 1],
  [70, 1000],
  [3000, 512],
];

const drawn = (dtype: Dtype, shape: readonly number[], seed: number) => {
  const random = new Random(seed);
  return tensor(
    dtype,
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.int(-128, 127)),
  );
};

test('chunks cover a tensor once, in order, and hold whole rows or parts of one', () => {
  for (const shape of SHAPES) {
    const type = { dtype: 'i16', shape } as const;
    let end = 0;
    for (let i = 0; i < chunkCount(type); i++) {
      const { offset, length } = chunkSpan(type, i);
      assert.ok(offset === end && length >= 1 && length <= 1024);
      end = offset + length;
    }
    assert.equal(end, 2 * shape.reduce((a, b) => a * b, 1));
  }
});

test('the kernels hash chunk trees to the roots of the readable tier', async () => {
  const fast = await createHasher();
  for (const dtype of ['i8', 'i16', 'i32'] as const) {
    for (const [i, shape] of SHAPES.entries()) {
      const value = drawn(dtype, shape, i);
      assert.equal(toHex(fast(value)), toHex(hashChunks(value)), `${dtype} [${shape}]`);
    }
  }
});

test('every chunk opens to the root, and nothing else does', async () => {
  const value = drawn('i8', [7, 1500], 1);
  const root = tensorRoot(value);
  for (let index = 0; index < chunkCount(value); index++) {
    const opening = await openChunk(value, index);
    assert.deepEqual(unwrap(verifyOpening(value, root, opening)), chunkSpan(value, index));
    const chunk = opening.chunk.slice();
    chunk[0]! ^= 1;
    const other = { ...opening, index: (index + 1) % chunkCount(value) };
    for (const wrong of [{ ...opening, chunk }, other, { ...opening, path: opening.path.slice(1) }]) {
      const refused = verifyOpening(value, root, wrong);
      assert.equal(!refused.ok && refused.problem.code, 'program.opening');
    }
    assert.equal(verifyOpening({ dtype: 'i8', shape: [1500, 7] }, root, opening).ok, false);
  }
});

test('a traced run gives the roots of every value that the reference computes', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram(seed);
    const engine = unwrap(await createEngine(program));
    const samples = [0, 1].map((i) => randomInputs(program, seed + i));
    const runs = unwrap(await engine.runMany(samples, { trace: true }));
    for (const [i, inputs] of samples.entries()) {
      const values = runReference(program, inputs).slice(-program.nodes.length);
      const roots = values.map((value) => tensorRoot(value));
      const { chunkRoot, nodeRoot, root } = runs[i]!.trace!;
      assert.deepEqual(
        values.map((_, node) => chunkRoot(node)),
        values.map((value) => hashChunks(value)),
      );
      assert.deepEqual(
        values.map((_, node) => nodeRoot(node)),
        roots,
      );
      assert.deepEqual(root, treeRoot(roots));
    }
  }
});

test('a traced run of many samples on several threads, values of many sizes hashed in many batches', async () => {
  const b = new ProgramBuilder();
  const scale = { mantissa: 1, exponent: 0 };
  const stage = { shift: 0, low: -100, high: 100 };
  const x = b.input({ name: 'x', dtype: 'i8', shape: [6, 1_500], low: -128, high: 127, encoding: scale });
  let last = x;
  for (const shape of [[9_000], [4_500, 2], [1, 9_000], [3, 3_000], [600, 15], [9, 1_000]]) {
    last = unwrap(b.node({ form: { op: 'reshape', x: last, shape }, dtype: 'i8', stage: null }));
    last = unwrap(b.node({ form: { op: 'affine', x: [last], c: [-1], d: 3 }, dtype: 'i8', stage }));
    b.output(`sums of ${shape}`, unwrap(b.node({ form: { op: 'reduce_sum', x: last }, dtype: 'i32', stage })), scale);
  }
  b.output('y', last, scale);
  const program = unwrap(b.finish());
  const samples = Array.from({ length: 7 }, (_, i) => [drawn('i8', [6, 1_500], i)]);
  for (const threads of [1, 3]) {
    const machine = { threads, startThread: startNodeThread };
    const engine = unwrap(await createEngine(program, { machine, parallelCycles: 1_000 }));
    const runs = unwrap(await engine.runMany(samples, { trace: true }));
    for (const [i, inputs] of samples.entries()) {
      const roots = runReference(program, inputs)
        .slice(-program.nodes.length)
        .map((value) => tensorRoot(value));
      const { nodeRoot, root } = runs[i]!.trace!;
      assert.deepEqual(
        roots.map((_, node) => nodeRoot(node)),
        roots,
      );
      assert.deepEqual(root, treeRoot(roots));
    }
    await engine.close();
  }
});

test('an interface reads back as what it says of a program, and no other bytes do', () => {
  for (let seed = 0; seed < 20; seed++) {
    const program = randomStepProgram(seed);
    const bytes = encodeInterface(program);
    const { inputs, outputs, states } = decodeInterface(bytes)!;
    assert.deepEqual(
      inputs,
      program.inputs.map(({ dtype, shape, low, high }) => ({ dtype, shape, low, high })),
    );
    assert.deepEqual(
      outputs,
      program.outputs.map(({ value }) => value),
    );
    assert.deepEqual(states, program.states);
    assert.equal(decodeInterface(bytes.subarray(1)), null);
    assert.equal(decodeInterface(bytes.subarray(0, -1)), null);
    assert.equal(decodeInterface(Uint8Array.of(...bytes, 0)), null);
    // The first input's type is none.
    if (inputs.length > 0) assert.equal(decodeInterface(bytes.with(1, 99)), null);
  }
  for (const length of [0, 1, 2]) assert.equal(decodeInterface(new Uint8Array(length)), null);
});

test('id, trace and hiding name depend on all that they name', () => {
  const [a, b] = [randomProgram(1), randomProgram(2)];
  const { id, constants } = commitProgram(a);
  assert.notDeepEqual(id, commitProgram(b).id);
  assert.equal(constants.length, a.constants.length);
  const inputs = listRoot(randomInputs(a, 1));
  const nodes = [id, inputs];
  assert.notDeepEqual(traceRoot(id, inputs, nodes), traceRoot(id, inputs, [inputs, id]));
  const salt = new Uint8Array(32).fill(7);
  assert.notDeepEqual(hiding(salt, id), hiding(new Uint8Array(32), id));
  assert.throws(() => hiding(new Uint8Array(31), id), { code: 'input.malformed' });
});
