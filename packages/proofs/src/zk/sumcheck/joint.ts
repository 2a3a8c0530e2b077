/**
 * Several sumchecks as one: `Σ_n ρ_n·C_n` of their claims, by powers of a challenge, is the sum of one polynomial in as many
 * variables as the longest has. A shorter one has the lowest of them, and is the same whatever the others are: for each of those it
 * counts a half, since both values are summed. So it joins when the variables above its own are bound. Rounds are sent once, of
 * degree 3 where factors of eq are in one, and then what each ends in.
 */
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, minus } from '../channel/form.ts';
import { add, type Ext, HALF, mul, ONE, powers, sub, ZERO } from '../field/ext.ts';
import { eqPoints } from '../field/multilinear.ts';
import { linearOf, type NextRound } from './prove.ts';
import { checkSumcheck, type Summed } from './verify.ts';

/** A claim on a sum, as `checkSumcheck` takes it. */
export type Summing<Value, C = Ext> = {
  readonly claim: Value;
  readonly variables: number;
  readonly weights: readonly C[];
};

export const longest = (sums: readonly { readonly variables: number }[]): number =>
  sums.reduce((most, { variables }) => Math.max(most, variables), 0);

/** Of the polynomials that are sent. */
export const degreeOf = (sums: readonly { readonly weights: readonly Ext[] }[]): number =>
  sums.some(({ weights }) => weights.length > 0) ? 3 : 2;

/** What each claim counts. */
const joiningBy = (channel: { readonly challenge: () => Ext }, count: number): Ext[] =>
  count === 1 ? [ONE] : powers(channel.challenge(), count);

const halved = (scale: Ext, times: number): Ext => {
  let half = scale;
  for (let j = 0; j < times; j++) half = mul(half, HALF);
  return half;
};

/** Linear factor `1 − w + (2w − 1)·X` of eq in a variable: its coefficients. */
const factorOf = (weight: Ext): readonly [Ext, Ext] => [sub(ONE, weight), sub(add(weight, weight), ONE)];

/** @param sums each with its rounds, of which the last variable is left for the caller to bind */
export const proveJoint = (
  channel: ProverChannel,
  sums: readonly (Summing<Ext> & { readonly round: NextRound })[],
): Summed<Ext>[] => {
  const all = longest(sums);
  const scales = joiningBy(channel, sums.length).map((by, n) => halved(by, all - sums[n]!.variables));
  const values = sums.map(({ claim }) => claim);
  const challenges: Ext[] = [];
  for (let left = all; left > 0; left--) {
    const sent: Ext[] = Array.from({ length: degreeOf(sums) }, () => ZERO);
    const addScaled = (k: number, coefficient: Ext, scale: Ext): void => {
      sent[k - 1] = add(sent[k - 1]!, mul(coefficient, scale));
    };
    const bound = sums.map(({ variables, weights, round }, n) => {
      if (variables < left) return null;
      const first = variables === left;
      const quadratic = round(first ? null : challenges.at(-1)!);
      const weight = weights[weights.length - 1 - (variables - left)] ?? null;
      const linear = linearOf(quadratic, values[n]!, weight);
      const { atZero, leading } = quadratic;
      const [c0, c1] = weight === null ? [ONE, ZERO] : factorOf(weight);
      const scale = scales[n]!;
      addScaled(1, add(mul(c0, linear), mul(c1, atZero)), scale);
      addScaled(2, add(mul(c0, leading), mul(c1, linear)), scale);
      if (weight !== null) addScaled(3, mul(c1, leading), scale);
      return (r: Ext): void => {
        values[n] = add(atZero, mul(r, add(linear, mul(r, leading))));
        scales[n] = mul(scale, add(c0, mul(c1, r)));
      };
    });
    channel.send(sent);
    const r = channel.challenge();
    challenges.push(r);
    for (const bind of bound) bind?.(r);
  }
  channel.send(values);
  const point = challenges.reverse();
  return sums.map(({ variables }, n) => ({ point: point.slice(0, variables), value: values[n]! }));
};

/** The verifier's side of {@link proveJoint}. */
export const checkJoint = (channel: VerifierChannel, sums: readonly Summing<Form>[]): Summed<Form>[] => {
  const joining = joiningBy(channel, sums.length);
  const all = longest(sums);
  const claim = combined(sums.map(({ claim: own }, n) => [own, joining[n]!] as const));
  const { point, value } = checkSumcheck(channel, claim, all, degreeOf(sums), []);
  const values = channel.receive(sums.length);
  const ended = sums.map(({ variables, weights }, n): readonly [Form, Ext] => {
    const factor = eqPoints(weights, point.slice(variables - weights.length, variables));
    return [values[n]!, mul(halved(joining[n]!, all - variables), factor)];
  });
  channel.zero(minus(value, combined(ended)), 'sums that were joined do not end in what they are said to');
  return sums.map(({ variables }, n) => ({ point: point.slice(0, variables), value: values[n]! }));
};
