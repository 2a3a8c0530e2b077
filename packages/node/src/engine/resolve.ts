/**
 * From the close of a market to its decision: the beacon draws the audit, the panel votes, or the clock gives up. Every
 * step looks at the state and does only what is still to be done, so that each may be repeated after a crash.
 */
import { createHash } from 'node:crypto';
import { inputOf, probabilityOfFirst, speaksTo } from '@surety/analysts';
import { evidenceIdOf, type JurorVote, pluralityOf, type QuestionClaim, SuretyError, sureOfTwo } from '@surety/core';
import { deadlineOf } from '@surety/intent';
import type { Move } from '../journal/host.ts';
import type { Context, Seat } from './context.ts';
import { feedMove } from './feed.ts';
import { type LedgerMove, marketStream } from './ledger.ts';
import { didIt } from './outcome-of.ts';
import type { Decision, QuestionEvent, QuestionState } from './question.ts';

import { type Asked, isAsked } from './views.ts';

/** Seconds for which a question waits for its record; then it is undecided. */
export const RECORD_SECONDS = 7 * 86_400;

export const stateOf = (context: Context, claimId: string): Promise<QuestionState> =>
  context.host.state<QuestionState>(marketStream(claimId));

/** Runs an event on a question, with others or not at all; `false` where another run was first. */
const attempt = async (
  context: Context,
  claimId: string,
  event: QuestionEvent,
  further: readonly Move[] = [],
): Promise<boolean> => didIt(await context.host.transact([{ stream: marketStream(claimId), event }, ...further]));

/**
 * Closes a market whose deadline has come.
 * @throws {SuretyError} `market.before-deadline` where the job's clock is ahead of ours: it is tried again
 */
export const close = async (context: Context, claimId: string): Promise<void> => {
  const at = context.now();
  await attempt(context, claimId, { kind: 'closed', at }, [feedMove('closed', claimId, at)]);
};

/** Whether a question is drawn for people: one in `oneIn`, by a beacon that nobody knew before the close. */
export const isDrawn = (claimId: string, beacon: string, oneIn: number): boolean => {
  const digest = createHash('sha256').update(`surety/audit/v1\n${claimId}\n${beacon}`).digest();
  return digest.readBigUInt64BE(0) % BigInt(oneIn) === 0n;
};

/** A juror's vote: the outcome it is sure enough of, or an abstention. Jurors state P(first outcome) of two. */
const voteOf = async (
  context: Context,
  seat: Seat,
  claim: QuestionClaim,
  lossGainRatio: number,
): Promise<JurorVote> => {
  const reading = await seat.analyst.read(claim.subject, context.reading());
  const first = probabilityOfFirst(claim.predicate, reading.probabilityPpm);
  return {
    kind: 'juror-vote',
    juror: seat.analyst.id,
    operator: context.operator.name,
    family: seat.analyst.family,
    program: reading.program,
    input: inputOf(claim),
    outcome: first === null || claim.outcomes.length !== 2 ? null : sureOfTwo(first, lossGainRatio),
    probabilityPpm: first,
    at: context.now(),
  };
};

/** What the votes come to: a majority among at least `quorum` votes, or undecided. */
export const tally = (
  votes: readonly Pick<JurorVote, 'outcome'>[],
  quorum: number,
): Pick<Decision, 'outcome' | 'decidedBy'> => {
  const cast = votes.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  const abstained = votes.length - cast.length;
  if (cast.length < quorum) {
    const reason =
      votes.length === 0
        ? 'No juror that shares nothing with the players reads such a question; it needs people.'
        : `${cast.length} of ${votes.length} jurors were sure enough to vote, and ${quorum} are needed; it needs people.`;
    return { outcome: null, decidedBy: { kind: 'undecided', reason } };
  }
  const outcome = pluralityOf(cast, quorum);
  if (outcome === null) {
    return {
      outcome: null,
      decidedBy: { kind: 'undecided', reason: 'The jurors are evenly divided; it needs people.' },
    };
  }
  const votesFor = cast.filter((vote) => vote === outcome).length;
  return {
    outcome,
    decidedBy: { kind: 'panel', votesFor, votesAgainst: cast.length - votesFor, abstained, audited: false },
  };
};

