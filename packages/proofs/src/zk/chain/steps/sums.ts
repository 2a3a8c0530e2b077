/** Sums of more terms than one step computes. */
import { offsetOf, type Part, partIn, type StepForm } from './forms.ts';
import { ELEMENT_BYTES } from './listener.ts';
import { MOST } from './machine.ts';
import type { ProgramWriter, Ref, Register, StepWriter, Value } from './writer.ts';

/** Parts of a form that one step adds up. */
const PARTS = 8;

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

/** Groups of neighbours, none larger than `most`, nor of elements of the data that no stretch holds. */
export const grouped = <T>(all: readonly T[], most: number, offset: (one: T) => number | null): T[][] => {
  const groups: T[][] = [];
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const one of all) {
    const place = offset(one);
    const ends = place === null ? [from, to] : [Math.min(from, place), Math.max(to, place + ELEMENT_BYTES)];
    const group = groups.at(-1);
    if (group === undefined || group.length === most || ends[1]! - ends[0]! > MOST.stretchBytes) {
      groups.push([one]);
      [from, to] = place === null ? [Number.POSITIVE_INFINITY, 0] : [place, place + ELEMENT_BYTES];
    } else {
      group.push(one);
      [from, to] = ends as [number, number];
    }
  }
  return groups;
};

/** What a form of values that are seen comes to. */
export const evaluated = (book: ProgramWriter, form: StepForm): Value => {
  const [only] = form;
  if (only === undefined) return { known: 0 };
  if (form.length === 1 && only.value !== null && only.by === null && only.scale === 1) return only.value;
  const groups = grouped<Part>(form, PARTS, offsetOf);
  return chained(book, groups.length, (step, i) => groups[i]!.map((part) => partIn(step, part)).reduce(step.add));
};
