/** Policies by kind of claim, and what any policy has to keep to (spec 21.3). */
import { MAX_AMOUNT } from '@surety/core';
import { badAddress, outside } from './guards.ts';
import { no, type Refusal } from './problem.ts';
import type { CourtPolicy, RoundPolicy } from './terms.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const USD = 1_000_000n;

export const COURT_LIMITS = {
  rounds: 4,
  seats: 31,
  lossToGain: 99,
  /** Nine to one, the odds of an AI juror's vote under the default policies. */
  callMultiple: 9,
  /** Longest single window: 30 days. */
  windowSeconds: 30 * 24 * HOUR,
  /** Largest bond, fee and reward, so that 90 times a bond stays far within a contract's uint128. */
  amountMicroUsd: MAX_AMOUNT >> 16n,
  kindCharacters: 32,
} as const;

const ai = (seats: number, quorum: number): RoundPolicy => ({
  jurors: 'ai',
  seats,
  quorum,
  feePerSeatMicroUsd: USD / 20n,
  lossToGain: 9,
  absenceMicroUsd: USD / 20n,
  drawSeconds: HOUR,
  commitSeconds: 15 * MINUTE,
  revealSeconds: 15 * MINUTE,
  appealSeconds: 8 * HOUR,
});

const people = (seats: number, quorum: number): RoundPolicy => ({
  jurors: 'people',
  seats,
  quorum,
  feePerSeatMicroUsd: 10n * USD,
  lossToGain: 1,
  absenceMicroUsd: 5n * USD,
  drawSeconds: HOUR,
  commitSeconds: 72 * HOUR,
  revealSeconds: 24 * HOUR,
  appealSeconds: 48 * HOUR,
});

const LADDER = [ai(3, 2), ai(7, 4), people(15, 8), people(31, 16)] as const;

const policy = (kind: string, challengeSeconds: number): CourtPolicy => ({
  kind,
  // Half of it pays both AI panels and the first one of people: who is right and calls them is made whole.
  leastBondMicroUsd: 320n * USD,
  mostBondMicroUsd: 10_000n * USD,
  challengeSeconds,
  rounds: LADDER,
  beaconDelaySeconds: MINUTE,
  operators: 'distinct',
  unruled: 'undecided',
  // At six a panel that is not sure makes people as dear as two that ruled and were appealed; one more is from `bench -- court-simulation`.
  callMultiple: 7,
  auditor: null,
});

/** The default policies: `oracle` where programs watch, `person` where a person must be able to look. */
export const POLICIES = {
  oracle: policy('oracle', 2 * HOUR),
  person: policy('person', 48 * HOUR),
} as const satisfies Record<string, CourtPolicy>;

/** What a seat of a round has locked and can lose, L. */
export const lockOf = (round: RoundPolicy): bigint => BigInt(round.lossToGain) * round.feePerSeatMicroUsd;

/** Whether a round draws by one ticket for each person, and not by stake: its seats lock nothing. */
export const isByPerson = (round: RoundPolicy): boolean => round.lossToGain === 0;

/** Fees of a round if every seat earns them. */
export const feesOf = (round: RoundPolicy): bigint => BigInt(round.seats) * round.feePerSeatMicroUsd;

const badRound = (round: RoundPolicy, i: number): Refusal | undefined => {
  const at = `policy.rounds.${i}`;
  const window = (name: 'drawSeconds' | 'commitSeconds' | 'revealSeconds' | 'appealSeconds'): Refusal | undefined =>
    outside(`${at}.${name}`, round[name], 1, COURT_LIMITS.windowSeconds);
  return (
    outside(`${at}.seats`, round.seats, 1, COURT_LIMITS.seats) ??
    outside(`${at}.quorum`, round.quorum, 1, round.seats) ??
    outside(`${at}.feePerSeatMicroUsd`, round.feePerSeatMicroUsd, 1n, COURT_LIMITS.amountMicroUsd) ??
    // Without a lock nothing but being one person keeps a crowd of accounts out: `draw` asks for that.
    outside(`${at}.lossToGain`, round.lossToGain, round.jurors === 'people' ? 0 : 1, COURT_LIMITS.lossToGain) ??
    // A juror who lets a friend show his opening saves half of his lock: being absent must not be dearer.
    outside(`${at}.absenceMicroUsd`, round.absenceMicroUsd, 0n, lockOf(round) / 2n) ??
    window('drawSeconds') ??
    window('commitSeconds') ??
    window('revealSeconds') ??
    window('appealSeconds')
  );
};

/** What is wrong with a policy, if anything is. */
export const badPolicy = (policy: CourtPolicy): Refusal | undefined => {
  const { rounds } = policy;
  const counted = outside('policy.rounds', rounds.length, 1, COURT_LIMITS.rounds);
  if (counted) return counted;
  const late = rounds.findIndex(({ jurors }, i) => jurors === 'ai' && rounds[i - 1]?.jurors === 'people');
  if (late > 0) {
    const message = 'A round of AI jurors comes after one of people.';
    const next = 'Put the rounds of AI jurors first.';
    return no('input.malformed', `policy.rounds.${late}.jurors`, 'ai', 'AI before people', message, next);
  }
  for (const [i, round] of rounds.entries()) {
    const wrong = badRound(round, i);
    if (wrong) return wrong;
  }
  return (
    outside('policy.kind', policy.kind.length, 1, COURT_LIMITS.kindCharacters) ??
    outside('policy.leastBondMicroUsd', policy.leastBondMicroUsd, 1n, COURT_LIMITS.amountMicroUsd) ??
    outside(
      'policy.mostBondMicroUsd',
      policy.mostBondMicroUsd,
      policy.leastBondMicroUsd,
      COURT_LIMITS.amountMicroUsd,
    ) ??
    outside('policy.callMultiple', policy.callMultiple, 2, COURT_LIMITS.callMultiple) ??
    outside('policy.challengeSeconds', policy.challengeSeconds, 1, COURT_LIMITS.windowSeconds) ??
    outside('policy.beaconDelaySeconds', policy.beaconDelaySeconds, 0, COURT_LIMITS.windowSeconds) ??
    (policy.auditor === null ? undefined : badAddress('policy.auditor', policy.auditor))
  );
};

/**
 * Seconds from a proposal to the latest end of its case: every window once, none after the last round. No step adds to it.
 */
export const longestSeconds = ({ challengeSeconds, rounds }: CourtPolicy): number =>
  rounds.reduce(
    (sum, { drawSeconds, commitSeconds, revealSeconds, appealSeconds }, i) =>
      sum + drawSeconds + commitSeconds + revealSeconds + (i === rounds.length - 1 ? 0 : appealSeconds),
    challengeSeconds,
  );
