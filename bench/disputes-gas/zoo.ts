/** One node of every operator, in the sizes that networks have, as one program. */
import { unwrap } from '@surety/core';
import {
  allocate,
  type CheckedProgram,
  type Dtype,
  elements,
  type IntegerForm,
  type Node,
  type Shape,
} from '@surety/programs';
import { ProgramBuilder } from '../../packages/programs/src/build.ts';
import { Random } from '../../packages/programs/test/random.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const LIMIT: Readonly<Record<Dtype, number>> = { i8: 127, i16: 32_767, i32: 2 ** 30 - 1 };

/** A node to lie about: which, and what it is called in the table. */
export type Case = { readonly name: string; readonly node: number };

export type Zoo = { readonly program: CheckedProgram; readonly cases: readonly Case[] };

/** Values without a zero byte, so that calldata costs the most that it can. */
export const fullBytes = (
  dtype: Dtype,
  shape: Shape,
  random: Random,
  limit = LIMIT[dtype],
): ReturnType<typeof allocate> => {
  const values = allocate(dtype, elements(shape));
  const full = (value: number): boolean => {
    const bytes = dtype === 'i8' ? 1 : dtype === 'i16' ? 2 : 4;
    for (let i = 0; i < bytes; i++) if (((value >> (8 * i)) & 255) === 0) return false;
    return true;
  };
  for (let i = 0; i < values.length; i++) {
    let value = 0;
    do value = random.int(-limit, limit);
    while (!full(value));
    values[i] = value;
  }
  return values;
};

export const zoo = (): Zoo => {
  const random = new Random(4);
  const b = new ProgramBuilder();
  const input = (name: string, dtype: Dtype, shape: Shape, limit = LIMIT[dtype]): number =>
    b.input({ name, dtype, shape, low: -limit, high: limit, encoding: UNIT });
  const constant = (dtype: Dtype, shape: Shape, limit?: number): number => {
    const values = fullBytes(dtype, shape, random, limit);
    return b.constant(dtype, shape, () => values);
  };
  const shifts = (channels: number): number => {
    const values = allocate('i8', channels).fill(9);
    return b.constant('i8', [channels], () => values);
  };
  const names: string[] = [];
  const add = (name: string, form: IntegerForm, dtype: Dtype, shift: Node['stage'] | number | null = null): void => {
    const stage = typeof shift === 'number' ? { shift, low: -LIMIT[dtype], high: LIMIT[dtype] } : shift;
    const id = unwrap(b.node({ form, dtype, stage }));
    b.output(name, id, UNIT);
    names.push(name);
  };
  const stage = (shift: number) => ({ shift: { constant: shift }, low: -127, high: 127 });

  const x1 = input('x1', 'i8', [1, 1024]);
  const x2 = input('x2', 'i8', [1, 2048]);
  const wide = input('wide', 'i16', [1, 1024], 1_000);
  const image = input('image', 'i8', [1, 28, 28, 64]);
  const small = input('small', 'i8', [1, 7, 7, 512]);
  const scores = input('scores', 'i16', [1, 32_000]);
  const word = b.input({ name: 'word', dtype: 'i32', shape: [1], low: 0, high: 999, encoding: UNIT });
  const w1 = constant('i8', [1024, 1024]);
  const w2 = constant('i8', [256, 2048]);
  const bias = constant('i32', [1024], 2 ** 24);

  add('matmul K = 1,024', { op: 'matmul', a: x1, b: w1, bias: null }, 'i8', 9);
  add('matmul K = 1,024, bias', { op: 'matmul', a: x1, b: w1, bias }, 'i8', 9);
  add('matmul K = 1,024, bias and shifts', { op: 'matmul', a: x1, b: w1, bias }, 'i8', stage(shifts(1024)));
  add('matmul K = 2,048', { op: 'matmul', a: x2, b: w2, bias: null }, 'i8', 9);
  add('matmul K = 1,024, i16 by i8', { op: 'matmul', a: wide, b: constant('i8', [64, 1024]), bias: null }, 'i8', 9);
  add(
    'matmul K = 1,024, i16 by i16',
    { op: 'matmul', a: wide, b: constant('i16', [64, 1024], 900), bias: null },
    'i8',
    9,
  );
  const plain = { strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] } as const;
  add(
    'conv 3 × 3 × 64',
    { op: 'conv', x: image, w: constant('i8', [64, 3, 3, 64]), bias: null, groups: 1, ...plain },
    'i8',
    9,
  );
  add(
    'conv 3 × 3, depthwise of 512',
    { op: 'conv', x: small, w: constant('i8', [512, 3, 3, 1]), bias: null, groups: 512, ...plain },
    'i8',
    4,
  );
  const window = { kernel: [3, 3], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] } as const;
  add('max_pool 3 × 3 of 64', { op: 'max_pool', x: image, ...window }, 'i8');
  add('sum_pool 7 × 7 of 512', { op: 'sum_pool', x: small, ...window, kernel: [7, 7] }, 'i8', 4);
  add('affine of 2', { op: 'affine', x: [x1, constant('i8', [1, 1024])], c: [3, -5], d: 7 }, 'i8', 3);
  const many = Array.from({ length: 16 }, () => constant('i8', [1, 1024]));
  add('affine of 16', { op: 'affine', x: many, c: many.map((_, i) => i + 1), d: 7 }, 'i8', 5);
  add('mul', { op: 'mul', a: x1, b: constant('i8', [1, 1024]) }, 'i8', 7);
  add('reduce_sum K = 1,024', { op: 'reduce_sum', x: x1 }, 'i8', 6);
  add('reduce_max K = 1,024', { op: 'reduce_max', x: x1 }, 'i8');
  add('argmax K = 32,000, i16', { op: 'argmax', x: scores }, 'i32');
  const table = fullBytes('i8', [256], random);
  add('lookup in 256', { op: 'lookup', x: x1, table: b.constant('i8', [256], () => table), first: -128 }, 'i8');
  add('gather of 1,000 × 1,024', { op: 'gather', data: constant('i8', [1000, 1024]), index: word }, 'i8');
  add('reshape', { op: 'reshape', x: x1, shape: [4, 256] }, 'i8');
  add('transpose', { op: 'transpose', x: small, perm: [0, 3, 1, 2] }, 'i8');
  add('slice', { op: 'slice', x: x1, starts: [0, 5], steps: [1, 2], shape: [1, 500] }, 'i8');
  add('concat of 16', { op: 'concat', x: many, axis: 1 }, 'i8');
  return { program: unwrap(b.finish()), cases: names.map((name, node) => ({ name, node })) };
};
