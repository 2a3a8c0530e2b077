/**
 * How the steps of a verifier hear a proof: the twin of `channel/channel.ts`. Sub-protocols know nothing of hiding: they receive
 * {@link StepForm}s. Here of a proof that hides nothing.
 */
import { type StepForm, shown } from './forms.ts';
import { ELEMENT_BYTES, type Listener } from './listener.ts';
import { MOST } from './machine.ts';
import { evaluated } from './sums.ts';
import type { ProgramWriter, Ref, Value } from './writer.ts';

export type StepChannel = {
  readonly listener: Listener;
  readonly receive: (count: number) => readonly StepForm[];
  readonly product: (a: StepForm, b: StepForm) => StepForm;
  /** The check: that a value is 0. */
  readonly zero: (form: StepForm) => void;
  /** A sumcheck of quadratic rounds: `Σ_x eq(weights, x)·f(x)`, eq of the highest variables, as many as there are weights. */
  readonly sumcheck: (
    claim: StepForm,
    vars: number,
    weights: readonly Value[],
  ) => { readonly point: readonly Ref[]; readonly value: StepForm };
};

/** A value that a step may read beside what stands at `beside`: what stands too far off in the data goes into a record. */
const within = (book: ProgramWriter, value: Value, beside: number): Value => {
  if (!('data' in value) || Math.abs(value.data - beside) <= MOST.stretchBytes - 2 * ELEMENT_BYTES) return value;
  return { record: book.step((step) => [step.value(value)]), word: 0 };
};

/** That what is seen comes to 0. */
export const zeroSteps = (book: ProgramWriter, form: StepForm): void => {
  const value = evaluated(book, form);
  book.step((step) => {
    step.same(step.value(value), step.number(0));
    return [];
  });
};

export const openChannel = (listener: Listener): StepChannel => {
  const { book } = listener;
  return {
    listener,
    receive: (count) => listener.receive(count).map((data) => shown({ data })),
    product: (a, b) => {
      const right = evaluated(book, b);
      const seen = evaluated(book, a);
      const left = 'data' in right ? within(book, seen, right.data) : seen;
      const record = book.step((step) => [step.mul(step.value(left), step.value(right))]);
      return shown({ record, word: 0 });
    },
    zero: (form) => zeroSteps(book, form),
    sumcheck: (claim, vars, weights) => {
      const { point, value } = listener.rounds(within(book, evaluated(book, claim), listener.end), vars, weights);
      return { point, value: shown(value!) };
    },
  };
};
