/** Fits the table of `src/model/letters.ts`: two letter models with back-off, and of their ratio what matters most. */

import { emptyTable, type LetterTable, LONGEST_RUN, lettersOf, slotOf } from '../src/model/letters.ts';
import { log } from './exact-math.ts';
import type { Example } from './example.ts';

export type LettersOptions = Pick<LetterTable, 'bits' | 'salt' | 'stepMilli'> & {
  /** How much a shorter run counts beside what was seen after a longer one, in times the different letters seen there. */
  readonly backOff: number;
};

type Counts = Map<string, Map<string, number>>;

/** Letters that a name may hold, roughly: where nothing was seen, each is as likely. */
const ALPHABET_SIZE = 60;
/** How full the table is made at most; fuller, and runs that were never seen would meet others' checks. */
const MAX_LOAD = 0.75;

const countRuns = (examples: readonly Example[], scam: boolean): Counts => {
  const counts: Counts = new Map();
  const own = examples.filter((e) => e.scam === scam);
  const mean = own.reduce((sum, e) => sum + e.weight, 0) / own.length;
  for (const { parts, weight } of own) {
    const text = lettersOf(parts);
    for (let end = 1; end < text.length; end++) {
      for (let before = 0; before < LONGEST_RUN && before <= end; before++) {
        const context = text.slice(end - before, end);
        const letters = counts.get(context) ?? new Map<string, number>();
        counts.set(context, letters.set(text[end]!, (letters.get(text[end]!) ?? 0) + weight / mean));
      }
    }
  }
  return counts;
};

const total = (letters: ReadonlyMap<string, number>): number => [...letters.values()].reduce((sum, n) => sum + n, 0);

/** Probability of a letter after a context (Witten and Bell): what was seen, beside what the shorter context says. */
const probability = (counts: Counts, context: string, letter: string, backOff: number): number => {
  let p = 1 / ALPHABET_SIZE;
  for (let from = context.length; from >= 0; from--) {
    const letters = counts.get(context.slice(from));
    if (letters === undefined) break;
    const shorter = Math.max(1, backOff * letters.size);
    p = ((letters.get(letter) ?? 0) + shorter * p) / (total(letters) + shorter);
  }
  return p;
};

type Run = { readonly run: string; readonly value: number; readonly worth: number };

/** Every run seen, with its log ratio, and what it adds to what a shorter run would say. */
const weighed = (scams: Counts, others: Counts, backOff: number): Run[] => {
  const ratio = (run: string): number => {
    const [context, letter] = [run.slice(0, -1), run.slice(-1)];
    return log(probability(scams, context, letter, backOff) / probability(others, context, letter, backOff));
  };
  const seen = new Map<string, number>();
  for (const counts of [scams, others])
    for (const [context, letters] of counts)
      for (const [letter, n] of letters) seen.set(context + letter, (seen.get(context + letter) ?? 0) + n);
  const known = new Map<string, number>();
  for (const run of [...seen.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)))
    known.set(run, ratio(run));
  return [...known].map(([run, value]) => {
    const shorter = run.length === 1 ? 0 : known.get(run.slice(1))!;
    return { run, value, worth: seen.get(run)! * Math.abs(value - shorter) };
  });
};

/** The same examples and options give the same table. */
export const fitLetters = (examples: readonly Example[], options: LettersOptions): LetterTable => {
  const table = emptyTable({ bits: options.bits, salt: options.salt, stepMilli: options.stepMilli });
  const runs = weighed(countRuns(examples, true), countRuns(examples, false), options.backOff);
  runs.sort((a, b) => b.worth - a.worth || (a.run < b.run ? -1 : 1));
  let free = Math.floor(MAX_LOAD * 2 ** options.bits);
  for (const { run, value } of runs) {
    const { at, check } = slotOf(run, table);
    if (free === 0) break;
    if (table.slots[at] !== 0) continue;
    table.slots[at] = check;
    table.slots[at + 1] = Math.max(-127, Math.min(127, Math.round((1000 * value) / options.stepMilli)));
    free--;
  }
  return table;
};
