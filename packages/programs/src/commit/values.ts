/** T of every node's value and the tree over them, four hashes at a time in the kernels' memory, where no traced run gives them. */
import { emptyRoot } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from '../engine/kernels.ts';
import { Machine } from '../engine/machine.ts';
import { SLOT_WORDS, tensorSlot } from '../engine/tracing.ts';

export type ValueRoots = {
  /** T of a node's value; good until the next call. */
  readonly tensor: (node: number) => Uint8Array;
  /** Root of the tree over all of them. */
  readonly root: Uint8Array;
};

/** Hashes the roots of the chunks of all nodes' values. */
export type HashValues = (chunkRoots: readonly Uint8Array[]) => ValueRoots;

export const createValueHasher = async (program: CheckedProgram): Promise<HashValues> => {
  const machine = await Machine.create();
  const { kernels, memory } = machine;
  const count = program.nodes.length;
  const first = program.inputs.length + program.constants.length;
  const scratch = RESERVED_BYTES;
  const tree = scratch + HASH_SCRATCH_BYTES;
  const slots = tree + 64;
  const roots = slots + count * SLOT_WORDS * 4;
  const tensors = roots + count * 32;
  const leaves = tensors + count * 32;
  machine.reserve(leaves + Math.max(1, count) * 32);
  const bytes = new Uint8Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  words.set(
    program.nodes.flatMap((_, i) => tensorSlot(program.types[first + i]!)),
    slots / 4,
  );
  return (chunkRoots) => {
    for (const [i, root] of chunkRoots.entries()) bytes.set(root, roots + 32 * i);
    kernels.hashTensors(slots, count, 0, count, roots, tensors, leaves, scratch);
    words.set([leaves, count, 1, leaves, 0, 0], tree / 4);
    if (count > 0) kernels.foldTrees(tree, 1, scratch);
    return {
      tensor: (node) => bytes.slice(tensors + 32 * node, tensors + 32 * node + 32),
      root: count === 0 ? emptyRoot() : bytes.slice(leaves, leaves + 32),
    };
  };
};
