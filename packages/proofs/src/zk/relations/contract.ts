/** Binding some of the variables of a vector. */
import type { Ext } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { AnyVector } from './context.ts';
import { eqVector, isExt, lifted } from './vectors.ts';

/** Neighbouring variables: bound to coordinates (lowest first), or left free. */
export type Run = { readonly bound: readonly Ext[] } | { readonly free: number };

/** Variables that are bound by one table: more are bound in two goes, with two small tables. */
const TABLE_VARS = 12;

const split = (runs: readonly Run[]): Run[] => {
  const merged: Run[] = [];
  for (const run of runs) {
    const before = merged.at(-1);
    if (before !== undefined && 'bound' in before && 'bound' in run) {
      merged[merged.length - 1] = { bound: [...run.bound, ...before.bound] };
    } else if (before !== undefined && 'free' in before && 'free' in run) {
      merged[merged.length - 1] = { free: before.free + run.free };
    } else merged.push(run);
  }
  return merged.flatMap((run) => {
    if ('free' in run || run.bound.length <= TABLE_VARS) return [run];
    const low = Math.floor(run.bound.length / 2);
    return [{ bound: run.bound.slice(low) }, { bound: run.bound.slice(0, low) }];
  });
};

const varsOf = (run: Run): number => ('free' in run ? run.free : run.bound.length);

/**
 * What is left of a vector once variables are bound; a vector of the extension of which none is bound is itself.
 * @param runs of all its variables, the highest first
 */
export const contract = (memory: ProofMemory, vector: AnyVector, runs: readonly Run[]): ExtVector => {
  const left = split(runs).filter((run) => varsOf(run) > 0);
  if (left.every((run) => 'free' in run)) return isExt(vector) ? vector : lifted(memory, vector);
  const size = (part: readonly Run[]): number => 2 ** part.reduce((sum, run) => sum + varsOf(run), 0);
  const free = size(left.filter((run) => 'free' in run));
  const result = memory.ext(free);
  const mark = memory.mark();
  let current: AnyVector = vector;
  while (left.some((run) => 'bound' in run)) {
    // The most variables first: what is left is the smallest.
    let at = -1;
    for (const [i, run] of left.entries()) {
      if ('bound' in run && (at < 0 || run.bound.length > varsOf(left[at]!))) at = i;
    }
    const bound = (left[at] as { bound: readonly Ext[] }).bound;
    const [outer, mid, inner] = [size(left.slice(0, at)), 2 ** bound.length, size(left.slice(at + 1))];
    left.splice(at, 1);
    const last = !left.some((run) => 'bound' in run);
    const out: ExtVector = last ? result : memory.ext(outer * inner);
    const { address, stride } = eqVector(memory, bound);
    const { kernels } = memory;
    if (isExt(current)) {
      kernels.contractExt(
        out.address,
        out.stride,
        current.address,
        current.stride,
        outer,
        mid,
        mid,
        inner,
        address,
        stride,
      );
    } else kernels.contractBase(out.address, out.stride, current.address, outer, mid, mid, inner, address, stride);
    current = out;
  }
  memory.release(mark);
  return result;
};

/** The extension of a vector at a point. */
export const evaluate = (memory: ProofMemory, vector: AnyVector, point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  const value = memory.entry(contract(memory, vector, [{ bound: point }]), 0);
  memory.release(mark);
  return value;
};
