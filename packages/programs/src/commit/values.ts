/** The fast tier of traces: T of every node's value and the tree over them, four hashes at a time in the kernels' memory. */
import { emptyRoot } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from '../engine/kernels.ts';
import { Machine } from '../engine/machine.ts';
import { tensorPrefix } from './tensor.ts';

/** Bytes of a slot: the length of what is hashed, its prefix of at most 51 bytes, and the root of the chunks. */
const SLOT_BYTES = 96;

export type ValueRoots = {
  /** T of a node's value; good until the next call. */
  readonly tensor: (node: number) => Uint8Array;
  /** Root of the tree over all of them. */
  readonly root: Uint8Array;
};

/** Hashes the chunk roots that a traced run of a program gives, to the same bytes as `nodeRoots` and `treeRoot`. */
export type HashValues = (chunkRoots: readonly Uint8Array[]) => ValueRoots;

export const createValueHasher = async (program: CheckedProgram): Promise<HashValues> => {
  const { kernels, memory } = await Machine.create();
  const count = program.nodes.length;
  const first = program.inputs.length + program.constants.length;
  const slots = RESERVED_BYTES + HASH_SCRATCH_BYTES;
  const tensors = slots + count * SLOT_BYTES;
  const leaves = tensors + count * 32;
  const missing = leaves + Math.max(1, count) * 32 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  const bytes = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  const roots = program.nodes.map((_, i) => {
    const prefix = tensorPrefix(program.types[first + i]!);
    const slot = slots + i * SLOT_BYTES;
    view.setInt32(slot, prefix.length + 32, true);
    bytes.set(prefix, slot + 4);
    return slot + 4 + prefix.length;
  });
  return (chunkRoots) => {
    for (const [i, root] of chunkRoots.entries()) bytes.set(root, roots[i]!);
    kernels.hashTensors(slots, count, tensors, leaves, RESERVED_BYTES);
    return {
      tensor: (node) => bytes.slice(tensors + 32 * node, tensors + 32 * node + 32),
      root: count === 0 ? emptyRoot() : bytes.slice(leaves, leaves + 32),
    };
  };
};
