/** Who can be drawn into a round: built-in AI jurors that have no part in the question, or people with a stake. */
import { speaksTo } from '@surety/analysts';
import type { QuestionClaim } from '@surety/core';
import { type Candidate, type Case, lockOf } from '@surety/court';
import { accountOf } from '@surety/markets';
import type { Context, Seat } from '../context.ts';
import type { QuestionState } from '../question.ts';
import type { Registry } from './registry.ts';

/** Whoever holds money in the market has something to win by the ruling. */
const holds = ({ market }: QuestionState, account: string): boolean =>
  market !== null && accountOf(market, account) !== undefined;

/** Whether a juror voted on the answer that is in question. */
const proposed = ({ evidence }: QuestionState, { account }: Seat): boolean =>
  evidence.some(({ by, evidence: piece }) => by === account && piece.kind === 'juror-vote');

/** Of jurors that were never measured, each may be anybody's copy: together they are one voice. */
const UNMEASURED = 255;

/** Number of the voice that a juror speaks with on such a claim: families whose measured errors go together have one. */
const clusterOf = (context: Context, claim: QuestionClaim, { analyst }: Seat): number => {
  const voices = new Set(context.jurors.flatMap((seat) => context.voiceOf(claim, seat.analyst) ?? []));
  const own = context.voiceOf(claim, analyst);
  return own === null ? UNMEASURED : 1 + [...voices].sort().indexOf(own);
};

/** Built-in jurors that may judge a question: they read it, share nothing with its players, and have not spoken on it. */
export const aiJurorsFor = (context: Context, question: QuestionState, claim: QuestionClaim): readonly Seat[] => {
  const spoke = new Set(question.evidence.map(({ by }) => by));
  const players = context.players.filter(({ account }) => spoke.has(account)).map(({ analyst }) => analyst);
  return context.jurors.filter(
    (seat) => speaksTo(seat.analyst, claim) && context.mayJudge(seat.analyst, players) && !proposed(question, seat),
  );
};

/**
 * Candidates of a round, in the order in which they registered. Stakes raised since it opened do not count, nor do those too
 * small for a seat: a crowd of crumbs would use up the tickets, and fill the snapshot.
 */
export const candidatesFor = (
  context: Context,
  question: QuestionState,
  game: Case,
  registry: Registry,
): readonly Candidate[] => {
  const round = game.rounds.at(-1)!;
  const rules = game.terms.policy.rounds[round.number - 1]!;
  const claim = question.claim as QuestionClaim;
  const built = new Map(context.jurors.map((seat) => [seat.account, seat]));
  const may = new Set(aiJurorsFor(context, question, claim).map(({ account }) => account));
  return registry.jurors.flatMap(({ account, stakeMicroUsd, since }) => {
    const seat = built.get(account);
    if (stakeMicroUsd < lockOf(rules) || since > round.opensAt || holds(question, account)) return [];
    if (rules.jurors === 'ai' ? !may.has(account) : seat !== undefined) return [];
    const operator = seat === undefined ? account : context.operator.address;
    const cluster = seat === undefined ? 0 : clusterOf(context, claim, seat);
    return [{ juror: account, weight: stakeMicroUsd, freeMicroUsd: stakeMicroUsd, operator, cluster }];
  });
};

/** The built-in juror behind an account, if there is one. */
export const seatOf = (context: Context, account: string): Seat | undefined =>
  context.jurors.find((seat) => seat.account === account);
