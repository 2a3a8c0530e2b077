import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../test/random.ts';
import { randomProgram } from '../test/random-program.ts';
import {
  ARITHMETIC,
  type CheckedProgram,
  checkProgram,
  executeNode,
  I32_MAX,
  type IntegerForm,
  type Interval,
  type Node,
  type Program,
  runReference,
  type Tensor,
  tensor,
} from './index.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const EXACT = { shift: 0, low: -I32_MAX, high: I32_MAX };
const WINDOW = { strides: [1, 1], dilations: [1, 1] } as const;

const absolute = ({ dtype, shape, values }: Tensor): Tensor => ({
  dtype,
  shape,
  values: Int32Array.from(values, Math.abs),
});

/** The form whose exact result over absolute values is the sum of the absolute values of all terms. */
const ofTerms = (form: IntegerForm): IntegerForm =>
  form.op === 'affine' ? { ...form, c: form.c.map(Math.abs), d: Math.abs(form.d) } : form;

/** Inputs at the ends of their ranges: all low, all high, mixed, and what is in between. */
const adversarial = (program: CheckedProgram, kind: number, random: Random): Tensor[] =>
  program.inputs.map(({ dtype, shape, low, high }) => {
    const draw = [
      () => low,
      () => high,
      () => random.pick([low, high]),
      () => random.int(low, high),
      () => (low <= 0 && high >= 0 ? random.pick([low, 0, high]) : low),
    ][kind % 5]!;
    const type = tensor(dtype, shape, []);
    return { ...type, values: type.values.map(draw) };
  });

/** Fails when a value leaves its range, or the terms of an arithmetic node could leave the accumulator in some order. */
const assertBounded = (program: CheckedProgram, inputs: readonly Tensor[], what: string): void => {
  const values = runReference(program, inputs);
  values.forEach((value, id) => {
    const { low, high } = program.ranges[id]!;
    for (const x of value.values) assert.ok(x >= low && x <= high, `${what}: value ${id} is ${x} of ${low} .. ${high}`);
  });
  const first = program.inputs.length + program.constants.length;
  program.nodes.forEach((node, i) => {
    if (!ARITHMETIC.has(node.form.op)) return;
    const { shape } = program.types[first + i]!;
    const exact: Node = {
      form: ofTerms(node.form),
      dtype: 'i32',
      stage: { shift: 0, low: -(2 ** 31), high: 2 ** 31 - 1 },
    };
    const terms = executeNode(exact, shape, (id) => absolute(values[id]!));
    const { shift } = node.stage!;
    const shifts = typeof shift === 'number' ? [shift] : values[shift.constant]!.values;
    terms.values.forEach((sum, at) => {
      const s = shifts[at % shifts.length]!;
      const limit = I32_MAX - (s === 0 ? 0 : 2 ** (s - 1));
      assert.ok(sum >= 0 && sum <= limit, `${what}: terms of node ${i} sum to ${sum} of ${limit}`);
    });
  });
};

test('no input at the ends of its range drives a random program out of what was proved', () => {
  for (let seed = 0; seed < 300; seed++) {
    const program = randomProgram(seed);
    const random = new Random(seed);
    for (let kind = 0; kind < 10; kind++) assertBounded(program, adversarial(program, kind, random), `seed ${seed}`);
  }
});

type Case = {
  readonly inputs: readonly (Interval & { shape: readonly number[] })[];
  readonly constants?: readonly Tensor[];
};

const programOf = ({ inputs, constants = [] }: Case, node: Node): Program => ({
  inputs: inputs.map(({ shape, low, high }, i) => ({ name: `x${i}`, dtype: 'i8', shape, low, high, encoding: UNIT })),
  constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
  nodes: [node],
  outputs: [{ name: 'y', value: inputs.length + constants.length, encoding: UNIT }],
  states: [],
});

const exactly = (form: IntegerForm): Node => ({ form, dtype: 'i32', stage: EXACT });
const moving = (form: IntegerForm, dtype: Node['dtype'] = 'i8'): Node => ({ form, dtype, stage: null });

