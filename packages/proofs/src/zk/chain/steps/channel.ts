/**
 * How the steps of a verifier hear a proof: the twin of `channel/channel.ts`. Sub-protocols know nothing of hiding: they receive
 * {@link StepForm}s. Here of a proof that hides nothing.
 */
import { type StepForm, shown } from './forms.ts';
import type { Listener } from './listener.ts';
import { evaluated } from './sums.ts';
import type { Ref } from './writer.ts';

export type StepChannel = {
  readonly listener: Listener;
  readonly receive: (count: number) => readonly StepForm[];
  readonly product: (a: StepForm, b: StepForm) => StepForm;
  /** The check: that a value is 0. */
  readonly zero: (form: StepForm) => void;
  /** A sumcheck of quadratic rounds: `Σ_x eq(weights, x)·f(x)`, or `Σ_x f(x)` where there are none. */
  readonly sumcheck: (
    claim: StepForm,
    vars: number,
    weights: readonly Ref[] | null,
  ) => { readonly point: readonly Ref[]; readonly value: StepForm };
};

export const openChannel = (listener: Listener): StepChannel => {
  const { book } = listener;
  return {
    listener,
    receive: (count) => listener.receive(count).map((data) => shown({ data })),
    product: (a, b) => {
      const [left, right] = [evaluated(book, a), evaluated(book, b)];
      const record = book.step((step) => [step.mul(step.value(left), step.value(right))]);
      return shown({ record, word: 0 });
    },
    zero: (form) => {
      const value = evaluated(book, form);
      book.step((step) => {
        step.same(step.value(value), step.number(0));
        return [];
      });
    },
    sumcheck: (claim, vars, weights) => {
      const { point, value } = listener.rounds(evaluated(book, claim), vars, weights);
      return { point, value: shown(value!) };
    },
  };
};
