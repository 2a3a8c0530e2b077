import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '@surety/core';
import { randomProgram } from '../test/random-program.ts';
import {
  type Constant,
  checkProgram,
  I32_MAX,
  type InputSpec,
  type Node,
  type Program,
  type Tensor,
  tensor,
} from './index.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const EXACT = { shift: 0, low: -I32_MAX, high: I32_MAX };

const input = (name: string, more: Partial<InputSpec> = {}): InputSpec => ({
  name,
  dtype: 'i8',
  shape: [1, 2],
  low: -128,
  high: 127,
  encoding: UNIT,
  ...more,
});

const constant = ({ dtype, shape, values }: Tensor): Constant => ({ dtype, shape, read: () => values });

const WEIGHTS = tensor('i8', [3, 2], [1, 2, 3, 4, -5, 6]);

/** A product of an input and weights, changed in some way. */
const product = (change: Partial<Program> = {}): Program => ({
  inputs: [input('x')],
  constants: [constant(WEIGHTS)],
  nodes: [{ form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i32', stage: EXACT }],
  outputs: [{ name: 'y', value: 2, encoding: UNIT }],
  states: [],
  ...change,
});

const problemOf = (program: Program): Problem => {
  const checked = checkProgram(program);
  assert.ok(!checked.ok);
  const { code, field, message, next } = checked.problem;
  assert.match(code, /^program\.(invalid|unbounded)$/);
  assert.ok(field && next.endsWith('.'), JSON.stringify(checked.problem));
  assert.doesNotMatch(message, /undefined|NaN|object/);
  return checked.problem;
};

test('the values of a constant are of its dtype, in range, and as many as its shape says', () => {
  assert.ok(checkProgram(product()).ok);
  const bad = (type: Pick<Tensor, 'dtype' | 'shape'>, values: unknown): Problem =>
    problemOf(product({ constants: [{ ...type, read: () => values as Tensor['values'] }] }));
  const i8 = { dtype: 'i8', shape: [3, 2] } as const;
  for (const values of [
    Int32Array.from(WEIGHTS.values, (x) => x * 1000),
    new Int16Array(6),
    new Uint8Array(6),
    new Float32Array(6).fill(Number.NaN),
    [1, 2, 3, 4, 5, 6],
    new Int8Array(5),
  ]) {
    assert.equal(bad(i8, values).field, 'constants[0]');
  }
  const wide = { dtype: 'i32', shape: [3, 2] } as const;
  assert.equal(bad(wide, new Int32Array(6).fill(2 ** 30)).field, 'constants[0]');
  assert.equal(bad(wide, new Int32Array(6).fill(-(2 ** 31))).field, 'constants[0]');
});

test('shapes whose product is beyond any memory are refused before a value is read', () => {
  for (const shape of [[2 ** 28, 2 ** 28], [2 ** 53], [0], [-1, -6], [1.5], [Number.NaN], new Array(9).fill(1)]) {
    const read = (): never => assert.fail('read');
    problemOf(product({ constants: [{ dtype: 'i8', shape, read }] }));
    problemOf(product({ inputs: [input('x', { shape })] }));
  }
});

test('each constant is read once, so that all that is proved is about the same values', () => {
  let reads = 0;
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram(seed);
    const counted = program.constants.map((each): Constant => {
      let own = 0;
      const read = () => {
        reads++;
        // Other values at a second reading would be taken for those that were proved.
        return own++ === 0 ? each.read() : assert.fail(`seed ${seed} reads a constant again`);
      };
      return { ...each, read };
    });
    assert.ok(checkProgram({ ...program, constants: counted }).ok);
  }
  assert.ok(reads > 60);
});

test('zero has one sign in every number of a program', () => {
  problemOf(product({ inputs: [input('x', { high: -0, low: -1 })] }));
  problemOf(product({ inputs: [input('x', { encoding: { mantissa: 1, exponent: -0 } })] }));
  const affine = (d: number, stage = EXACT): Node => ({
    form: { op: 'affine', x: [0], c: [-1], d },
    dtype: 'i32',
    stage,
  });
  assert.ok(checkProgram(product({ nodes: [affine(0)] })).ok);
  problemOf(product({ nodes: [affine(-0)] }));
  problemOf(product({ nodes: [affine(0, { ...EXACT, low: -0 })] }));
  const zero = product({
    inputs: [input('x', { low: 0, high: 0 }), input('z', { low: -3, high: -1 })],
    constants: [],
    nodes: [{ form: { op: 'mul', a: 0, b: 1 }, dtype: 'i8', stage: { shift: 0, low: -128, high: 127 } }],
  });
  const checked = checkProgram(zero);
  assert.deepEqual(checked.ok && checked.value.ranges[2], { low: 0, high: 0 });
});

test('names are there, of a length that files hold, and each its own', () => {
  for (const name of ['', 'a'.repeat(257), '\ud800']) {
    assert.equal(problemOf(product({ inputs: [input(name)] })).field, 'inputs[0]');
  }
  assert.equal(problemOf(product({ inputs: [input('x'), input('x')] })).field, 'inputs[1]');
  const y = { name: 'y', value: 0, encoding: UNIT };
  assert.equal(problemOf(product({ outputs: [y, y] })).field, 'outputs[1]');
});

test('a state is one output of the type, encoding and range of the one input that it becomes', () => {
  const step = (inputs: InputSpec[], states: Program['states'], value = 2): Program =>
    product({
      inputs,
      constants: [],
      nodes: [{ form: { op: 'affine', x: [1], c: [1], d: 0 }, dtype: 'i8', stage: { shift: 0, low: -9, high: 9 } }],
      outputs: [
        { name: 'y', value, encoding: UNIT },
        { name: 'z', value, encoding: UNIT },
      ],
      states,
    });
  const x = input('x');
  const state = { input: 0, output: 0 };
  assert.ok(checkProgram(step([x, input('s')], [state])).ok);
  const bad: [InputSpec, Program['states']][] = [
    [input('x', { low: -8 }), [state]],
    [input('x', { shape: [2, 1] }), [state]],
    [input('x', { dtype: 'i16' }), [state]],
    [input('x', { encoding: { mantissa: 3, exponent: 0 } }), [state]],
    [x, [{ input: 2, output: 0 }]],
    [x, [{ input: 0, output: 5 }]],
    [x, [{ input: 0.5, output: 0 }]],
    [x, [state, { input: 0, output: 1 }]],
  ];
  for (const [first, states] of bad) assert.match(problemOf(step([first, input('s')], states)).field!, /^states\[/);
});

test('shifts of channels are one i8 of 0 .. 30 each, for products only', () => {
  const shifted = (shifts: Tensor, form?: Node['form']): Program =>
    product({
      constants: [constant(WEIGHTS), constant(shifts)],
      nodes: [
        {
          form: form ?? { op: 'matmul', a: 0, b: 1, bias: null },
          dtype: 'i32',
          stage: { ...EXACT, shift: { constant: 2 } },
        },
      ],
      outputs: [{ name: 'y', value: 3, encoding: UNIT }],
    });
  assert.ok(checkProgram(shifted(tensor('i8', [3], [0, 30, 7]))).ok);
  for (const shifts of [
    tensor('i8', [3], [0, 31, 7]),
    tensor('i8', [3], [0, -1, 7]),
    tensor('i8', [2], [0, 1]),
    tensor('i32', [3], [0, 1, 2]),
  ]) {
    assert.match(problemOf(shifted(shifts)).field!, /^nodes\[0\]/);
  }
  problemOf(shifted(tensor('i8', [3], [0, 1, 2]), { op: 'mul', a: 0, b: 0 }));
  problemOf({
    ...product(),
    nodes: [
      { form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i32', stage: { ...EXACT, shift: { constant: 0 } } },
    ],
  });
});

test('a few bytes cannot ask for unbounded work', () => {
  const x = input('x', { shape: [2 ** 14, 2 ** 14] });
  const copy: Node = {
    form: { op: 'affine', x: [0], c: [1], d: 0 },
    dtype: 'i8',
    stage: { shift: 0, low: -128, high: 127 },
  };
  const nodes = new Array<Node>(65).fill(copy);
  const of = (count: number): Program =>
    product({
      inputs: [x],
      constants: [],
      nodes: nodes.slice(0, count),
      outputs: [{ name: 'y', value: 1, encoding: UNIT }],
    });
  assert.ok(checkProgram(of(64)).ok);
  assert.equal(problemOf(of(65)).limit, `${2 ** 34}`);
  const table = product({
    constants: [constant(tensor('i8', [65_537], []))],
    nodes: [{ form: { op: 'lookup', x: 0, table: 1, first: -128 }, dtype: 'i8', stage: null }],
  });
  assert.match(problemOf(table).limit!, /65536 entries/);
});
