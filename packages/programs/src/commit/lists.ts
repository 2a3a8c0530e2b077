/**
 * L of many lists of tensors at once (spec 12.7), or the roots of the trees over their T alone, four hashes at a time in the
 * kernels' memory: of one run, or of a batch of them.
 */
import { concatBytes, emptyRoot, utf8 } from '@surety/core';
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from '../engine/kernels.ts';
import { Machine } from '../engine/machine.ts';
import { SLOT_WORDS, tensorSlot } from '../engine/tracing.ts';
import { valueBytes } from '../file/file.ts';
import { DTYPE_BYTES, elements, type Tensor, type TensorType } from '../tensor.ts';
import { listId } from './program.ts';
import { bigEndian } from './tensor.ts';

/** Values that lie in the kernels' memory at a time: no more than stay in a cache, unless one list is longer. */
const TOGETHER_BYTES = 2 ** 19;

const PREFIX = utf8('surety:tensors:v1\0');

/** Copies of the kernels go in steps of 16 bytes, beyond the end of what they copy. */
const ROOM = 64;

const up = (n: number): number => Math.ceil(n / 64) * 64;

/** Where everything lies for lists of these types, so many at a time. */
const layoutOf = (types: readonly TensorType[], { kernels }: Machine, bytes: readonly number[], lists: number) => {
  const rowBytes = types.map(({ dtype, shape }) => (shape.at(-1) ?? 1) * DTYPE_BYTES[dtype]);
  const chunks = types.map((_, i) => kernels.chunkCount(rowBytes[i]!, bytes[i]! / rowBytes[i]!));
  let at = RESERVED_BYTES + HASH_SCRATCH_BYTES;
  const take = (size: number): number => {
    at = up(at + size) + ROOM;
    return at - up(size) - ROOM;
  };
  const values = types.length;
  const words = take(4 * (6 * values + 6));
  const trees = take(24 * values);
  const slots = take(4 * SLOT_WORDS * values);
  const prefix = take(PREFIX.length + 4);
  const data = bytes.map((size) => take(size * lists));
  const units = chunks.reduce((sum, count) => sum + count * lists, 0);
  const leaves = take(32 * units);
  const [chunkRoots, tensors, nodes] = [0, 0, 0].map(() => take(32 * values * lists)) as [number, number, number];
  const [roots, out] = [take(32 * lists), take(32 * lists)];
  return {
    rowBytes,
    chunks,
    words,
    trees,
    slots,
    prefix,
    data,
    leaves,
    units,
    chunkRoots,
    tensors,
    nodes,
    roots,
    out,
    end: at,
  };
};

/** What each list is identified by. All lists have tensors of the same types. */
export type HashLists = (lists: readonly (readonly Tensor[])[]) => readonly Uint8Array[];

/** @param whole whether L is wanted, not the root of the tree */
const createHasherOf = async ({ whole }: { readonly whole: boolean }): Promise<HashLists> => {
  const machine = await Machine.create();
  const { kernels, memory } = machine;
  const scratch = RESERVED_BYTES;
  const some = (lists: readonly (readonly Tensor[])[]): Uint8Array[] => {
    const types = lists[0]!;
    const bytes = types.map(({ dtype, shape }) => elements(shape) * DTYPE_BYTES[dtype]);
    const at = layoutOf(types, machine, bytes, lists.length);
    machine.reserve(at.end);
    const target = new Uint8Array(memory.buffer);
    const words = new Int32Array(memory.buffer);
    for (const [n, list] of lists.entries()) {
      for (const [i, { values }] of list.entries()) target.set(valueBytes(values), at.data[i]! + n * bytes[i]!);
    }
    // One list of all values, so that small ones share the lanes.
    let before = 0;
    for (const [i, type] of types.entries()) {
      const rows = bytes[i]! / at.rowBytes[i]!;
      words.set([before, at.data[i]!, bytes[i]!, at.rowBytes[i]!, rows, at.chunks[i]!], at.words / 4 + 6 * i);
      const [root, stride] = [at.chunkRoots + 32 * i, 32 * types.length];
      words.set([at.leaves + 32 * before, at.chunks[i]!, lists.length, root, stride, 0], at.trees / 4 + 6 * i);
      words.set(tensorSlot(type), at.slots / 4 + SLOT_WORDS * i);
      before += at.chunks[i]! * lists.length;
    }
    words[at.words / 4 + 6 * types.length] = at.units;
    kernels.hashChunks(at.words, 0, at.units, at.leaves, scratch);
    kernels.foldTrees(at.trees, types.length, scratch);
    const all = types.length * lists.length;
    kernels.hashTensors(at.slots, types.length, 0, all, at.chunkRoots, at.tensors, at.nodes, scratch);
    words.set([at.nodes, types.length, lists.length, at.roots, 32, 0], at.trees / 4);
    kernels.foldTrees(at.trees, 1, scratch);
    if (!whole) return lists.map((_, n) => target.slice(at.roots + 32 * n, at.roots + 32 * n + 32));
    const prefix = concatBytes(PREFIX, bigEndian([types.length]));
    target.set(prefix, at.prefix);
    kernels.hashMany(at.prefix, prefix.length, at.roots, 32, lists.length, at.out, scratch);
    return lists.map((_, n) => target.slice(at.out + 32 * n, at.out + 32 * n + 32));
  };
  return (lists) => {
    const [first] = lists;
    if (first === undefined) return [];
    if (first.length === 0) return lists.map(() => (whole ? listId([]) : emptyRoot()));
    const size = first.reduce((sum, { values }) => sum + values.byteLength, 0);
    const together = Math.max(1, Math.floor(TOGETHER_BYTES / size));
    const pieces = Array.from({ length: Math.ceil(lists.length / together) }, (_, i) =>
      some(lists.slice(i * together, (i + 1) * together)),
    );
    return pieces.flat();
  };
};

/** A {@link HashLists} that gives what `listRoot` gives of each. */
export const createListHasher = (): Promise<HashLists> => createHasherOf({ whole: true });

/** A {@link HashLists} that gives `MTH(T…)` of each: of all values of a run what its trace binds (`traceId`). */
export const createTreeHasher = (): Promise<HashLists> => createHasherOf({ whole: false });
