/**
 * The verifier's side of a sumcheck. Variables are bound from the highest down. In each round the prover sends h, the sum over
 * the variables still free as a polynomial of degree d in the one to be bound, without its constant coefficient: what is
 * claimed determines that one.
 *
 * Plain: the claim is `Σ_x f(x)`, so h(0) + h(1) = claim. Weighted: it is `Σ_x eq(weights, x)·f(x)`; the factor of eq in the
 * bound variable is left out of h (Gruen, 2024/108; Dao and Thaler, 2024/1210), so (1 − w)·h(0) + w·h(1) = claim, and the
 * degree is that of f alone. Either way h(r) is the next claim; the final one is f at the point. Rounds of the highest variables
 * may be weighted, and those of the others plain.
 */

import type { VerifierChannel } from '../channel/channel.ts';
import { combined, type Form } from '../channel/form.ts';
import { type Ext, HALF, mul, ONE, sub } from '../field/ext.ts';

export type Summed<Value, C = Ext> = {
  /** Lowest variable first. */
  readonly point: readonly C[];
  /** What f takes there, if the claim holds. */
  readonly value: Value;
};

/** `Σ form·coefficient` of these is the polynomial of a round at the challenge. */
type Round = { readonly sent: readonly Form[]; readonly challenge: Ext };

/**
 * @param degree of h; so many values are sent in a round
 * @param weights point of the equality polynomial in the sum, lowest variable first: of as many variables as it has coordinates,
 *   the highest
 * @throws ProofError if the proof ends before
 */
export const checkSumcheck = (
  channel: VerifierChannel,
  claim: Form,
  variables: number,
  degree: number,
  weights: readonly Ext[],
): Summed<Form> => {
  const rounds: Round[] = [];
  for (let j = 0; j < variables; j++) {
    const sent = channel.receive(degree);
    rounds.push({ sent, challenge: channel.challenge() });
  }
  // h(r) = claim·(1 or 1/2) + Σ_k c_k·(r^k − w), with w = 1/2 for plain sums: all rounds make one linear combination.
  const parts: [Form, Ext][] = [];
  let factor = ONE;
  for (let j = variables - 1; j >= 0; j--) {
    const { sent, challenge } = rounds[j]!;
    const own = weights[weights.length - 1 - j];
    let power = ONE;
    for (const coefficient of sent) {
      power = mul(power, challenge);
      parts.push([coefficient, mul(factor, sub(power, own ?? HALF))]);
    }
    if (own === undefined) factor = mul(factor, HALF);
  }
  return {
    point: rounds.map(({ challenge }) => challenge).reverse(),
    value: combined([[claim, factor], ...parts]),
  };
};
