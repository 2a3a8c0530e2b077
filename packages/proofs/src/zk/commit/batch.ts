/** What the two sides of an opening do alike. */
import { SuretyError } from '@surety/core';
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import { type Form, known } from '../channel/form.ts';
import { extBytes, extsOf } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { add, type Ext, mul, ONE, sub, ZERO } from '../field/ext.ts';
import type { MatrixShape } from './shape.ts';

/** Weights of so many statements in one: `eq` of a random point, whose error grows with the logarithm of their number. */
export const drawWeights = (channel: { readonly challenge: () => Ext }, count: number): Ext[] => {
  let weights: Ext[] = [ONE];
  while (weights.length < count) {
    const r = channel.challenge();
    weights = [...weights.map((w) => mul(w, sub(ONE, r))), ...weights.map((w) => mul(w, r))];
  }
  return weights.slice(0, count);
};

/**
 * Claims' values and statements, weighed and summed: their pads, or the values left, belong on the side of what is opened, each with
 * the weight here, and the constants are what it comes to.
 */
export type Total = { readonly constant: Ext; readonly unsent: readonly Ext[] };

/**
 * @param count how many pads there are, or values that were left
 * @throws ProofError for a value under another
 */
export const totalOf = (values: readonly Form[], weights: readonly Ext[], count: number): Total => {
  let constant = ZERO;
  const unsent: Ext[] = Array.from({ length: count }, () => ZERO);
  for (const [l, value] of values.entries()) {
    const weight = weights[l]!;
    constant = add(constant, mul(value.constant, weight));
    for (const { pad, coefficient } of value.terms) {
      const sum = unsent[pad];
      if (sum === undefined) throw new ProofError('a value hides under a pad that nothing opens');
      unsent[pad] = sub(sum, mul(coefficient, weight));
    }
  }
  return { constant, unsent };
};

/**
 * The code that all matrices of a stack are opened in: that of the most randomness of any.
 * @throws SuretyError `internal` for rows, or their code words, of different lengths: no proof has them
 */
export const stackCode = (shapes: readonly MatrixShape[]): MatrixShape => {
  const { rowVars, blowupVars, lean } = shapes[0] ?? {};
  if (rowVars === undefined || shapes.some((s) => s.rowVars !== rowVars || s.blowupVars !== blowupVars)) {
    throw new SuretyError({
      code: 'internal',
      message: 'The matrices of an opening have rows or code words of different lengths, or there are none.',
      next: 'Report this as a defect.',
      field: 'stack',
      value: shapes.map((shape) => `${shape.rowVars} ${shape.blowupVars ?? ''}`).join(', '),
    });
  }
  const randomness = Math.max(...shapes.map((shape) => shape.randomness));
  return { rows: 1, rowVars, randomness, ...(blowupVars !== undefined && { blowupVars }), ...(lean && { lean }) };
};

/** The last messages are blinded by rows of their own, and by no pads. */
export const inTheClear = (channel: ProverChannel): ProverChannel => ({
  ...channel,
  send: (values) => channel.publish(extBytes(values)),
});

export const readInTheClear = (channel: VerifierChannel): VerifierChannel => ({
  ...channel,
  receive: (count) => extsOf(channel.published(16 * count)).map(known),
});
