/**
 * What somebody knows of a run, in the shape that answers and refutations are written from: a provider all of its own, a
 * watcher what a claim has shown so far. What is not known is null, and whoever needs it learns so.
 */
import { concatBytes, leafHash } from '@surety/core';
import { chunkCount, chunkSpan, type Tensor, type TensorType, valueBytes } from '@surety/programs';
import type { Run } from '../run.ts';
import { type Committed, chunkOf, committed, stated, valuesIn } from './statement.ts';
import { HashTree, type Tree, UnknownHash } from './tree.ts';

export type TensorView = Committed & {
  readonly chunks: Tree;
  readonly chunk: (index: number) => Uint8Array | null;
};

export type ListView = {
  /** L. */
  readonly id: Uint8Array;
  readonly count: number;
  readonly root: Uint8Array;
  readonly tree: Tree;
  readonly tensor: (index: number) => TensorView | null;
};

export type StepView = {
  readonly step: number;
  /** L of what went in. */
  readonly listId: Uint8Array;
  readonly list: ListView | null;
  readonly valuesRoot: Uint8Array;
  readonly values: Tree;
  readonly node: (index: number) => TensorView | null;
};

export type ProgramView = {
  /** P. */
  readonly id: Uint8Array;
  readonly inputs: number;
  readonly constants: number;
  readonly nodes: number;
  readonly graph: Tree;
  readonly interface: Uint8Array;
  readonly encoding: (node: number) => Uint8Array;
  readonly constantTree: Tree;
  readonly constant: (index: number) => TensorView;
};

export type View = {
  readonly run: Run;
  readonly program: ProgramView;
  /** 1 where the program is not iterated. */
  readonly steps: number;
  /** R of each step as leaves; null where there is but one. */
  readonly stepTree: Tree | null;
  readonly step: (step: number) => Promise<StepView | null>;
  readonly inputs: ListView | null;
  readonly outputs: ListView | null;
};

/** The root of a tree that is known at its root. */
export const rootOf = (tree: Tree): Uint8Array | null => tree.hash(Number.MAX_SAFE_INTEGER, 0);

/** A value made when it is first asked for. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const chunkBytes = (type: TensorType, bytes: Uint8Array, index: number): Uint8Array => {
  const { offset, length } = chunkSpan(type, index);
  return bytes.subarray(offset, offset + length);
};

/** The tree over the chunks of values. */
export const chunkTree = (type: TensorType, bytes: Uint8Array): HashTree =>
  new HashTree(Array.from({ length: chunkCount(type) }, (_, i) => leafHash(chunkBytes(type, bytes, i))));

/**
 * A tensor whose values are at hand.
 * @param chunksRoot root of its chunks, where that is known already
 */
export const viewOfTensor = (
  type: TensorType,
  read: () => Tensor['values'],
  chunksRoot: Uint8Array | null = null,
): TensorView => {
  const bytes = once(() => valueBytes(read()));
  const tree = once(() => chunkTree(type, bytes()));
  return {
    ...committed(stated(type), chunksRoot ?? tree().root),
    chunks: { size: chunkCount(type), hash: (level, position) => tree().hash(level, position) },
    chunk: (index) => chunkBytes(type, bytes(), index),
  };
};

/**
 * So many elements of a tensor from one on.
 * @throws {UnknownHash} where a chunk of them is not known
 */
export const elementsOf = ({ type, chunk }: TensorView, element: number, count: number): number[] => {
  if (type === null) throw new UnknownHash('elements of no tensor');
  const [first, last] = [chunkOf(type, element), chunkOf(type, element + count - 1)];
  const parts = Array.from({ length: last - first + 1 }, (_, i) => {
    const bytes = chunk(first + i);
    if (bytes === null) throw new UnknownHash(`chunk ${first + i}`);
    return bytes;
  });
  const bytes = parts.length === 1 ? parts[0]! : concatBytes(...parts);
  return valuesIn(type, element, count, { offset: chunkSpan(type, first).offset, bytes });
};

/** A list of tensors that are at hand. */
export const viewOfList = (
  id: (root: Uint8Array, count: number) => Uint8Array,
  tensors: readonly TensorView[],
): ListView => {
  const tree = new HashTree(tensors.map(({ root }) => leafHash(root)));
  const { root, size: count } = tree;
  return { id: id(root, count), count, root, tree, tensor: (index) => tensors[index] ?? null };
};
