/** The operator's AI jurors: each reads the subject, votes where it is sure enough, commits, and opens what it committed to. */

import { randomBytes } from 'node:crypto';
import { inputOf, probabilityOfFirst } from '@surety/analysts';
import { idOf, OUTCOME, type QuestionClaim, sureOfTwo } from '@surety/core';
import { type Case, commitmentOf, type Seat as PanelSeat, type Round } from '@surety/court';
import type { Context, Seat } from '../context.ts';
import { caseStream } from '../ledger.ts';
import { type Ballot, ballotStream } from './ballots.ts';
import { seatOf } from './panel.ts';

/** An outcome of two that a probability of the first is sure enough of, else abstention. */
const outcomeFor = (claim: QuestionClaim, firstPpm: number | null, lossToGain: number): number => {
  if (firstPpm === null || claim.outcomes.length !== 2) return OUTCOME.abstain;
  return sureOfTwo(firstPpm, lossToGain) ?? OUTCOME.abstain;
};

const read = async (context: Context, { analyst }: Seat, claim: QuestionClaim, game: Case): Promise<Ballot> => {
  const reading = await analyst.read(claim.subject, context.reading());
  const firstPpm = probabilityOfFirst(claim.predicate, reading.probabilityPpm);
  const round = game.rounds.at(-1)!;
  const { lossToGain } = game.terms.policy.rounds[round.number - 1]!;
  const what = { program: reading.program, input: inputOf(claim), probabilityPpm: firstPpm };
  return {
    round: round.number,
    juror: '',
    outcome: outcomeFor(claim, firstPpm, lossToGain),
    reading: `0x${idOf(what)}`,
    salt: `0x${randomBytes(32).toString('hex')}`,
    reason:
      reading.reasons
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 1_000) || 'No reason was given.',
  };
};

const vote = async (
  context: Context,
  claimId: string,
  claim: QuestionClaim,
  game: Case,
  juror: string,
): Promise<void> => {
  const seat = seatOf(context, juror);
  if (seat === undefined) return;
  const kept = await context.host.state<readonly Ballot[]>(ballotStream(claimId));
  const { number } = game.rounds.at(-1)!;
  const known = kept.find((ballot) => ballot.juror === juror && ballot.round === number);
  const ballot = known ?? { ...(await read(context, seat, claim, game)), juror };
  const commitment = commitmentOf(game.terms, number, juror, ballot);
  const done = await context.host.transact([
    ...(known === undefined ? [{ stream: ballotStream(claimId), event: { kind: 'kept', ...ballot } }] : []),
    { stream: caseStream(claimId), event: { kind: 'commit', at: context.now(), juror, commitment } },
  ]);
  // Its time may be over meanwhile: then it is absent, and loses what absence costs.
  if (!done.ok) context.onError(done.problem);
};

/**
 * Commits every built-in juror of the round that has not.
 * @throws what the first juror that failed threw, once all others have voted: it is tried again
 */
export const commitOwn = async (context: Context, claimId: string, claim: QuestionClaim, game: Case): Promise<void> => {
  const failed: unknown[] = [];
  for (const { juror, commitment } of game.rounds.at(-1)!.seats)
    if (commitment === null)
      await vote(context, claimId, claim, game, juror).catch((cause: unknown) => failed.push(cause));
  if (failed.length > 0) throw failed[0];
};

const isClosed = ({ vote: { kind }, commitment }: PanelSeat): boolean => kind === 'none' && commitment !== null;

/** Opens every built-in juror's vote of the round that is not open. */
export const openOwn = async (context: Context, claimId: string, round: Round): Promise<void> => {
  const kept = await context.host.state<readonly Ballot[]>(ballotStream(claimId));
  for (const seat of round.seats) {
    const ballot = kept.find(({ juror, round: number }) => juror === seat.juror && number === round.number);
    if (ballot === undefined || !isClosed(seat)) continue;
    const { outcome, reading, salt, reason, juror } = ballot;
    const event = { kind: 'reveal', at: context.now(), juror, outcome, reading, salt, reason };
    const done = await context.host.transact([{ stream: caseStream(claimId), event }]);
    if (!done.ok) context.onError(done.problem);
  }
};
