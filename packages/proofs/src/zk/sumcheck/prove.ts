/** The prover's side of a sumcheck whose rounds are quadratic: see `verify.ts`. */

import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, inverse, mul, sub } from '../field/ext.ts';
import type { Summed } from './verify.ts';

/** A quadratic h by h(0) and the coefficient of its square (its value "at infinity"): the two that a prover computes. */
export type Quadratic = { readonly atZero: Ext; readonly leading: Ext };

/**
 * @param claim what the sum is
 * @param weights point of the equality polynomial in the sum, lowest variable first; null for a plain sum
 * @param round the polynomial of the next round, once the variable before it is bound to a challenge (null in the first). The
 *   last variable is left for the caller to bind, to `point[0]`.
 */
export const proveSumcheck = (
  channel: ProverChannel,
  claim: Ext,
  variables: number,
  weights: readonly Ext[] | null,
  round: (previous: Ext | null) => Quadratic,
): Summed<Ext> => {
  const challenges: Ext[] = [];
  let value = claim;
  for (let j = variables - 1; j >= 0; j--) {
    const { atZero, leading } = round(challenges.at(-1) ?? null);
    const rest = sub(value, atZero);
    const atOne = weights === null ? rest : add(atZero, mul(rest, inverse(weights[j]!)));
    const linear = sub(sub(atOne, atZero), leading);
    channel.send([linear, leading]);
    const r = channel.challenge();
    challenges.push(r);
    value = add(atZero, mul(r, add(linear, mul(r, leading))));
  }
  return { point: challenges.reverse(), value };
};
