/** What proving takes this machine, from its plan and the rates. */
import type { ProofPlan } from '../plan/plan.ts';
import { type Work, workOf } from '../plan/work.ts';
import { PARTS, type PartTimes } from './measured.ts';
import { type Rates, roundOf } from './rates.ts';

export type Times = {
  /** Milliseconds of committing to hidden constants, once. */
  readonly commitMs: number;
  /** Milliseconds of each proof. */
  readonly proveMs: number;
};

/** Of looking a row up, what it takes to make its fraction and some sums of it once more: measured. */
const AGAIN_OF_LOOKUP = 0.08;

/** Milliseconds of each part, and of committing to hidden constants. */
export const partTimesOf = (plan: ProofPlan, rates: Rates): PartTimes => {
  const work = workOf(plan);
  const hides = plan.hiding !== null;
  const least = hides ? rates.least.hiding : rates.least.open;
  const more = (count: keyof Work): number => work[count] - least.work[count];
  const hidden = hides ? more('words') : 0;
  const rows = work.lookups + AGAIN_OF_LOOKUP * work.lookupsAgain;
  const ofConstants = rates.constantFolded * work.constants + rates.weightInParts * work.weightsInParts;
  const wordsOpened = hides ? rates.wordHiddenOpened * hidden : rates.wordOpened * more('words');
  const ofOpening = wordsOpened + rates.weightOpened * work.weights + rates.committing * more('opening');
  // A proof of less than next to nothing takes no less.
  const atLeast = (part: keyof PartTimes, time: number): number => least.times[part] + Math.max(0, time);
  return {
    run: atLeast('run', rates.mac * work.macs + rates.constantRun * work.constants + rates.written * work.written),
    witness: atLeast('witness', rates.wordHidden * hidden + rates.committing * more('committing')),
    lookups: atLeast('lookups', roundOf(least) * more('lookupRounds') + rates.lookup * rows),
    relations: atLeast('relations', ofConstants + rates.related * work.related),
    opening: atLeast('opening', ofOpening),
    commit: work.weights === 0 ? 0 : least.times.commit + rates.weightCommitted * more('weights'),
  };
};

/** What a proof takes, and before it committing to hidden constants once. */
export const timesOf = (plan: ProofPlan, rates: Rates): Times => {
  const times = partTimesOf(plan, rates);
  return { commitMs: times.commit, proveMs: PARTS.reduce((sum, part) => sum + times[part], 0) };
};
