/**
 * The channel of a verifier in steps where something is hidden: the twin of `channel/hidden.ts`. Nothing is compared while the
 * proof is heard: what checks come to are statements about the pads, which the opening shows with the claims.
 */
import { HALF, mul1 } from '../../field/ext.ts';
import { type StepChannel, zeroSteps } from './channel.ts';
import { at, minus, NOTHING, type Part, type StepForm, scaled } from './forms.ts';
import { ELEMENT_BYTES, type Listener } from './listener.ts';
import { productSteps } from './products.ts';
import type { Maker, Ref, Value } from './writer.ts';

export type HiddenSteps = StepChannel & {
  /** Forms that are 0 if the proof holds. */
  readonly statements: readonly StepForm[];
  /** Brings all products so far down to statements. */
  readonly close: () => void;
};

/** What the coefficients of a round count: `r − w` and `r² − w`. */
const roundMakers = (r: Ref, weight: Value | null): readonly [Maker, Maker] => {
  const without =
    (make: Maker): Maker =>
    (step) =>
      step.sub(make(step), weight === null ? step.number(HALF[0]) : step.value(weight));
  return [without(at(r)), without((step) => step.mul(step.get(r), step.get(r)))];
};

export const hiddenChannel = (listener: Listener): HiddenSteps => {
  let pads = 0;
  const statements: StepForm[] = [];
  const products: (readonly [a: StepForm, b: StepForm, c: StepForm])[] = [];
  const hidden = (data: number): Part => ({ value: { data }, pad: pads++, scale: 1, by: null });
  const receive = (count: number): readonly StepForm[] => listener.receive(count).map((data) => [hidden(data)]);
  /** A pad as a value itself: 0 less what hides under it. */
  const own = (): StepForm => minus([], [{ value: { known: 0 }, pad: pads++, scale: 1, by: null }]);
  return {
    listener,
    statements,
    receive,
    product: (a, b) => {
      const [c] = receive(1) as [StepForm];
      products.push([a, b, c]);
      return c;
    },
    zero: (form) => {
      if (form.some(({ pad }) => pad !== null)) statements.push(form);
      else zeroSteps(listener.book, form);
    },
    sumcheck: (claim, vars, weights) => {
      const { point, sent } = listener.rounds(null, vars, weights);
      const rounds = sent.map((data) => [hidden(data), hidden(data + ELEMENT_BYTES)] as const);
      let [factor, value] = [1, NOTHING];
      // The last round, which binds variable 0, counts as it is; those before it through what is claimed in the next.
      for (const [j, [linear, leading]] of rounds.toReversed().entries()) {
        const weight = weights[weights.length - vars + j] ?? null;
        const [byLinear, byLeading] = roundMakers(point[j]!, weight);
        value = [...value, ...scaled([linear], factor, byLinear), ...scaled([leading], factor, byLeading)];
        if (weight === null) factor = mul1(factor, HALF[0]);
      }
      return { point, value: [...scaled(claim, factor), ...value] };
    },
    close: () => statements.push(...productSteps(listener, products, own, receive)),
  };
};
