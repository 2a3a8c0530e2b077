/** What each pad counts in the sum of claims and statements: the twin of `commit/batch.ts` for what hides. */
import { offsetOf, type Part, partIn, type StepForm } from './forms.ts';
import { chained, grouped } from './sums.ts';
import { indexWeights, type ProgramWriter, type Ref, type Value, words } from './writer.ts';

/** Pads whose weights are one record; elements and constants that one step adds up. */
const SIZE = { pads: 2, elements: 8, constants: 2 } as const;

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
  const weights: (Ref | null)[] = Array.from({ length: pads.length }, () => null);
  for (const group of grouped(numbers, SIZE.pads, () => null)) {
    const record = book.step((step) => {
      const weigh = indexWeights(step, point);
      // By its weight alone: what was sent under the pad comes in below.
      return group.map((pad) =>
        pads[pad]!.uses.map(({ form, part }) => partIn(step, { ...part, value: null }, weigh(form))).reduce(step.add),
      );
    });
    for (const [i, pad] of group.entries()) weights[pad] = words(record, i, i + 1)[0]!;
  }
  const sent = numbers.filter((pad) => !('known' in pads[pad]!.value));
  const elements = grouped(sent, SIZE.elements, (pad) => (pads[pad]!.value as { data: number }).data);
  const ofSent = chained(book, elements.length, (step, i) =>
    elements[i]!.map((pad) => step.mul(step.value(pads[pad]!.value), step.get(weights[pad]!))).reduce(step.add),
  );
  const groups = grouped(constants, SIZE.constants, ({ part }) => offsetOf(part));
  const total = chained(
    book,
    groups.length,
    (step, i) => {
      const weigh = indexWeights(step, point);
      return groups[i]!.map(({ form, part }) => partIn(step, part, weigh(form))).reduce(step.add);
    },
    ofSent,
  );
  return { weights, total };
};
