/** What each pad counts in the sum of claims and statements: the twin of `commit/batch.ts` for what hides. */
import { type Part, partIn, type StepForm } from './forms.ts';
import { ELEMENT_BYTES } from './listener.ts';
import { added, type Term, termsOf } from './sums.ts';
import type { Maker, ProgramWriter, Ref, Value } from './writer.ts';

/** Uses that pads whose weights are one record have together, and pads of one. */
const USES = 4;
const PADS = 2;

/** A part of a form, and which of all claims and statements it is in. */
type Use = { readonly form: number; readonly part: Part };

type Pad = { readonly uses: Use[]; readonly value: Value };

export type WeighedPads = {
  /** By pad; null of one that nothing says anything of. */
  readonly weights: readonly (Ref | null)[];
  /** What all comes to by what was sent. */
  readonly total: Ref;
};

/** @param point whose eq weighs claims and statements, in order */
export const weighPads = (book: ProgramWriter, forms: readonly StepForm[], point: readonly Ref[]): WeighedPads => {
  const pads: Pad[] = [];
  const constants: Use[] = [];
  for (const [form, parts] of forms.entries()) {
    for (const part of parts) {
      if (part.pad === null) {
        constants.push({ form, part });
        continue;
      }
      const pad = pads[part.pad] ?? { uses: [], value: part.value! };
      pads[part.pad] = pad;
      pad.uses.push({ form, part });
    }
  }
  const numbers = [...pads.keys()].filter((pad) => pads[pad] !== undefined);
  const weighs = Array.from(
    forms,
    (_, form): Maker =>
      (step) =>
        step.equalIndex(point, form),
  );
  // By its weight alone: what was sent under the pad comes in below.
  const counts = ({ form, part }: Use): Maker => {
    return (step) => partIn(step, { ...part, value: null }, step.computed(weighs[form]!));
  };
  const weights: (Ref | null)[] = Array.from({ length: pads.length }, () => null);
  for (let i = 0; i < numbers.length; ) {
    const pad = numbers[i]!;
    if (pads[pad]!.uses.length > USES) {
      weights[pad] = added(
        book,
        pads[pad]!.uses.map((use) => ({ make: counts(use) })),
      );
      i++;
      continue;
    }
    const group = [pad];
    for (let uses = pads[pad]!.uses.length; group.length < PADS && i + group.length < numbers.length; ) {
      const next = numbers[i + group.length]!;
      uses += pads[next]!.uses.length;
      if (uses > USES) break;
      group.push(next);
    }
    const record = book.step((step) =>
      group.map((each) => pads[each]!.uses.map((use) => counts(use)(step)).reduce(step.add)),
    );
    for (const [word, each] of group.entries()) weights[each] = { record, word };
    i += group.length;
  }
  const sent = numbers.filter((pad) => !('known' in pads[pad]!.value));
  const ofSent = sent.map((pad): Term => {
    const { value } = pads[pad]!;
    const make: Maker = (step) => step.mul(step.value(value), step.get(weights[pad]!));
    return { make, offset: (value as { readonly data: number }).data, bytes: ELEMENT_BYTES };
  });
  const ofConstants = constants.flatMap(({ form, part }) => termsOf([part], weighs[form]!));
  return { weights, total: added(book, ofConstants, added(book, ofSent)) };
};
