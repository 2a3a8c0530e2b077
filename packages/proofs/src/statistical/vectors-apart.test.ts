/** Each vector of a key is a check of its own: sums that were made up to pass under one do not pass under two. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, type IntegerForm, Machine, ProgramBuilder, type Shape } from '@surety/programs';
import { anyInput } from '../../../programs/test/networks.ts';
import { changed, checkOne, pairOf, seedOf } from '../../test/statistical.ts';
import { encodeRecord } from './record.ts';

const P = 2n ** 31n - 1n;
const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;
const machine = await Machine.create();

const programOf = (shape: Shape, weights: Shape, form: (x: number, w: number) => IntegerForm): CheckedProgram => {
  const builder = new ProgramBuilder();
  const x = builder.input({ name: 'x', dtype: 'i8', shape, low: -128, high: 127, encoding: UNIT });
  const count = weights.reduce((product, size) => product * size, 1);
  const w = builder.constant('i8', weights, () => Int8Array.from({ length: count }, (_, i) => (i % 2 ? 127 : -128)));
  const stage = { shift: 0, low: -MOST, high: MOST };
  builder.output('y', unwrap(builder.node({ form: form(x, w), dtype: 'i32', stage })), UNIT);
  return unwrap(builder.finish());
};

const matmul = programOf([1, 64], [8, 64], (a, b) => ({ op: 'matmul', a, b, bias: null }));
const conv = programOf([1, 2, 2, 64], [8, 1, 1, 64], (x, w) => {
  return { op: 'conv', x, w, bias: null, strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 };
});

const inverse = (a: bigint): bigint => {
  let [power, result] = [a, 1n];
  for (let e = P - 2n; e > 0n; e >>= 1n, power = (power * power) % P) if (e & 1n) result = (result * power) % P;
  return result;
};

/** Small a and b, not both 0, of which `a·r + b·s` is 0 in the field: by the reduction of Lagrange and Gauss. */
const relation = (r: number, s: number): readonly [number, number] => {
  const first = (((-BigInt(s) * inverse(BigInt(r))) % P) + P) % P;
  let [u, v]: [[number, number], [number, number]] = [
    [Number(P), 0],
    [Number(first), 1],
  ];
  const norm = ([a, b]: readonly [number, number]): number => a * a + b * b;
  for (;;) {
    if (norm(u) < norm(v)) [u, v] = [v, u];
    const times = Math.round((u[0] * v[0] + u[1] * v[1]) / norm(v));
    if (times === 0) return v;
    u = [u[0] - times * v[0], u[1] - times * v[1]];
  }
};

for (const [name, program] of [
  ['matmul', matmul],
  ['conv', conv],
] as const) {
  test(`a ${name} whose sums pass under the first vector fails under the second`, async () => {
    const { checker, prove } = await pairOf(program, machine, { gain: 0 });
    const inputs = anyInput(program, 1);
    const { record } = await prove(inputs);
    const [one, two] = [await checker.key(seedOf(1), 1), await checker.key(seedOf(1), 2)];
    const [r, s] = one.drawn[0]!.r;
    const [a, b] = relation(r!, s!);
    const sums = changed(changed(record.sums, 0, 0, a), 0, 1, b);
    const lie = encodeRecord(checker.parts, { ...record, sums });
    // What it leads to is another value than the one committed to.
    assert.deepEqual(unwrap(await checkOne(checker, lie, inputs, one)).wrong, { part: 'trace' });
    const row = name === 'matmul' ? 0 : null;
    assert.deepEqual(unwrap(await checkOne(checker, lie, inputs, two)).wrong, { part: 'sums', node: 0, row });
  });
}
