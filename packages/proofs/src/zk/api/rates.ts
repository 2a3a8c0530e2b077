/** How fast this machine proves: measured once, by proving a few small programs. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, type Constant, checkProgram, type Node, type Shape, type Tensor } from '@surety/programs';
import { graphOf } from '../graph/from-program.ts';
import { planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { type Work, workOf } from '../plan/work.ts';
import { commit } from './commit.ts';
import { prove } from './prove.ts';

/** Milliseconds since any moment, as `performance.now` gives them. */
export type Clock = () => number;

/** Parts of proving whose times are told apart. */
const PARTS = ['run', 'witness', 'lookups', 'relations', 'opening'] as const;

type Part = (typeof PARTS)[number];

type PartTimes = Readonly<Record<Part | 'commit', number>>;

export type Times = {
  /** Milliseconds of committing to hidden constants, once. */
  readonly commitMs: number;
  /** Milliseconds of each proof. */
  readonly proveMs: number;
};

type Measured = { readonly times: PartTimes; readonly work: Work };

/** What is done to words that are committed to, without hiding or with it. */
type WordRates = {
  /** A proof of next to nothing. */
  readonly least: Measured;
  readonly word: number;
  readonly wordOpened: number;
};

/** Milliseconds for each of what {@link Work} counts. */
export type Rates = {
  readonly open: WordRates;
  readonly hiding: WordRates;
  readonly mac: number;
  readonly constantRun: number;
  readonly written: number;
  readonly lookup: number;
  readonly constantFolded: number;
  readonly related: number;
  readonly weightOpened: number;
  readonly weightCommitted: number;
};

const UNIT = { mantissa: 1, exponent: 0 };

const ROUNDS = 3;

/** Bytes that are spread over their range, the same each time. */
const bytes = (length: number): Int8Array =>
  Int8Array.from({ length }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >> 20) % 32);

const constant = (shape: Shape): Constant => {
  const values = bytes(shape.reduce((product, size) => product * size, 1));
  return { dtype: 'i8', shape, read: () => values };
};

const programOf = (shape: Shape, constants: readonly Constant[], nodes: readonly Node[]): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape, low: -128, high: 127, encoding: UNIT }],
      constants,
      nodes,
      outputs: [{ name: 'y', value: constants.length + nodes.length, encoding: UNIT }],
      states: [],
    }),
  );

