/**
 * What is computed of challenges, by whoever follows a proof: elements at once, or, where the verifier is written out as a
 * program of steps, what those will compute (chain/steps/values.ts). All that decides which way a proof goes is asked here.
 */
import { add, type Ext, equal, ext, isZero, mul, neg, sub } from './ext.ts';
import { below, eqAt, eqPoints, indexBelow } from './multilinear.ts';

export type Arithmetic<C> = {
  /** The element of an integer of absolute value below p. */
  readonly number: (x: number) => C;
  readonly add: (a: C, b: C) => C;
  readonly sub: (a: C, b: C) => C;
  readonly mul: (a: C, b: C) => C;
  readonly neg: (a: C) => C;
  /** As the functions of multilinear.ts. */
  readonly eqAt: (point: readonly C[], index: number) => C;
  readonly eqPoints: (a: readonly C[], b: readonly C[]) => C;
  readonly below: (point: readonly C[], size: number) => C;
  readonly indexBelow: (point: readonly C[], size: number) => C;
  /** Whether it is 0 whatever is drawn, up to chance. */
  readonly isZero: (a: C) => boolean;
  /** Whether both are one element whatever is drawn, up to chance. */
  readonly same: (a: C, b: C) => boolean;
};

/** Of elements of the extension. */
export const EXTENSION: Arithmetic<Ext> = {
  ...{ number: ext, add, sub, mul, neg, eqAt, eqPoints, below, indexBelow, isZero },
  same: equal,
};
