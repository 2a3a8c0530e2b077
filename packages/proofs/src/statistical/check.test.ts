import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameBytes, unwrap } from '@surety/core';
import { Machine, ProgramBuilder, runReference, tensor } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { plainRun } from '../../test/runs.ts';
import { changed, checkOne, pairOf, seedOf } from '../../test/statistical.ts';
import { encodeRecord } from './record.ts';

const PROGRAMS = 150;
const machine = await Machine.create();

test('records of random programs are those of their runs, and pass every check', async () => {
  let folded = 0;
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const program = randomProgram(seed, 6);
    const inputs = randomInputs(program, seed);
    const pair = await pairOf(program, machine, { gain: 0, withValues: true });
    folded += pair.checker.parts.folded.length;
    const { record, bytes, outputs, sumsId } = await pair.prove(inputs);
    const { run } = await plainRun(seed, machine);
    for (const id of ['program', 'input', 'output', 'trace'] as const) assert.ok(sameBytes(run[id], record.run[id]));
    const reference = runReference(program, inputs);
    assert.deepEqual(
      outputs,
      program.outputs.map(({ value }) => reference[value]),
    );
    const key = await pair.checker.key(seedOf(seed), 2);
    for (const options of [{}, { trace: false }, { sample: { seed: seedOf(seed), draws: 200 } }]) {
      const verdict = unwrap(await checkOne(pair.checker, bytes, inputs, key, options));
      assert.deepEqual(verdict.wrong, null, `seed ${seed}`);
      assert.deepEqual(verdict.outputs, outputs);
      assert.ok(sameBytes(verdict.sumsId!, sumsId));
    }
  }
  assert.ok(folded > 40, `${folded} nodes were folded`);
});

test('one changed sum is found at its node, under every program and key', async () => {
  let tried = 0;
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const program = randomProgram(seed, 6);
    const pair = await pairOf(program, machine, { gain: 0 });
    if (pair.checker.parts.folded.length === 0) continue;
    const inputs = randomInputs(program, seed);
    const { record } = await pair.prove(inputs);
    const random = new Random(seed);
    const which = random.int(0, record.sums.length - 1);
    const at = random.int(0, record.sums[which]!.values.length - 1);
    for (const by of [1, -1, 1 << random.int(0, Math.min(20, 8 * pair.checker.parts.folded[which]!.bytes - 1))]) {
      const sums = changed(record.sums, which, at, by);
      const key = await pair.checker.key(seedOf(seed), 1);
      const { wrong } = unwrap(
        await checkOne(pair.checker, encodeRecord(pair.provider.parts, { ...record, sums }), inputs, key),
      );
      // Whether a changed sum also changes the node's value, and so what later nodes read, depends on its shift.
      assert.ok(wrong?.part === 'sums' || wrong?.part === 'range', `seed ${seed}: ${JSON.stringify(wrong)}`);
      assert.equal(wrong.node, pair.checker.parts.folded[which]!.node, `seed ${seed}`);
      tried++;
    }
  }
  assert.ok(tried > 100, `${tried} changes`);
});

const UNIT = { mantissa: 1, exponent: 0 };

/** Two layers, a table between them, and the place of the largest. */
const reader = async (options: { readonly withValues: boolean }) => {
  const random = new Random(5);
  const b = new ProgramBuilder();
  const x = b.input({ name: 'x', dtype: 'i8', shape: [3, 24], low: -128, high: 127, encoding: UNIT });
  const weights = (n: number, k: number): number => {
    const values = Int8Array.from({ length: n * k }, () => random.int(-50, 50));
    return b.constant('i8', [n, k], () => values);
  };
  const table = Int8Array.from({ length: 256 }, (_, i) => Math.max(-20, i - 128) >> 1);
  const layer = (a: number, n: number, k: number): number =>
    unwrap(
      b.node({
        form: { op: 'matmul', a, b: weights(n, k), bias: null },
        dtype: 'i8',
        stage: { shift: 8, low: -128, high: 127 },
      }),
    );
  const first = layer(x, 32, 24);
  const values = b.constant('i8', [256], () => table);
  const looked = unwrap(
    b.node({ form: { op: 'lookup', x: first, table: values, first: -128 }, dtype: 'i8', stage: null }),
  );
  const logits = layer(looked, 10, 32);
  b.output('class', unwrap(b.node({ form: { op: 'argmax', x: logits }, dtype: 'i32', stage: null })), UNIT);
  const program = unwrap(b.finish());
  const inputs = [
    tensor(
      'i8',
      [3, 24],
      Array.from({ length: 72 }, () => random.int(-128, 127)),
    ),
  ];
  return { ...(await pairOf(program, machine, { gain: 2, ...options })), inputs };
};

