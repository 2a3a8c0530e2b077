/**
 * Operands of a product, variable by variable: bound to a coordinate, or summed over. Where the point itself has a bit as a
 * coordinate nothing is summed: the equality polynomial leaves one half, and a weighted round would divide by zero.
 */
import type { Arithmetic } from '../field/arithmetic.ts';
import type { Ext } from '../field/ext.ts';
import type { Run } from './contract.ts';

/** Of each variable, the lowest first: its coordinate, or null if it is summed over. */
export type Bits<C = Ext> = readonly (C | null)[];

/** Coordinates that stay, and those that are summed over by the equality polynomial. */
export const summedOver = <C>({ number, same }: Arithmetic<C>, point: readonly C[]): Bits<C> =>
  point.map((r) => (same(r, number(0)) || same(r, number(1)) ? r : null));

export const runsOf = (bits: Bits): Run[] =>
  bits.map((bit): Run => (bit === null ? { free: 1 } : { bound: [bit] })).reverse();

/** The point once what was summed over is bound. */
export const completed = <C>(bits: Bits<C>, bound: readonly C[]): C[] => {
  let next = 0;
  return bits.map((bit) => bit ?? bound[next++]!);
};

/** Weights of the variables that are summed over. */
export const weightsOf = <C>(point: readonly C[], bits: Bits<C>): C[] => point.filter((_, j) => bits[j] === null);
