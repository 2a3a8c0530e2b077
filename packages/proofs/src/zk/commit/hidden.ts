/**
 * What an opening also takes where something is hidden. All of it lies in one or more of the matrices opened:
 *
 * - `pads`: rows in which pad k is the element whose coordinates are the four values from 4·k. Every claim's value and every
 *   statement is a {@link Form} in them; what they come to is one explicit vector on these rows. Rows that hold pads have to
 *   be under some claim at a random point as well (one on all of them, its value sent under a pad of its own), or nothing
 *   would say that they are code words.
 * - `blinding`: eight random rows, the coordinates of two vectors s1, s2 of the extension. They enter as one more claim,
 *   `s1(κ1, …, κ1) + s2(κ2, …, κ2)`, whose value is published before the weights are drawn: the sumcheck and the combination
 *   that are sent in the clear are then uniform but for what they prove. Their matrix needs the largest randomness of the
 *   stack, so that they cover all of the combination.
 *
 * All matrices of a stack best take one randomness, `randomnessFor` the proofs that the most used of them is opened in: the
 * code of the most randomness decides how many columns are opened of each.
 */

import type { Form } from '../channel/form.ts';
import type { Ext } from '../field/ext.ts';
import { ext } from '../field/ext.ts';

export type HiddenPart = {
  readonly pads: { readonly matrix: number; readonly row: number; readonly rows: number };
  readonly blinding: { readonly matrix: number; readonly row: number };
  /** Each is to be 0. */
  readonly statements: readonly Form[];
};

/** A prover also knows its claims' values as the verifier does. */
export type HiddenProof = HiddenPart & { readonly values: readonly Form[] };

/** Coordinates of the extension, as elements. */
export const BASIS: readonly Ext[] = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

/** κ1 and κ2: any two that differ and are not 0, 1 or 1/2. */
const BLINDING_POINTS: readonly Ext[] = [ext(2), ext(3)];

export const BLINDING_ROWS = 4 * BLINDING_POINTS.length;

/** The points at which the blinding vectors are claimed. */
export const blindingPoints = (rowVars: number): readonly (readonly Ext[])[] =>
  BLINDING_POINTS.map((point) => Array.from({ length: rowVars }, () => point));