/** Jurors who read what is asked, and of whom none shares a family, training data or key with any player of this market. */
const panelFor = (context: Context, state: Asked, seats: number): readonly Seat[] => {
  const played = new Set(state.evidence.map(({ by }) => by));
  const players = context.players.filter(({ account }) => played.has(account)).map(({ analyst }) => analyst);
  return context.jurors
    .filter(({ analyst }) => speaksTo(analyst, state.claim) && context.mayJudge(analyst, players))
    .slice(0, seats);
};

/** Votes and decision go into the journal together: a crash in between can leave nobody's vote behind to count twice. */
const vote = async (context: Context, state: QuestionState): Promise<void> => {
  const { claimId } = state;
  if (!isAsked(state) || state.claim.rule.kind !== 'panel') return;
  const { seats, lossGainRatio, quorum } = state.claim.rule;
  const stream = marketStream(claimId);
  const votes: JurorVote[] = [];
  const moves: LedgerMove[] = [];
  for (const seat of panelFor(context, state, seats)) {
    const evidence = await voteOf(context, seat, state.claim, lossGainRatio);
    votes.push(evidence);
    const evidenceId = evidenceIdOf(evidence);
    moves.push({ stream, event: { kind: 'evidence', evidenceId, by: seat.account, evidence, at: evidence.at } });
  }
  const at = context.now();
  const event: QuestionEvent = { kind: 'resolved', ...tally(votes, quorum), by: 'panel', at };
  didIt(await context.host.transact([...moves, { stream, event }, feedMove('resolved', claimId, at)]));
};

/** After the close: draw the audit, then let the panel vote, or wait for the record that the rule names. */
export const convene = async (context: Context, claimId: string): Promise<void> => {
  const before = await stateOf(context, claimId);
  if (before.phase !== 'closed' || !isAsked(before)) return;
  if (before.audit === null) {
    const beacon = await context.beacon(before.claim.closesAt);
    const drawn = isDrawn(claimId, beacon, context.config.auditOneIn);
    await attempt(context, claimId, { kind: 'audit-drawn', drawn, beacon, at: context.now() });
  }
  if (before.claim.rule.kind === 'official') {
    const runAt = recordDueAt(before.claim) + RECORD_SECONDS;
    await context.host.schedule({ name: 'give-up', key: claimId, runAt, data: { claimId } });
    return;
  }
  await vote(context, await stateOf(context, claimId));
};

/** When the record that a rule names is due: after the close, and after the day that a forecast names. */
const recordDueAt = ({ subject, closesAt }: QuestionClaim): number => {
  if (subject.kind !== 'forecast') return closesAt;
  const named = deadlineOf(subject.statement, closesAt);
  return named.ok ? Math.max(closesAt, named.value.at) : closesAt;
};

/** When the wait for a record is over, unix seconds; `null` where none is waited for. */
export const givesUpAt = ({ phase, claim }: QuestionState): number | null =>
  phase === 'closed' && claim?.rule.kind === 'official' ? recordDueAt(claim) + RECORD_SECONDS : null;

/** Ends a question whose record did not come in time: undecided, everybody gets back what they put in. */
export const giveUp = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const due = givesUpAt(state);
  const at = context.now();
  if (due === null) return;
  if (at < due) {
    throw new SuretyError({
      code: 'question.too-early',
      message: 'The record may still come.',
      next: 'Try again when the time is over.',
      field: 'at',
      value: String(at),
      limit: `>= ${due}`,
    });
  }
  const decidedBy = { kind: 'undecided', reason: 'The named record was not attached in time.' } as const;
  await attempt(context, claimId, { kind: 'resolved', outcome: null, decidedBy, by: 'clock', at }, [
    feedMove('resolved', claimId, at),
  ]);
};
