/** Lists that are hashed together come to what each comes to by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@surety/core';
import { Random } from '../../test/random.ts';
import { type Dtype, elements, type Tensor, tensor } from '../tensor.ts';
import { createListHasher, createTreeHasher } from './lists.ts';
import { listRoot } from './program.ts';
import { tensorRoot, treeRoot } from './tensor.ts';

const random = new Random(1);

const drawn = (dtype: Dtype, shape: readonly number[]): Tensor =>
  tensor(
    dtype,
    shape,
    Array.from({ length: elements(shape) }, () => random.int(-100, 100)),
  );

type Types = readonly (readonly [Dtype, readonly number[]])[];

/** Rows short and long, many of a chunk and many chunks of a row, several tensors, scalars; the last longer than a piece. */
const LISTS: readonly (readonly [Types, number])[] = [
  [[['i8', [1, 512]]], 64],
  [[['i32', [2_048]]], 65],
  [
    [
      ['i8', [3, 5]],
      ['i16', [1_025]],
      ['i32', []],
    ],
    7,
  ],
  [[['i8', [300, 7]]], 5],
  [[['i32', [3, 700]]], 2],
  [Array.from({ length: 9 }, () => ['i8', [2]] as const), 3],
  [[['i32', [200_000]]], 2],
];

test('lists hashed together have the ids that each has by itself, whatever was hashed before', async () => {
  const [hashLists, hashTrees] = await Promise.all([createListHasher(), createTreeHasher()]);
  for (const [types, count] of [...LISTS, ...LISTS.toReversed()]) {
    const lists = Array.from({ length: count }, () => types.map(([dtype, shape]) => drawn(dtype, shape)));
    assert.deepEqual(
      hashLists(lists).map(toHex),
      lists.map((list) => toHex(listRoot(list))),
      JSON.stringify(types),
    );
    assert.deepEqual(
      hashTrees(lists).map(toHex),
      lists.map((list) => toHex(treeRoot(list.map((each) => tensorRoot(each))))),
      JSON.stringify(types),
    );
  }
});

test('no list has no id, and an empty list has one', async () => {
  const hashLists = await createListHasher();
  assert.deepEqual(hashLists([]), []);
  assert.deepEqual(hashLists([[], []]), [listRoot([]), listRoot([])]);
  const hashTrees = await createTreeHasher();
  assert.deepEqual([hashTrees([]), hashTrees([[]])], [[], [treeRoot([])]]);
});
