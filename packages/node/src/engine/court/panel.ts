/** Who can be drawn into a round: built-in AI jurors that have no part in the question, or people with a stake. */
import { speaksTo } from '@surety/analysts';
import type { QuestionClaim } from '@surety/core';
import { type Candidate, type Case, isByPerson, lockOf } from '@surety/court';
import { accountOf } from '@surety/markets';
import type { PersonIssuer } from '../../persons/issuer.ts';
import type { Context, Seat } from '../context.ts';
import type { QuestionState } from '../question.ts';
import { isShownTo, type Juror, type Registry } from './registry.ts';

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

/** Seconds for which whoever was drawn as a person and did not vote though he could, or copied, is not drawn again: there is no lock to lose. */
export const OUT_SECONDS = 30 * 86_400;

/** Whether an account counts as a person for a round that opened at a time. */
const isPersonFor = ({ person }: Juror, issuer: PersonIssuer | null, opensAt: number): boolean =>
  isShownTo(person, issuer) &&
  person.since <= opensAt &&
  (person.missed === undefined || person.missed.at + OUT_SECONDS <= opensAt);

/** People of a round that is drawn by person: one ticket each. */
const personsFor = (
  context: Context,
  question: QuestionState,
  opensAt: number,
  registry: Registry,
): readonly Candidate[] =>
  registry.jurors
    .filter((juror) => isPersonFor(juror, context.persons, opensAt) && !holds(question, juror.account))
    .filter(({ account }) => seatOf(context, account) === undefined)
    .map(({ account }) => ({ juror: account, weight: 1n, freeMicroUsd: 0n, operator: account, cluster: 0 }));

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
  if (isByPerson(rules)) return personsFor(context, question, round.opensAt, registry);
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
