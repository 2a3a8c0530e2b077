/** How fast this machine proves: measured once, by proving a few small programs. */
import type { Work } from '../plan/work.ts';
import { type Clock, layer, type Measured, measure, type PartTimes, ROUNDS_OF_LEAST, scalings } from './measured.ts';

/** Milliseconds for each of what {@link Work} counts. */
export type Rates = {
  /** Of proofs of next to nothing, without hiding and with it. */
  readonly least: { readonly open: Measured; readonly hiding: Measured };
  readonly mac: number;
  readonly constantRun: number;
  readonly written: number;
  readonly committing: number;
  /** Of proofs that hide nothing, of each word: to open it. */
  readonly wordOpened: number;
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

const each = (time: number, known: number, count: number): number => Math.max(0, time - known) / count;

/**
 * Proves a few programs of a million weights and elements, which takes some seconds.
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
    wordOpened: above('opening', scaled, 'words', least, (work) => committing * work.opening),
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
export const roundOf = ({ times, work }: Measured): number => times.lookups / work.lookupRounds;
