/** The prover's side of a sumcheck whose rounds are quadratic: see `verify.ts`. */

import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, inverse, mul, sub } from '../field/ext.ts';
import type { Summed } from './verify.ts';

/** A quadratic h by h(0) and the coefficient of its square (its value "at infinity"): the two that a prover computes. */
export type Quadratic = { readonly atZero: Ext; readonly leading: Ext };

/** The polynomial of the next round, once the variable before it is bound to a challenge (null in the first). */
export type NextRound = (previous: Ext | null) => Quadratic;

/**
 * The coefficient of X that a quadratic has.
 * @param value what is claimed of the sum that it is of
 * @param weight coordinate of the equality polynomial that is left out of it; null in a plain round
 */
export const linearOf = ({ atZero, leading }: Quadratic, value: Ext, weight: Ext | null): Ext => {
  const rest = sub(value, atZero);
  const atOne = weight === null ? rest : add(atZero, mul(rest, inverse(weight)));
  return sub(sub(atOne, atZero), leading);
};

/**
 * @param claim what the sum is
 * @param weights point of the equality polynomial in the sum, lowest variable first: of as many variables as it has coordinates,
 *   the highest
 * @param round the last variable is left for the caller to bind, to `point[0]`
 */
export const proveSumcheck = (
  channel: ProverChannel,
  claim: Ext,
  variables: number,
  weights: readonly Ext[],
  round: NextRound,
): Summed<Ext> => {
  const challenges: Ext[] = [];
  let value = claim;
  for (let j = 0; j < variables; j++) {
    const quadratic = round(challenges.at(-1) ?? null);
    const { atZero, leading } = quadratic;
    const linear = linearOf(quadratic, value, weights[weights.length - 1 - j] ?? null);
    channel.send([linear, leading]);
    const r = channel.challenge();
    challenges.push(r);
    value = add(atZero, mul(r, add(linear, mul(r, leading))));
  }
  return { point: challenges.reverse(), value };
};