test('a changed value, another output, input, trace or program is told by what it is', async () => {
  const { checker, inputs, prove } = await reader({ withValues: true });
  const { record } = await prove(inputs);
  const key = await checker.key(seedOf(1), 2);
  const check = async (given: typeof record, on = inputs) =>
    unwrap(await checkOne(checker, encodeRecord(checker.parts, given), on, key)).wrong;
  assert.equal(await check(record), null);
  const other = new Uint8Array(32).fill(9);
  assert.deepEqual(await check({ ...record, run: { ...record.run, output: other } }), { part: 'output' });
  const traced = { ...record, run: { ...record.run, trace: other } };
  assert.deepEqual(await check(traced), { part: 'trace' });
  const blind = unwrap(await checkOne(checker, encodeRecord(checker.parts, traced), inputs, key, { trace: false }));
  assert.deepEqual([blind.wrong, blind.traced], [null, false]);
  assert.deepEqual(await check({ ...record, run: { ...record.run, input: other } }), { part: 'input' });
  assert.deepEqual(await check(record, changed(inputs, 0, 0, 1)), { part: 'input' });
  const foreign = await checkOne(
    checker,
    encodeRecord(checker.parts, { ...record, run: { ...record.run, program: other } }),
    inputs,
    key,
  );
  assert.equal(!foreign.ok && foreign.problem.code, 'statistical.unfit');
});

test('samples find a changed element of a step without sums when they hit it, and say which', async () => {
  const { checker, inputs, prove, program } = await reader({ withValues: true });
  const { record } = await prove(inputs);
  const key = await checker.key(seedOf(1), 2);
  // The place of the largest of the last row: nothing reads it, so only its own element tells.
  const values = changed(record.values!, 1, 2, 1);
  const lie = encodeRecord(checker.parts, { ...record, values });
  let found = 0;
  for (let n = 0; n < 200; n++) {
    const sample = { seed: seedOf(n), draws: 20 };
    const { wrong } = unwrap(await checkOne(checker, lie, inputs, key, { sample }));
    // Where no draw hits it the trace, which was committed with the true value, tells.
    if (wrong?.part === 'element') {
      assert.deepEqual(wrong, { part: 'element', node: program.nodes.length - 1, element: 2 });
      found++;
    } else assert.deepEqual(wrong, { part: 'trace' });
  }
  const unhit = { seed: seedOf(0), draws: 0 };
  const { wrong, traced } = unwrap(await checkOne(checker, lie, inputs, key, { sample: unhit, trace: false }));
  assert.deepEqual([wrong, traced], [{ part: 'trace' }, true]);
  // 99 elements, 20 draws: 18.4 % of the samples hit it.
  assert.ok(found > 20 && found < 60, `${found} of 200`);
});

test('values that a record has of steps without sums are within what is proved of them, drawn or not', async () => {
  const { checker, inputs, prove, program } = await reader({ withValues: true });
  const { record } = await prove(inputs);
  const key = await checker.key(seedOf(1), 2);
  const node = checker.parts.replayed[1]!;
  const { high } = program.ranges[program.inputs.length + program.constants.length + node]!;
  const values = changed(record.values!, 1, 2, high + 1 - record.values![1]!.values[2]!);
  const lie = encodeRecord(checker.parts, { ...record, values });
  const { wrong } = unwrap(await checkOne(checker, lie, inputs, key, { sample: { seed: seedOf(0), draws: 0 } }));
  assert.deepEqual(wrong, { part: 'range', node });
});

test('errors of two nodes that would cancel in one sum are told, though nodes share their elements', async () => {
  const { checker, inputs, prove } = await reader({ withValues: false });
  const { record } = await prove(inputs);
  const key = await checker.key(seedOf(1), 2);
  const sums = changed(changed(record.sums, 0, 5, 3), 1, 5, -3);
  const { wrong } = unwrap(await checkOne(checker, encodeRecord(checker.parts, { ...record, sums }), inputs, key));
  assert.deepEqual(wrong, { part: 'sums', node: 0, row: 0 });
});

