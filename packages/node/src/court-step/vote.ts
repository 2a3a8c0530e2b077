/**
 * Voting as a person who was drawn: in secret first, opened later. The vote is on the disk before its commitment is sent, so that a
 * step that was killed is taken again with the same vote, and no seat ever has a second one.
 */
import { randomBytes } from 'node:crypto';
import { AI_ROUNDS, type ContractCase, type ContractRound, type ContractSeat } from '@surety/chain';
import { formatDollars, OUTCOME, type Problem, SuretyError, unwrap } from '@surety/core';
import { personGrounds, readingOf } from '@surety/court';
import type { KeptVote } from '../juror/kept-votes.ts';
import { seatCommitment, seatKeyOf, voteIsLost } from '../juror/seat-vote.ts';
import { type At, caseOf, chainNow, outcomeOf, type Planned } from './here.ts';
import { BESIDE } from './outcome-named.ts';

type Hex = `0x${string}`;

/** `outcome` is a name of the claim, or a number, or `abstain`. */
export type Voting = {
  readonly kind: 'vote';
  readonly caseId: number;
  readonly outcome: string;
  readonly reason: string;
};
/** Opens the own vote. */
export type Revealing = { readonly kind: 'reveal'; readonly caseId: number };

const CAST = { ...BESIDE, abstain: OUTCOME.abstain };

type Own = { readonly of: ContractCase; readonly round: ContractRound; readonly seat: ContractSeat };

const refuse = ({ id }: ContractCase, problem: Pick<Problem, 'code' | 'message' | 'next'>): never => {
  throw new SuretyError({ ...problem, field: 'ID', value: String(id) });
};

/** The own seat in a round of people, the last one where there are two. */
const ownSeat = async (here: At, caseId: number): Promise<Own> => {
  const of = await caseOf(here, caseId);
  for (const round of of.rounds.toReversed()) {
    const seat = round.seats.find(({ juror }) => juror === here.me);
    if (seat !== undefined && round.number > AI_ROUNDS) return { of, round, seat };
  }
  return refuse(of, {
    code: 'court.not-seated',
    message: `${here.me} has no seat among the people in case ${of.id}.`,
    next: 'surety court shows who sits; seats of AI jurors are served by surety court serve.',
  });
};

const iso = (seconds: number): string => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;

/** Refused outside of a window, which is half-open. */
const within = async (here: At, of: ContractCase, what: string, [from, until]: readonly [number, number]) => {
  const now = await chainNow(here);
  if (now < from)
    refuse(of, {
      code: 'court.too-early',
      message: `${what} in case ${of.id} begins at ${iso(from)}.`,
      next: `Run it again then, before ${iso(until)}.`,
    });
  if (now >= until)
    refuse(of, {
      code: 'court.too-late',
      message: `${what} in case ${of.id} ended at ${iso(until)}.`,
      next: 'Nothing was sent: the seat counts as absent.',
    });
};

const contextOf = ({ chain, at, me }: At) => ({ chain, court: at, me });

const nameOf = (vote: number): string => Object.entries(CAST).find(([, code]) => code === vote)?.[0] ?? `#${vote}`;

const another = (of: ContractCase, { vote, why }: KeptVote): never =>
  refuse(of, {
    code: 'court.already-voted',
    message: `Another vote is kept for this seat in case ${of.id}, and may have been sent.`,
    next: `A seat has one vote. Send that one: --for ${nameOf(vote)} --reason "${why}"`,
  });

/** What it pays and takes, first; then by when to come back. */
const wordsOf = ({ of, round }: Own, outcome: string): string => {
  const { feeUnits, lossToGain } = of.policy.rounds[round.number - 1]!;
  const { commitEndsAt, revealEndsAt, lockUnits } = round.panel;
  const cost = lossToGain === 0 ? 'Nothing is locked' : `Another final outcome costs ${formatDollars(lockUnits)}`;
  return `Your seat in round ${round.number} of case ${of.id} earns ${formatDollars(feeUnits)} if what you vote for is final. ${cost}. Vote “${outcome}” in secret by ${iso(commitEndsAt)}, and open it by "surety court reveal chain:${of.id}" from then to ${iso(revealEndsAt)}: a vote that is not opened counts as absent. Show it to nobody before.`;
};

export const voting = async (here: At, { caseId, outcome, reason }: Voting): Promise<Planned> => {
  const own = await ownSeat(here, caseId);
  const { of, round, seat } = own;
  const vote = await outcomeOf(here, of, outcome, CAST);
  const grounds = unwrap(personGrounds(reason, randomBytes(8).toString('hex')));
  const key = seatKeyOf(contextOf(here), of, round.number);
  const kept = here.votes.find(key);
  const why = reason.trim();
  if (kept !== null && (kept.vote !== vote || kept.why !== why)) another(of, kept);
  const salt: Hex = `0x${randomBytes(32).toString('hex')}`;
  const cast = kept ?? { vote, reading: readingOf(grounds) as Hex, salt, grounds, why };
  const commitment = seatCommitment(contextOf(here), of, round.number, cast);
  const words = wordsOf(own, outcome);
  if (seat.state !== 'drawn')
    return seat.commitment === commitment ? { costUnits: 0n, words, intents: [] } : voteIsLost(of);
  const { drawEndsAt, commitEndsAt } = round.panel;
  await within(here, of, 'The vote', [drawEndsAt, commitEndsAt]);
  return {
    costUnits: 0n,
    words,
    keep: () => {
      const first = here.votes.keep(key, cast);
      if (first.salt !== cast.salt) another(of, first);
    },
    intents: [{ kind: 'court-commit', at: here.at, caseId: of.id, round: round.number, seat: seat.seat, commitment }],
  };
};

export const revealing = async (here: At, { caseId }: Revealing): Promise<Planned> => {
  const { of, round, seat } = await ownSeat(here, caseId);
  const kept = here.votes.find(seatKeyOf(contextOf(here), of, round.number));
  const { state, commitment } = seat;
  if (state === 'drawn')
    return refuse(of, {
      code: 'court.wrong-phase',
      message: `The seat of ${here.me} in case ${of.id} has not voted.`,
      next: 'Vote first, while there is time: surety court vote.',
    });
  if (kept === null || seatCommitment(contextOf(here), of, round.number, kept) !== commitment) return voteIsLost(of);
  const { vote, reading, salt, grounds } = kept;
  const words = `Open the vote of ${here.me} in case ${of.id}, and publish why.`;
  // A vote that was kept without its text is opened all the same.
  const published = grounds === null ? {} : { grounds };
  if (state !== 'committed') return { costUnits: 0n, words, intents: [], ...(state === 'revealed' ? published : {}) };
  const { commitEndsAt, revealEndsAt } = round.panel;
  await within(here, of, 'Opening votes', [commitEndsAt, revealEndsAt]);
  const opens = { at: here.at, caseId: of.id, round: round.number, seat: seat.seat, juror: here.me };
  return { costUnits: 0n, words, ...published, intents: [{ kind: 'court-reveal', ...opens, vote, reading, salt }] };
};
