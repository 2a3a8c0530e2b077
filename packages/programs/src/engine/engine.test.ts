import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import {
  type CheckedProgram,
  checkProgram,
  createEngine,
  type Machine,
  type Node,
  runReference,
  tensor,
} from '../index.ts';
import { startNodeThread } from './node-threads.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** Layers of `width` by `width`, so that there is something to stop and something to share. */
const layers = (width: number, depth: number): CheckedProgram => {
  const constants = Array.from({ length: depth }, (_, layer) => {
    const w = tensor(
      'i8',
      [width, width],
      Array.from({ length: width * width }, (_, i) => ((i * 37 + layer) % 255) - 127),
    );
    return { dtype: w.dtype, shape: w.shape, read: () => w.values };
  });
  const nodes = constants.map(
    (_, i): Node => ({
      form: { op: 'matmul', a: i === 0 ? 0 : depth + i, b: 1 + i, bias: null },
      dtype: 'i8',
      stage: { shift: 12, low: -128, high: 127 },
    }),
  );
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [1, width], low: -128, high: 127, encoding: UNIT }],
      constants,
      nodes,
      outputs: [{ name: 'y', value: 2 * depth, encoding: UNIT }],
      states: [],
    }),
  );
};

const input = (width: number) =>
  tensor(
    'i8',
    [1, width],
    Array.from({ length: width }, (_, i) => ((i * 91) % 255) - 127),
  );

test('memory is stated before anything runs, and more than allowed is refused', async () => {
  const program = layers(64, 3);
  const engine = unwrap(await createEngine(program));
  const bytes = engine.memoryBytes(1);
  assert.ok(bytes > 3 * 64 * 64 && engine.memoryBytes(1_000) > bytes);
  const refused = await createEngine(program, { machine: { maxBytes: bytes - 1 } });
  assert.equal(!refused.ok && refused.problem.code, 'program.too-large');
  assert.equal(!refused.ok && refused.problem.limit, `${bytes - 1} bytes`);
});

test('a batch that does not fit the memory goes through in parts, with the same bytes', async () => {
  const program = layers(64, 3);
  const bytes = unwrap(await createEngine(program)).memoryBytes(3);
  const engine = unwrap(await createEngine(program, { machine: { maxBytes: bytes } }));
  const samples = Array.from({ length: 10 }, (_, i) => [
    tensor(
      'i8',
      [1, 64],
      [...input(64).values].map((v) => (v * i) % 100),
    ),
  ]);
  const runs = unwrap(await engine.runMany(samples));
  for (const [i, { outputs }] of runs.entries()) {
    assert.deepEqual(outputs[0]!.values, runReference(program, samples[i]!).at(-1)!.values);
  }
});

test('engines on one machine take turns', async () => {
  const [a, b] = [layers(32, 2), layers(48, 3)];
  const first = unwrap(await createEngine(a));
  const machine = (first as unknown as { machine: Machine }).machine;
  const second = unwrap(await createEngine(b, { machine }));
  const [x, y] = await Promise.all([first.run([input(32)]), second.run([input(48)])]);
  assert.deepEqual(unwrap(x).outputs[0]!.values, runReference(a, [input(32)]).at(-1)!.values);
  assert.deepEqual(unwrap(y).outputs[0]!.values, runReference(b, [input(48)]).at(-1)!.values);
});

test('an input out of range is refused with its place in the batch', async () => {
  const engine = unwrap(await createEngine(layers(8, 1)));
  const refused = await engine.runMany([[input(8)], [tensor('i16', [1, 8], [])]]);
  assert.equal(!refused.ok && refused.problem.field, 'samples[1].inputs[0]');
});

test('a run is stopped between nodes by its signal, and the engine stays usable', async () => {
  const program = layers(512, 12);
  const machine = { threads: 2, startThread: startNodeThread };
  const engine = unwrap(await createEngine(program, { machine, batch: 512 }));
  const controller = new AbortController();
  const samples = Array.from({ length: 512 }, () => [input(512)]);
  const pending = engine.runMany(samples, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 0);
  await assert.rejects(pending, /enough/);
  const run = unwrap(await engine.run([input(512)], { signal: new AbortController().signal }));
  assert.deepEqual(run.outputs[0]!.values, runReference(program, [input(512)]).at(-1)!.values);
  await engine.close();
});

test('a constant that reads otherwise than when it was checked is refused by its number', async () => {
  const { constants, ...program } = layers(8, 2);
  let shorter = false;
  const changing = constants.map(({ read, ...constant }, i) => {
    return { ...constant, read: () => (shorter && i === 1 ? read().subarray(1) : read()) };
  });
  const checked = unwrap(checkProgram({ ...program, constants: changing }));
  shorter = true;
  const run = async () => unwrap(await unwrap(await createEngine(checked)).run([input(8)]));
  await assert.rejects(run, { code: 'program.invalid', message: /Constant 1 was checked with 64 values/ });
});