test('checks at the same time, of other inputs and keys, do not disturb each other', async () => {
  const { checker, inputs, prove } = await reader({ withValues: false });
  const keys = [await checker.key(seedOf(1), 2), await checker.key(seedOf(2), 1)];
  const runs = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (n) => {
      const own = changed(inputs, 0, n, n);
      return { own, ...(await prove(own)) };
    }),
  );
  const verdicts = await Promise.all(
    runs.flatMap(({ own, record, outputs }, n) =>
      [record, { ...record, sums: changed(record.sums, n % 2, n, 1) }].map(async (given, lie) => {
        const bytes = encodeRecord(checker.parts, given);
        return { outputs, lie, verdict: unwrap(await checkOne(checker, bytes, own, keys[n % 2]!)) };
      }),
    ),
  );
  for (const { outputs, lie, verdict } of verdicts) {
    assert.equal(verdict.wrong?.part ?? null, lie === 0 ? null : 'sums');
    assert.deepEqual(verdict.outputs, lie === 0 ? outputs : null);
  }
});

test('bytes that change after a check are read again by the next', async () => {
  const { checker, inputs, prove } = await reader({ withValues: false });
  const { bytes } = await prove(inputs);
  const key = await checker.key(seedOf(1), 2);
  assert.equal(unwrap(await checkOne(checker, bytes, inputs, key)).wrong, null);
  bytes[bytes.length - 10]! ^= 1;
  assert.equal(unwrap(await checkOne(checker, bytes, inputs, key)).wrong?.part, 'sums');
});

test('a record without values, or folded otherwise, is not one for this check', async () => {
  const { checker, inputs, prove } = await reader({ withValues: false });
  const { record, bytes } = await prove(inputs);
  const key = await checker.key(seedOf(1), 2);
  const unsampled = await checkOne(checker, bytes, inputs, key, { sample: { seed: seedOf(1), draws: 5 } });
  assert.equal(!unsampled.ok && unsampled.problem.field, 'record.values');
  const otherwise = await checkOne(checker, encodeRecord(checker.parts, { ...record, gain: 3 }), inputs, key);
  assert.equal(!otherwise.ok && otherwise.problem.field, 'record.gain');
});

test('more folded nodes than a program has ports are folded in groups, and the rest is replayed by the reference', async () => {
  const random = new Random(6);
  const b = new ProgramBuilder();
  let value = b.input({ name: 'x', dtype: 'i8', shape: [2, 4], low: -128, high: 127, encoding: UNIT });
  for (let layer = 0; layer < 70; layer++) {
    const weights = Int8Array.from({ length: 16 }, () => random.int(-99, 99));
    const form = { op: 'matmul', a: value, b: b.constant('i8', [4, 4], () => weights), bias: null } as const;
    value = unwrap(b.node({ form, dtype: 'i8', stage: { shift: 6, low: -128, high: 127 } }));
    const doubled = { op: 'affine', x: [value], c: [2], d: 1 } as const;
    value = unwrap(b.node({ form: doubled, dtype: 'i8', stage: { shift: 0, low: -128, high: 127 } }));
  }
  b.output('y', value, UNIT);
  const pair = await pairOf(unwrap(b.finish()), machine, { gain: 0 });
  assert.equal(pair.checker.parts.folded.length, 70);
  const inputs = [tensor('i8', [2, 4], [1, -2, 3, -4, 5, -6, 7, -8])];
  const { record, bytes, outputs } = await pair.prove(inputs);
  const key = await pair.checker.key(seedOf(1), 1);
  const honest = unwrap(await checkOne(pair.checker, bytes, inputs, key));
  assert.deepEqual([honest.wrong, honest.outputs], [null, outputs]);
  for (const which of [0, 63, 64, 69]) {
    const sums = changed(record.sums, which, 5, 1);
    const { wrong } = unwrap(
      await checkOne(pair.checker, encodeRecord(pair.checker.parts, { ...record, sums }), inputs, key),
    );
    assert.deepEqual(wrong, { part: 'sums', node: 2 * which, row: 1 });
  }
});
