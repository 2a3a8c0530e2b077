import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import {
  admitInputs,
  type CheckedProgram,
  checkProgram,
  type Node,
  type Program,
  runReference,
  type Tensor,
  tensor,
} from './index.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const I8 = { low: -128, high: 127 };
const I32 = { low: -(2 ** 30 - 1), high: 2 ** 30 - 1 };

/** A program of one node over inputs of the full i8 range. */
const single = (node: Node, shapes: readonly (readonly number[])[], constants: readonly Tensor[] = []): Program => ({
  inputs: shapes.map((shape, i) => ({ name: `x${i}`, dtype: 'i8', shape, ...I8, encoding: UNIT })),
  constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
  nodes: [node],
  outputs: [{ name: 'y', value: shapes.length + constants.length, encoding: UNIT }],
  states: [],
});

const run = (program: CheckedProgram, ...inputs: Tensor[]): Tensor =>
  runReference(program, unwrap(admitInputs(program, inputs))).at(-1)!;

test('matmul multiplies rows by rows, adds the bias, rounds halves up and clamps', () => {
  const node: Node = {
    form: { op: 'matmul', a: 0, b: 1, bias: 2 },
    dtype: 'i8',
    stage: { shift: 1, low: 0, high: 100 },
  };
  const w = tensor('i8', [3, 2], [1, 2, 3, 4, -5, 6]);
  const program = unwrap(checkProgram(single(node, [[2, 2]], [w, tensor('i32', [3], [0, 1, -1])])));
  // 10·1 + 20·2 = 50; 10·3 + 20·4 + 1 = 111; −50 + 120 − 1 = 69. Halved: 25, 55.5 → 56, 34.5 → 35.
  const y = run(program, tensor('i8', [2, 2], [10, 20, -1, 0]));
  assert.deepEqual([...y.values], [25, 56, 35, 0, 0, 2]);
  assert.deepEqual(program.ranges[3], { low: 0, high: 100 });
});

test('an i8 product of more than 65,536 terms is refused, and one that its weights bound is not', () => {
  const node: Node = { form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i32', stage: { shift: 0, ...I32 } };
  const ofTwo = unwrap(
    checkProgram(
      single(
        node,
        [
          [1, 70_000],
          [1, 70_000],
        ].slice(0, 1),
        [tensor('i8', [1, 70_000], [])],
      ),
    ),
  );
  assert.deepEqual(ofTwo.ranges[2], { low: 0, high: 0 });
  const refused = checkProgram(
    single({ ...node }, [
      [1, 70_000],
      [1, 70_000],
    ]),
  );
  assert.equal(refused.ok, false);
  assert.equal(!refused.ok && refused.problem.code, 'program.unbounded');
});

test('conv, pools, gather, slice, transpose and concat follow the specification', () => {
  const x = tensor('i8', [1, 2, 2, 1], [1, 2, 3, 4]);
  const exact = { shift: 0, ...I32 };
  const conv: Node = {
    form: { op: 'conv', x: 0, w: 1, bias: null, strides: [1, 1], dilations: [1, 1], pads: [0, 0, 1, 1], groups: 1 },
    dtype: 'i32',
    stage: exact,
  };
  const w = tensor('i8', [1, 2, 2, 1], [1, 10, 100, -1]);
  const convolved = run(unwrap(checkProgram(single(conv, [[1, 2, 2, 1]], [w]))), x);
  assert.deepEqual([...convolved.values], [1 + 20 + 300 - 4, 2 + 400, 3 + 40, 4]);
  const window = { kernel: [2, 2], strides: [1, 1], dilations: [1, 1], pads: [1, 1, 0, 0] } as const;
  const most: Node = { form: { op: 'max_pool', x: 0, ...window }, dtype: 'i8', stage: null };
  assert.deepEqual([...run(unwrap(checkProgram(single(most, [[1, 2, 2, 1]]))), x).values], [1, 2, 3, 4]);
  const flipped: Node = {
    form: { op: 'slice', x: 0, starts: [1, 0], steps: [-1, 2], shape: [2, 2] },
    dtype: 'i8',
    stage: null,
  };
  const grid = tensor('i8', [2, 3], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...run(unwrap(checkProgram(single(flipped, [[2, 3]]))), grid).values], [4, 6, 1, 3]);
  const turned: Node = { form: { op: 'transpose', x: 0, perm: [1, 0] }, dtype: 'i8', stage: null };
  assert.deepEqual([...run(unwrap(checkProgram(single(turned, [[2, 3]]))), grid).values], [1, 4, 2, 5, 3, 6]);
  const joined: Node = { form: { op: 'concat', x: [0, 1], axis: 1 }, dtype: 'i8', stage: null };
  const both = run(
    unwrap(
      checkProgram(
        single(joined, [
          [2, 3],
          [2, 1],
        ]),
      ),
    ),
    grid,
    tensor('i8', [2, 1], [7, 8]),
  );
  assert.deepEqual([...both.values], [1, 2, 3, 7, 4, 5, 6, 8]);
});

test('an index that could leave its table is refused with the limit', () => {
  const node: Node = { form: { op: 'lookup', x: 0, table: 1, first: -128 }, dtype: 'i8', stage: null };
  const whole = tensor(
    'i8',
    [256],
    Array.from({ length: 256 }, (_, i) => 127 - i),
  );
  const program = unwrap(checkProgram(single(node, [[2]], [whole])));
  assert.deepEqual([...run(program, tensor('i8', [2], [-128, 5])).values], [127, -6]);
  const short = checkProgram(single(node, [[2]], [tensor('i8', [255], [])]));
  assert.equal(!short.ok && short.problem.limit, '-128 .. 126');
});

test('inputs outside their range or of another type are refused by name', () => {
  const node: Node = { form: { op: 'reduce_sum', x: 0 }, dtype: 'i32', stage: { shift: 0, ...I32 } };
  const program = unwrap(
    checkProgram({
      ...single(node, [[3]]),
      inputs: [{ name: 'x0', dtype: 'i8', shape: [3], low: 0, high: 9, encoding: UNIT }],
    }),
  );
  assert.equal(run(program, tensor('i8', [3], [1, 2, 3])).values[0], 6);
  const outside = admitInputs(program, [tensor('i8', [3], [1, 10, 3])]);
  assert.equal(!outside.ok && outside.problem.field, 'inputs[0][1]');
  const other = admitInputs(program, [tensor('i16', [3], [1, 1, 3])]);
  assert.equal(!other.ok && other.problem.code, 'program.input');
});
