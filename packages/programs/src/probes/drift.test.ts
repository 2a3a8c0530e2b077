import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok, unwrap } from '@surety/core';
import { randomInputs, randomProgram } from '../../test/random-program.ts';
import {
  type CheckedProgram,
  checkProgram,
  createEngine,
  type Encoding,
  measureDrift,
  type Node,
  type ProbeSet,
  type Runner,
  runReference,
  tensor,
} from '../index.ts';

const referenceOf = (program: CheckedProgram): Runner => ({
  program,
  run: async (samples) =>
    ok(
      samples.map((inputs) => {
        const values = runReference(program, inputs);
        return program.outputs.map(({ value }) => values[value]!);
      }),
    ),
});

const engineOf = async (program: CheckedProgram): Promise<Runner> => {
  const engine = unwrap(await createEngine(program));
  return {
    program,
    run: async (samples) => {
      const runs = await engine.runMany(samples);
      return runs.ok ? ok(runs.value.map(({ outputs }) => outputs)) : runs;
    },
  };
};

const SIXTEENTH: Encoding = { mantissa: 1, exponent: -4 };
const EIGHTH: Encoding = { mantissa: 1, exponent: -3 };

/** Scores of two classes: the input times a weight each; or the index of the larger, where `choose`. */
const classifier = (
  weights: readonly [number, number],
  { encoding = SIXTEENTH, choose = false } = {},
): CheckedProgram => {
  const product: Node = {
    form: { op: 'matmul', a: 0, b: 1, bias: null },
    dtype: 'i16',
    stage: { shift: 0, low: -32_768, high: 32_767 },
  };
  const index: Node = { form: { op: 'argmax', x: 2 }, dtype: 'i32', stage: null };
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [1, 1], low: -100, high: 100, encoding }],
      constants: [{ dtype: 'i8', shape: [2, 1], read: () => tensor('i8', [2, 1], weights).values }],
      nodes: choose ? [product, index] : [product],
      outputs: [{ name: 'y', value: choose ? 3 : 2, encoding: choose ? { mantissa: 1, exponent: 0 } : encoding }],
      states: [],
    }),
  );
};

const probes = (values: readonly number[], encoding = SIXTEENTH): ProbeSet => ({
  type: 'surety/probes/v1',
  inputs: [{ dtype: 'i8', shape: [1, 1], encoding }],
  probes: values.map((value) => [[value]]),
});

const drift = async (a: CheckedProgram, b: CheckedProgram, set: ProbeSet) =>
  unwrap(await measureDrift(referenceOf(a), referenceOf(b), set));

test('choices that change, and distances in real units', async () => {
  const measured = await drift(classifier([1, 2]), classifier([2, 1]), probes([16, -16, 0]));
  // 0 is a tie in both: the first largest stays the first.
  const expected = { argmaxChanged: 2, meanAbsolute: String(4 / 6), maxAbsolute: '1', values: 6, clamped: 0 };
  assert.deepEqual(measured, { kind: 'measured', probes: 3, ...expected });
});

test('a program of another encoding is given the same real numbers; what it cannot hold is counted', async () => {
  const same = await drift(classifier([1, 2]), classifier([1, 2], { encoding: EIGHTH }), probes([16, -32, 2]));
  assert.deepEqual(same.kind === 'measured' && [same.argmaxChanged, same.maxAbsolute, same.clamped], [0, '0', 0]);
  const odd = await drift(classifier([1, 2]), classifier([1, 2], { encoding: EIGHTH }), probes([1]));
  assert.equal(odd.kind === 'measured' && odd.maxAbsolute, '0.125', '1/16 becomes 0/8: halves go to even');
  const wide = await drift(classifier([1, 2]), classifier([1, 2], { encoding: EIGHTH }), probes([127, 50], EIGHTH));
  assert.equal(wide.kind === 'measured' && wide.clamped, 2, 'the first value, in both programs');
});

test('indices that a program gives are compared themselves', async () => {
  const [a, b] = [classifier([1, 2], { choose: true }), classifier([2, 1], { choose: true })];
  const measured = await drift(a, b, probes([16, -16, 0]));
  assert.equal(measured.kind === 'measured' && measured.argmaxChanged, 2);
});

test('versions that do not compare say why', async () => {
  const [a, b] = [classifier([1, 2]), classifier([1, 2], { choose: true })];
  const shapes = await drift(a, b, probes([1]));
  assert.match(shapes.kind === 'not-comparable' ? shapes.reason : '', /^Output 0 has shape \[1,2\]/);
  const set = {
    ...probes([1]),
    inputs: [{ dtype: 'i8', shape: [2, 1], encoding: SIXTEENTH } as const],
    probes: [[[1, 2]]],
  };
  const inputs = await drift(a, a, set);
  assert.match(
    inputs.kind === 'not-comparable' ? inputs.reason : '',
    /^The earlier version does not take these probes/,
  );
});

test('random programs: nothing drifts from itself, and engine and reference measure alike', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const program = randomProgram(seed);
    const samples = Array.from({ length: 5 }, (_, i) => randomInputs(program, seed * 10 + i));
    const set: ProbeSet = {
      type: 'surety/probes/v1',
      inputs: program.inputs.map(({ dtype, shape, encoding }) => ({ dtype, shape, encoding })),
      probes: samples.map((inputs) => inputs.map(({ values }) => [...values])),
    };
    const own = await drift(program, program, set);
    assert.equal(own.kind === 'measured' && own.maxAbsolute, '0');
    const mixed = unwrap(await measureDrift(await engineOf(program), referenceOf(program), set));
    assert.deepEqual(mixed, own);
  }
});
