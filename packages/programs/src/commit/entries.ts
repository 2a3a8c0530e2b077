/** Roots of trees over entries of one length (RFC 9162), four hashes at a time in the kernels' memory. */
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from '../engine/kernels.ts';
import { Machine } from '../engine/machine.ts';
import { treeRoot } from './tensor.ts';

/** Longest entry that the kernels take behind the prefix of a leaf. */
const MOST_BYTES = 1_024;

/** Copies of the kernels go in steps of 16 bytes, beyond the end of what they copy. */
const ROOM = 64;

/** Root of the tree over entries. */
export type HashEntries = (entries: readonly Uint8Array[]) => Uint8Array;

/** A {@link HashEntries} that gives what `treeRoot` gives; entries of other lengths than the first go the readable way. */
export const createEntryHasher = async (): Promise<HashEntries> => {
  const machine = await Machine.create();
  const { kernels, memory } = machine;
  const scratch = RESERVED_BYTES;
  const prefix = scratch + HASH_SCRATCH_BYTES;
  const tree = prefix + ROOM;
  const data = tree + ROOM;
  return (entries) => {
    const length = entries[0]?.length ?? 0;
    if (length === 0 || length > MOST_BYTES || entries.some((entry) => entry.length !== length))
      return treeRoot(entries);
    const leaves = data + Math.ceil((length * entries.length + ROOM) / 64) * 64;
    machine.reserve(leaves + 32 * entries.length + ROOM);
    const bytes = new Uint8Array(memory.buffer);
    bytes[prefix] = 0;
    for (const [i, entry] of entries.entries()) bytes.set(entry, data + i * length);
    kernels.hashMany(prefix, 1, data, length, entries.length, leaves, scratch);
    new Int32Array(memory.buffer).set([leaves, entries.length, 1, leaves, 0, 0], tree / 4);
    kernels.foldTrees(tree, 1, scratch);
    return bytes.slice(leaves, leaves + 32);
  };
};