/** `rows` rows through one layer of weights. */
const layer = (rows: number, from: number, to: number): CheckedProgram =>
  programOf(
    [rows, from],
    [constant([to, from])],
    [{ form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i8', stage: { shift: 10, low: -128, high: 127 } }],
  );

/** Elements that are scaled and clamped, several times over. */
const scalings = (size: number, times: number): CheckedProgram =>
  programOf(
    [size],
    [],
    Array.from(
      { length: times },
      (_, i): Node => ({
        form: { op: 'affine', x: [i], c: [77], d: 5 },
        dtype: 'i8',
        stage: { shift: 6, low: -128, high: 127 },
      }),
    ),
  );

const inputOf = ({ inputs }: CheckedProgram): Tensor[] =>
  inputs.map(({ dtype, shape }) => ({ dtype, shape, values: bytes(shape.reduce((n, size) => n * size, 1)) }));

/** The least time of each part, of some rounds: whatever else the machine does only adds to it. */
const measure = async (program: CheckedProgram, hides: boolean, clock: Clock): Promise<Measured> => {
  const least = new Map<string, number>();
  const took = (part: string, time: number): void => {
    least.set(part, Math.min(time, least.get(part) ?? Number.POSITIVE_INFINITY));
  };
  let plan: ProofPlan | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const start = clock();
    const subject = hides
      ? unwrap(await commit(program, { proofs: 1 }))
      : ({ kind: 'public', program, id: new Uint8Array(32) } as const);
    took('commit', hides ? clock() - start : 0);
    plan = unwrap(await planned(graphOf(program, hides), { hideInput: false, proofs: hides ? 1 : 0 }));
    let [part, since] = ['run', clock()];
    unwrap(
      await prove(subject, inputOf(program), {
        progress: ({ step }) => {
          if (step === part) return;
          took(part, clock() - since);
          [part, since] = [step, clock()];
        },
      }),
    );
    took(part, clock() - since);
  }
  const times = Object.fromEntries([...PARTS, 'commit'].map((part) => [part, least.get(part) ?? 0])) as PartTimes;
  return { times, work: workOf(plan!) };
};

const each = (time: number, known: number, count: number): number => Math.max(0, time - known) / count;

/**
 * Proves a few programs of a million weights and elements, which takes a second or two.
 * @param clock what they are timed by
 */
export const measureRates = async (clock: Clock): Promise<Rates> => {
  const scaled = await measure(scalings(2 ** 15, 3), false, clock);
  const wide = await measure(layer(1, 2048, 2048), false, clock);
  const deep = await measure(layer(64, 512, 512), false, clock);
  const hidden = await measure(layer(1, 1024, 1024), true, clock);
  const hiddenWords = await measure(layer(256, 16, 128), true, clock);
  // Last, when all code is warm.
  const least = await measure(layer(1, 16, 8), false, clock);
  const leastHidden = await measure(layer(1, 16, 8), true, clock);
  const above = (part: keyof PartTimes, { times, work }: Measured, count: keyof Work, base = least): number =>
    each(times[part], base.times[part], work[count] - base.work[count]);
  const written = above('run', scaled, 'written');
  const constantRun = above('run', wide, 'constants');
  const known = least.times.run + constantRun * deep.work.constants + written * deep.work.written;
  const hiding = {
    least: leastHidden,
    word: above('witness', hiddenWords, 'words', leastHidden),
    wordOpened: above('opening', hiddenWords, 'words', leastHidden),
  };
  const opened = leastHidden.times.opening + hiding.wordOpened * (hidden.work.words - leastHidden.work.words);
  return {
    open: { least, word: above('witness', scaled, 'words'), wordOpened: above('opening', scaled, 'words') },
    hiding,
    mac: each(deep.times.run, known, deep.work.macs),
    constantRun,
    written,
    lookup: above('lookups', scaled, 'lookups'),
    constantFolded: above('relations', wide, 'constants'),
    related: above('relations', scaled, 'related'),
    weightOpened: each(hidden.times.opening, opened, hidden.work.weights),
    weightCommitted: above('commit', hidden, 'weights', leastHidden),
  };
};

/** Of looking a row up, what it takes to make its fraction and some sums of it once more: measured. */
const AGAIN_OF_LOOKUP = 0.08;
/** Of committing to a word, what encoding it takes: measured, the rest is hashing. */
const ENCODING_OF_WORD = 0.2;

/** Milliseconds of committing to hidden constants, once, and of each proof. */
export const timesOf = (plan: ProofPlan, rates: Rates): Times => {
  const work = workOf(plan);
  const { least, word, wordOpened } = plan.hiding === null ? rates.open : rates.hiding;
  const words = Math.max(0, work.words - least.work.words);
  const run = rates.mac * work.macs + rates.constantRun * work.constants + rates.written * work.written;
  const relations = rates.constantFolded * work.constants + rates.related * work.related;
  const lookups = rates.lookup * (work.lookups + AGAIN_OF_LOOKUP * work.lookupsAgain);
  const proving = run + word * words + lookups + relations;
  const encoding = ENCODING_OF_WORD * word * work.wordsAgain;
  const opening = wordOpened * words + rates.weightOpened * work.weights + encoding;
  const always = PARTS.reduce((sum, part) => sum + least.times[part], 0);
  return {
    commitMs: work.weights === 0 ? 0 : least.times.commit + rates.weightCommitted * work.weights,
    proveMs: always + proving + opening,
  };
};
