/**
 * What the columns of a row count in one product of an opening: `eq` at a point for each claim, on its part of them, and what is
 * explicit. The former are made when they are needed, of the columns that are left once the highest variables are bound: tables
 * of whole rows for all products would be more than all else that an opening takes.
 */
import { type Ext, mul } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { eqInto } from './products.ts';
import { columnWeight, type Term } from './terms.ts';

/** A claim's columns, and what it counts. */
export type WeighedColumns = Pick<Term, 'column' | 'columnPoint'> & { readonly weight: Ext };

export type ColumnWeights = {
  readonly claims: readonly WeighedColumns[];
  /** Explicit ones, of as many columns as are left; null for none. */
  readonly others: ExtVector | null;
};

/**
 * Writes the weights of the columns that are left.
 * @param out as many as these: a power of two
 * @param bound what the variables above are bound to, the lowest first
 */
export const writeWeights = (
  memory: ProofMemory,
  out: ExtVector,
  { claims, others }: ColumnWeights,
  bound: readonly Ext[],
): void => {
  const { kernels } = memory;
  const free = Math.log2(out.length);
  const scaleOf = (claim: WeighedColumns): Ext => mul(claim.weight, columnWeight(claim, bound, free));
  const [first] = claims;
  if (claims.length === 1 && others === null && first!.columnPoint.length >= free) {
    eqInto(memory, out, first!.columnPoint.slice(0, free), scaleOf(first!));
    return;
  }
  for (let c = 0; c < 4; c++) memory.bytes(out.address + c * out.stride, 4 * out.length).fill(0);
  if (others !== null) kernels.addExt(out.address, out.stride, others.address, others.stride, out.length);
  for (const claim of claims) {
    const mark = memory.mark();
    const vars = Math.min(claim.columnPoint.length, free);
    const own = memory.ext(2 ** vars);
    eqInto(memory, own, claim.columnPoint.slice(0, vars), scaleOf(claim));
    const at = out.address + 4 * (claim.column % out.length);
    kernels.addExt(at, out.stride, own.address, own.stride, own.length);
    memory.release(mark);
  }
};