/** One case a rule, each with a node whose proved range is reached at both ends: a narrower rule would be wrong. */
const TIGHT: Readonly<Record<string, readonly [Case, Node]>> = {
  'weights of both signs, a bias each': [
    {
      inputs: [{ shape: [1, 2], low: -3, high: 5 }],
      constants: [tensor('i8', [2, 2], [2, -7, -1, 4]), tensor('i32', [2], [100, -100])],
    },
    exactly({ op: 'matmul', a: 0, b: 1, bias: 2 }),
  ],
  'a bias that is an input': [
    {
      inputs: [{ shape: [1, 2], low: -3, high: 5 }],
      constants: [tensor('i8', [1, 2], [2, -7]), tensor('i32', [1], [9])],
    },
    exactly({ op: 'matmul', a: 0, b: 1, bias: 2 }),
  ],
  'both sides computed': [
    {
      inputs: [
        { shape: [1, 2], low: -3, high: 5 },
        { shape: [1, 2], low: -7, high: 2 },
      ],
    },
    exactly({ op: 'matmul', a: 0, b: 1, bias: null }),
  ],
  'a matrix each of a batch': [
    { inputs: [{ shape: [2, 1, 2], low: -3, high: 5 }], constants: [tensor('i8', [2, 1, 2], [1, 1, 9, -9])] },
    exactly({ op: 'matmul', a: 0, b: 1, bias: null }),
  ],
  'a shift for each channel': [
    {
      inputs: [{ shape: [1, 1], low: -3, high: 5 }],
      constants: [tensor('i8', [2, 1], [64, 63]), tensor('i8', [2], [5, 0])],
    },
    { form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i32', stage: { ...EXACT, shift: { constant: 2 } } },
  ],
  'padding is 0, which x never is': [
    { inputs: [{ shape: [1, 1, 2, 1], low: 4, high: 6 }], constants: [tensor('i8', [1, 1, 2, 1], [3, -2])] },
    exactly({ op: 'conv', x: 0, w: 1, bias: null, ...WINDOW, pads: [0, 1, 0, 1], groups: 1 }),
  ],
  'a sum over a padded window': [
    { inputs: [{ shape: [1, 1, 2, 1], low: -4, high: 6 }] },
    exactly({ op: 'sum_pool', x: 0, kernel: [1, 2], ...WINDOW, pads: [0, 1, 0, 0] }),
  ],
  'multipliers of both signs and an offset': [
    {
      inputs: [
        { shape: [2], low: -3, high: 5 },
        { shape: [2], low: 1, high: 2 },
      ],
    },
    exactly({ op: 'affine', x: [0, 1], c: [-2, 7], d: -11 }),
  ],
  'a product': [
    {
      inputs: [
        { shape: [1], low: -3, high: 5 },
        { shape: [1], low: -4, high: -2 },
      ],
    },
    exactly({ op: 'mul', a: 0, b: 1 }),
  ],
  'a square': [{ inputs: [{ shape: [1], low: 0, high: 5 }] }, exactly({ op: 'mul', a: 0, b: 0 })],
  'a sum over an axis': [{ inputs: [{ shape: [3], low: -3, high: 5 }] }, exactly({ op: 'reduce_sum', x: 0 })],
  'halves round up, then the clamp': [
    { inputs: [{ shape: [1], low: -3, high: 5 }] },
    { form: { op: 'affine', x: [0], c: [3], d: 0 }, dtype: 'i8', stage: { shift: 1, low: -3, high: 7 } },
  ],
  'the part of a table that is reached': [
    { inputs: [{ shape: [1], low: -1, high: 1 }], constants: [tensor('i8', [5], [100, -8, 1, 3, -100])] },
    moving({ op: 'lookup', x: 0, table: 1, first: -2 }),
  ],
  'rows by index': [
    { inputs: [{ shape: [1], low: 0, high: 1 }], constants: [tensor('i8', [2, 1], [7, -9])] },
    moving({ op: 'gather', data: 1, index: 0 }),
  ],
  'joined values': [
    {
      inputs: [
        { shape: [1], low: 0, high: 1 },
        { shape: [1], low: -5, high: 0 },
      ],
    },
    moving({ op: 'concat', x: [0, 1], axis: 0 }),
  ],
};

/** Every choice of low or high for each input element. */
const ends = function* (program: CheckedProgram): Generator<Tensor[]> {
  const count = program.inputs.reduce((sum, { shape }) => sum + tensor('i8', shape, []).values.length, 0);
  for (let bits = 0; bits < 2 ** count; bits++) {
    let at = 0;
    yield program.inputs.map(({ dtype, shape, low, high }) => {
      const type = tensor(dtype, shape, []);
      return { ...type, values: type.values.map(() => ((bits >> at++) & 1 ? high : low)) };
    });
  }
};

for (const [what, [given, node]] of Object.entries(TIGHT)) {
  test(`proved and reached: ${what}`, () => {
    const program = unwrap(checkProgram(programOf(given, node)));
    const seen: number[] = [];
    for (const inputs of ends(program)) {
      assertBounded(program, inputs, what);
      seen.push(...runReference(program, inputs).at(-1)!.values);
    }
    assert.deepEqual(program.ranges.at(-1), { low: Math.min(...seen), high: Math.max(...seen) });
  });
}

test('terms up to the limit pass and one more is refused, whichever term it is in', () => {
  const x = [{ shape: [1, 1], low: -1, high: 1 }];
  for (const shift of [0, 1, 30]) {
    const limit = I32_MAX - (shift === 0 ? 0 : 2 ** (shift - 1));
    const withBias = (bias: number): Program =>
      programOf(
        { inputs: x, constants: [tensor('i8', [1, 1], [-5]), tensor('i32', [1], [bias])] },
        { form: { op: 'matmul', a: 0, b: 1, bias: 2 }, dtype: 'i32', stage: { ...EXACT, shift } },
      );
    const affine = (d: number): Program =>
      programOf(
        { inputs: x },
        { form: { op: 'affine', x: [0, 0], c: [3, -2], d }, dtype: 'i32', stage: { ...EXACT, shift } },
      );
    for (const sign of [1, -1]) {
      for (const make of [withBias, affine]) {
        assert.ok(checkProgram(make(sign * (limit - 5))).ok);
        const over = checkProgram(make(sign * (limit - 4)));
        assert.equal(!over.ok && over.problem.code, 'program.unbounded');
        assert.equal(!over.ok && over.problem.limit, `${limit}`);
      }
    }
  }
});
