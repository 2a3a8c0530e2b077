/** All fractions at the bottom of a tree that lies in memory as a whole. */
import type { ProofMemory } from '../memory.ts';
import { type LargeLayer, part, upperOf } from './fractions.ts';
import type { LeafRows } from './leaf-rows.ts';
import type { Leaves } from './leaves.ts';

/** Kernels write whole fours. */
const ROOM = 4;

export const leafFractions = (memory: ProofMemory, { rows, vars }: Leaves, leaves: LeafRows): LargeLayer => {
  const half = 2 ** (vars - 1);
  const upper = upperOf(rows, vars);
  const size = half + Math.min(2 * upper, half);
  const ones = leaves.areOnes(0, half);
  // One vector for all, so that all have one stride.
  const first = ones ? half : 0;
  const all = memory.ext(2 * size - first + ROOM);
  const q = part(all, 0, size);
  const p = part(all, size, 2 * size - first);
  leaves.denominators(0, q);
  leaves.numerators(first, p);
  const upperPart = { p1: part(p, half - first, size - first), q1: part(q, half, size), upper };
  return { p0: ones ? null : part(p, 0, half), q0: part(q, 0, half), ...upperPart };
};
