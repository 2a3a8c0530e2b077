/** The check of all products, as statements about pads: the twin of `channel/products.ts` and `HiddenVerifier.close`. */
import { inverse1, mul1, P } from '../../field/ext.ts';
import { at, known, minus, type StepForm, scaled, times } from './forms.ts';
import type { Listener } from './listener.ts';
import { type Maker, type Ref, words } from './writer.ts';

/** Points whose differences from τ one step inverts. */
const INVERTED = 8;

/** The differences τ − i that one step multiplies. */
const MULTIPLIED = 32;

/** 1/(τ − i) for i below a count. */
const inverses = ({ book }: Listener, tau: Ref, count: number): readonly Ref[] => {
  const all: Ref[] = [];
  for (let from = 0; from < count; from += INVERTED) {
    const size = Math.min(INVERTED, count - from);
    const record = book.step((step) =>
      Array.from({ length: size }, (_, i) => step.invert(step.sub(step.get(tau), step.number(from + i)))),
    );
    all.push(...words(record, 0, size));
  }
  return all;
};

/** Π (τ − i) over i from a first one to below an end, times what is there already. */
const differences = ({ book }: Listener, tau: Ref, first: number, end: number, before: Ref | null): Ref => {
  let product = before;
  for (let from = first; from < end; from += MULTIPLIED) {
    const known = product;
    const record = book.step((step) => {
      let all = known === null ? step.number(1) : step.get(known);
      for (let i = from; i < Math.min(from + MULTIPLIED, end); i++) {
        all = step.mul(all, step.sub(step.get(tau), step.number(i)));
      }
      return [all];
    });
    product = { record, word: 0 };
  }
  return product!;
};

/** 1/Π_{j ≠ i} (i − j) over the points 0 .. degree. */
const weightsOf = (degree: number): number[] => {
  const factorials = [1];
  for (let i = 1; i <= degree; i++) factorials.push(mul1(factorials[i - 1]!, i));
  return factorials.map((factorial, i) => {
    const weight = inverse1(mul1(factorial, factorials[degree - i]!));
    return (degree - i) % 2 === 0 ? weight : P - weight;
  });
};

/** A polynomial at τ out of the forms of its values at 0, 1, …: Lagrange's coefficients are `whole·weight_i/(τ − i)`. */
const formAt = (values: readonly StepForm[], whole: Ref, inverted: readonly Ref[]): StepForm => {
  const weights = weightsOf(values.length - 1);
  return values.flatMap((value, i) => scaled(value, weights[i]!, times(at(whole), at(inverted[i]!))));
};

/**
 * Statements that all products are those of their factors, up to the error of `productsError`.
 * @param own the next pad, as a value
 */
export const productSteps = (
  listener: Listener,
  products: readonly (readonly [a: StepForm, b: StepForm, c: StepForm])[],
  own: () => StepForm,
  receive: (count: number) => readonly StepForm[],
): readonly StepForm[] => {
  const m = products.length;
  if (m === 0) return [];
  const a = [own(), ...products.map(([factor]) => factor)];
  const b = [own(), ...products.map(([, factor]) => factor)];
  const [first, ...others] = receive(m + 1) as [StepForm, ...StepForm[]];
  const [tau] = listener.challenges(1) as [Ref];
  const record = listener.hear(32, ({ step, offset }) => [step.element(offset), step.element(offset + 16)]);
  const [shownA, shownB] = words(record, 1, 3).map(at) as [Maker, Maker];
  const inverted = inverses(listener, tau, 2 * m + 1);
  const lower = differences(listener, tau, 0, m + 1, null);
  const whole = differences(listener, tau, m + 1, 2 * m + 1, lower);
  const all = [first, ...products.map(([, , c]) => c), ...others];
  return [
    minus(formAt(a, lower, inverted), known(shownA)),
    minus(formAt(b, lower, inverted), known(shownB)),
    minus(formAt(all, whole, inverted), known(times(shownA, shownB))),
  ];
};
