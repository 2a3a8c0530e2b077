/** What the two sides of an opening do alike. */
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, known } from '../channel/form.ts';
import { extBytes, extsOf } from '../channel/open.ts';
import { add, type Ext, mul, neg, ONE, sub, ZERO } from '../field/ext.ts';
import { type MatrixShape, width } from './shape.ts';

/** Weights of so many statements in one: `eq` of a random point, whose error grows with the logarithm of their number. */
export const drawWeights = (channel: { readonly challenge: () => Ext }, count: number): Ext[] => {
  let weights: Ext[] = [ONE];
  while (weights.length < count) {
    const r = channel.challenge();
    weights = [...weights.map((w) => mul(w, sub(ONE, r))), ...weights.map((w) => mul(w, r))];
  }
  return weights.slice(0, count);
};

/** Sums of a claim's or statement's pads belong on the side of what is opened: those, and what the constants come to. */
export type Total = { readonly constant: Ext; readonly pads: ReadonlyMap<number, Ext> };

export const totalOf = (values: readonly Form[], weights: readonly Ext[]): Total => {
  const { constant, terms } = combined(values.map((value, l) => [value, weights[l]!]));
  const pads = new Map<number, Ext>();
  for (const { pad, coefficient } of terms) pads.set(pad, add(pads.get(pad) ?? ZERO, neg(coefficient)));
  return { constant, pads };
};

/** The code that all matrices of a stack are opened in: the longest rows of any. */
export const stackCode = (shapes: readonly MatrixShape[]): MatrixShape => {
  const [first] = shapes;
  return { rows: 1, rowVars: first!.rowVars, randomness: Math.max(...shapes.map(({ randomness }) => randomness)) };
};

/** Coefficients of the combination that is sent: no more than the code has. */
export const combinationWidth = (code: MatrixShape): number => width(code) + code.randomness;

/** The last messages are blinded by rows of their own, and by no pads. */
export const inTheClear = (channel: ProverChannel): ProverChannel => ({
  ...channel,
  send: (values) => channel.publish(extBytes(values)),
});

export const readInTheClear = (channel: VerifierChannel): VerifierChannel => ({
  ...channel,
  receive: (count) => extsOf(channel.published(16 * count)).map(known),
});
