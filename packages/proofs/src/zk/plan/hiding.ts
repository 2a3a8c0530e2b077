/**
 * What hiding adds to a plan: rows of pads and of blinding behind the witness, and random words behind every row, as many as
 * columns are opened.
 */
import type { Form } from '../channel/form.ts';
import { BLINDING_ROWS, type HiddenPart } from '../commit/hidden.ts';
import type { Place } from '../commit/place.ts';
import type { MatrixShape } from '../commit/shape.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { Hiding, Layout } from './plan.ts';

/** The plan with room for so many pads, and for one more: that of the claim on them. */
export const withHiding = <P extends Layout>(plan: P, pads: number): P => {
  const witness = plan.matrices.at(-1)!;
  const padRow = witness.rows;
  const padRows = Math.ceil((4 * (pads + 1)) / 2 ** plan.rowVars);
  const blindingRow = padRow + padRows;
  const matrices = [...plan.matrices.slice(0, -1), { ...witness, rows: blindingRow + BLINDING_ROWS }];
  return { ...plan, matrices, hiding: { pads: pads + 1, padRow, padRows, blindingRow } };
};

export const shapesOf = ({ matrices, rowVars, blowupVars, randomness, hidesWeights }: Layout): readonly MatrixShape[] =>
  matrices.map(({ kind, rows }) => ({
    rows,
    rowVars,
    randomness: kind === 'weights' && !hidesWeights ? 0 : randomness,
    ...(blowupVars !== undefined && { blowupVars, lean: true }),
  }));

/** All rows of pads, which are claimed at a point of their own. */
export const padPlace = ({ matrices, rowVars }: Layout, { padRow, padRows }: Hiding): Place => ({
  matrix: matrices.length - 1,
  offset: padRow * 2 ** rowVars,
  vars: rowVars + bitsOf(padRows),
  rows: padRows,
});

export const hiddenPart = (
  { matrices }: Layout,
  { padRow, padRows, blindingRow }: Hiding,
  statements: readonly Form[],
): HiddenPart => {
  const matrix = matrices.length - 1;
  return { pads: { matrix, row: padRow, rows: padRows }, blinding: { matrix, row: blindingRow }, statements };
};
