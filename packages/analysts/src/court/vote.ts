/** A juror's vote in a court's round, and what it rests on. The evidence of the parties is no input of a built-in juror. */

import { idOf, isSureEnough, type QuestionClaim } from '@surety/core';
import type { NameAnalyst, Reading } from '../analyst.ts';
import { speaksTo } from '../panel.ts';
import { probabilityOfFirst } from '../programs.ts';
import { type CaseFile, SPECIAL_OUTCOMES } from './case-file.ts';

export type CourtVote = {
  /** An outcome of the claim, or one of {@link SPECIAL_OUTCOMES}; most often an abstention. */
  readonly outcome: number;
  /** Probability that the vote is right, parts per million; `null` where the juror had nothing to say. */
  readonly probabilityPpm: number | null;
  /** SHA-256 over program, input and output, hex: what the commitment names, and what a copy would have to share. */
  readonly reading: string;
};

const MILLION = 1_000_000;

/** The vote that follows from a probability of each outcome: the likeliest, where that is sure enough, else an abstention. */
export const voteFrom = (
  probabilities: readonly number[],
  lossToGain: number,
): Pick<CourtVote, 'outcome' | 'probabilityPpm'> => {
  const probabilityPpm = Math.max(...probabilities);
  const outcome = probabilities.indexOf(probabilityPpm);
  return { outcome: isSureEnough(probabilityPpm, lossToGain) ? outcome : SPECIAL_OUTCOMES.abstain, probabilityPpm };
};

const firstOf = (claim: QuestionClaim, { probabilityPpm }: Reading): number | null =>
  claim.outcomes.length === 2 ? probabilityOfFirst(claim.predicate, probabilityPpm) : null;

/** A built-in juror's vote: a function of the claim's subject and predicate, whatever the sides of the file say. */
export const builtInVote = (juror: NameAnalyst, { claim }: Pick<CaseFile, 'claim'>, lossToGain: number): CourtVote => {
  const { predicate, subject } = claim;
  const reading = juror.readSync(subject);
  const first = speaksTo(juror, claim) ? firstOf(claim, reading) : null;
  const vote =
    first === null
      ? { outcome: SPECIAL_OUTCOMES.abstain, probabilityPpm: null }
      : voteFrom([first, MILLION - first], lossToGain);
  return { ...vote, reading: idOf({ program: reading.program, input: { predicate, subject }, output: vote }) };
};
