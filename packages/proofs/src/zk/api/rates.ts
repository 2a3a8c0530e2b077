/** How fast this machine proves: measured once, by proving a few small programs. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, type Constant, checkProgram, type Node, type Shape, type Tensor } from '@surety/programs';
import { graphOf } from '../graph/from-program.ts';
import { planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { type Work, workOf } from '../plan/work.ts';
import { commit, PROOFS, type PrivateProgram } from './commit.ts';
import { prove } from './prove.ts';
import type { PublicProgram } from './subject.ts';

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

/** Milliseconds for each of what {@link Work} counts. */
export type Rates = {
  /** Of proofs of next to nothing, without hiding and with it. */
  readonly least: { readonly open: Measured; readonly hiding: Measured };
  readonly mac: number;
  readonly constantRun: number;
  readonly written: number;
  readonly committing: number;
  /** Of proofs that hide, of each word: to draw what is random, and to open it. */
  readonly wordHidden: number;
  readonly wordHiddenOpened: number;
  readonly lookup: number;
  readonly constantFolded: number;
  readonly related: number;
  readonly weightInParts: number;
  readonly weightOpened: number;
  readonly weightCommitted: number;
};

const UNIT = { mantissa: 1, exponent: 0 };

const ROUNDS = 3;
/** Short ones vary more. */
const ROUNDS_OF_LEAST = 9;

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

const middle = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** The middle time of each part, of some rounds. */
const measure = async (program: CheckedProgram, hides: boolean, clock: Clock, rounds = ROUNDS): Promise<Measured> => {
  const all = new Map<string, number[]>();
  const took = (part: string, time: number): void => {
    all.set(part, [...(all.get(part) ?? []), time]);
  };
  let plan: ProofPlan | null = null;
  let subject: PublicProgram | PrivateProgram = { kind: 'public', program, id: new Uint8Array(32) };
  for (let round = 0; round < rounds; round++) {
    const start = clock();
    // The first proof of a commitment finds memory that nothing has touched.
    if (hides && round % PROOFS === 0) {
      subject = unwrap(await commit(program, { proofs: PROOFS }));
      took('commit', clock() - start);
    }
    plan = unwrap(await planned(graphOf(program, hides), { hideInput: false, proofs: hides ? PROOFS : 0 }));
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
  const times = Object.fromEntries(
    [...PARTS, 'commit'].map((part) => [part, middle(all.get(part) ?? [])]),
  ) as PartTimes;
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
  // Neither size is a power of two: constants in four parts.
  const inParts = await measure(layer(1, 1536, 768), true, clock);
  const hiddenWords = await measure(layer(256, 16, 128), true, clock);
  // Last, when all code is warm.
  const least = await measure(layer(1, 16, 8), false, clock, ROUNDS_OF_LEAST);
  const leastHidden = await measure(layer(1, 16, 8), true, clock, ROUNDS_OF_LEAST);
  /** Of a part whose work is known but for one kind: what each of that takes. */
  const above = (
    part: keyof PartTimes,
    { times, work }: Measured,
    count: keyof Work,
    base: Measured,
    known: (work: Work) => number = () => 0,
  ): number => each(times[part], base.times[part] + known(work) - known(base.work), work[count] - base.work[count]);
  // What makes words is in it, for a lean witness has about as many for each block that is hashed, whatever its length.
  const committing = above('witness', scaled, 'committing', least);
  const written = above('run', scaled, 'written', least);
  const constantRun = above('run', wide, 'constants', least);
  const wordHiddenOpened = above('opening', hiddenWords, 'words', leastHidden, (work) => committing * work.opening);
  const constantFolded = above('relations', wide, 'constants', least);
  return {
    least: { open: least, hiding: leastHidden },
    mac: above('run', deep, 'macs', least, ({ constants, written: w }) => constantRun * constants + written * w),
    constantRun,
    written,
    committing,
    wordHidden: above('witness', hiddenWords, 'words', leastHidden, (work) => committing * work.committing),
    wordHiddenOpened,
    lookup: above('lookups', scaled, 'lookups', least, ({ lookupRounds }) => roundOf(least) * lookupRounds),
    constantFolded,
    related: above('relations', scaled, 'related', least),
    weightInParts: above(
      'relations',
      inParts,
      'weightsInParts',
      leastHidden,
      (work) => constantFolded * work.constants,
    ),
    weightOpened: above(
      'opening',
      hidden,
      'weights',
      leastHidden,
      (work) => wordHiddenOpened * work.words + committing * work.opening,
    ),
    weightCommitted: above('commit', hidden, 'weights', leastHidden),
  };
};

/** A round of the lookups' sumchecks, of next to no rows. */
const roundOf = ({ times, work }: Measured): number => times.lookups / work.lookupRounds;

/** Of looking a row up, what it takes to make its fraction and some sums of it once more: measured. */
const AGAIN_OF_LOOKUP = 0.08;

/** Milliseconds of committing to hidden constants, once, and of each proof. */
export const timesOf = (plan: ProofPlan, rates: Rates): Times => {
  const work = workOf(plan);
  const hides = plan.hiding !== null;
  const least = hides ? rates.least.hiding : rates.least.open;
  const more = (count: keyof Work): number => work[count] - least.work[count];
  const run = rates.mac * work.macs + rates.constantRun * work.constants + rates.written * work.written;
  const hidden = hides ? more('words') : 0;
  const witness = rates.wordHidden * hidden + rates.committing * more('committing');
  const rows = work.lookups + AGAIN_OF_LOOKUP * work.lookupsAgain;
  const lookups = roundOf(least) * more('lookupRounds') + rates.lookup * rows;
  const ofConstants = rates.constantFolded * work.constants + rates.weightInParts * work.weightsInParts;
  const relations = ofConstants + rates.related * work.related;
  const opening =
    rates.wordHiddenOpened * hidden + rates.weightOpened * work.weights + rates.committing * more('opening');
  const parts = { run, witness, lookups, relations, opening };
  return {
    commitMs: work.weights === 0 ? 0 : least.times.commit + rates.weightCommitted * more('weights'),
    // A proof of less than next to nothing takes no less.
    proveMs: PARTS.reduce((sum, part) => sum + least.times[part] + Math.max(0, parts[part]), 0),
  };
};
