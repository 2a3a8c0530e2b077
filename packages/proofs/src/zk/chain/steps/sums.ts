/** Sums of more terms than one step computes. */
import { offsetOf, partIn, type StepForm } from './forms.ts';
import { ELEMENT_BYTES } from './listener.ts';
import { MOST } from './machine.ts';
import type { Maker, ProgramWriter, Ref, Register, StepWriter, Value } from './writer.ts';

/** Adds terms one step after the other; at least one. */
export const chained = (
  book: ProgramWriter,
  count: number,
  term: (step: StepWriter, i: number) => Register,
  start: Ref | null = null,
): Ref => {
  let sum = start;
  for (let i = 0; i < count; i++) {
    const before = sum;
    const record = book.step((step) => {
      const own = term(step, i);
      return [before === null ? own : step.add(step.get(before), own)];
    });
    sum = { record, word: 0 };
  }
  return sum!;
};

/** Gas that a step of a long sum may take for its instructions before another term, and registers that one may need. */
const MOST_GAS = 105_000;
const TERM_REGISTERS = 90;

/** Whether a step has room for more. */
export const hasRoom = (step: StepWriter): boolean => step.gas < MOST_GAS && step.left > TERM_REGISTERS;

/** What is added, and the bytes of the data that it reads. */
export type Term = { readonly make: Maker; readonly offset?: number; readonly bytes?: number };

/** Adds terms, as many in a step as there is room for; at least one. Where they read the data, neighbours are neighbours there. */
export const added = (book: ProgramWriter, terms: readonly Term[], start: Ref | null = null): Ref => {
  let sum = start;
  for (let i = 0; i < terms.length; ) {
    const before = sum;
    let [from, to] = [Number.POSITIVE_INFINITY, 0];
    const reaches = ({ offset = from, bytes = 0 }: Term): readonly [number, number] => [
      Math.min(from, offset),
      offset === Number.POSITIVE_INFINITY ? to : Math.max(to, offset + bytes),
    ];
    const fits = (term: Term): boolean => {
      const ends = reaches(term);
      return ends[1] - ends[0] <= MOST.stretchBytes;
    };
    const record = book.step((step) => {
      let total = before === null ? null : step.get(before);
      do {
        const term = terms[i++]!;
        [from, to] = reaches(term);
        const own = step.computed(term.make);
        total = total === null ? own : step.add(total, own);
      } while (i < terms.length && hasRoom(step) && fits(terms[i]!));
      return [total];
    });
    sum = { record, word: 0 };
  }
  return sum!;
};

/** Parts of a form as terms, each times a weight where one is given. */
export const termsOf = (form: StepForm, weigh: Maker | null = null): readonly Term[] =>
  form.map((part): Term => {
    const offset = offsetOf(part);
    const make: Maker = (step) => partIn(step, part, weigh === null ? undefined : step.computed(weigh));
    return offset === null ? { make } : { make, offset, bytes: ELEMENT_BYTES };
  });

/** What a form of values that are seen comes to. */
export const evaluated = (book: ProgramWriter, form: StepForm): Value => {
  const [only] = form;
  if (only === undefined) return { known: 0 };
  if (form.length === 1 && only.value !== null && only.by === null && only.scale === 1) return only.value;
  return added(book, termsOf(form));
};
