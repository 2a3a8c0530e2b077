/** Paying to go on: an answer is challenged, a ruling appealed, people are called. */
import { type Problem, type Result, refuse } from '@surety/core';
import { type Case, type CaseEvent, needOf, step, totalOf } from '@surety/court';
import type { Move } from '../../journal/host.ts';
import type { AccountState } from '../account.ts';
import type { Context } from '../context.ts';
import { accountStream, caseStream, type LedgerMove, marketStream, transfer } from '../ledger.ts';
import type { QuestionState } from '../question.ts';
import { stateOf } from '../resolve.ts';
import { turns } from '../turns.ts';
import { isAsked } from '../views.ts';
import { calling } from './calling.ts';
import { CASE_LIMITS, type CaseState } from './case-state.ts';
import { courtFeedMove } from './feed.ts';
import { termsOf } from './terms.ts';

export type Contribution = {
  readonly account: string;
  readonly marketId: string;
  readonly outcome: number;
  readonly amountMicroUsd: bigint;
  readonly reason: string;
  readonly nonce: string;
  readonly sessionKey: string;
};

const notNow = (state: QuestionState, until: number | null): Problem => ({
  code: 'question.not-challengeable',
  message:
    until === null
      ? `The question is ${state.phase}; only an answer that a panel gave can be challenged.`
      : 'The answer can no longer be challenged.',
  next: 'Read the market again: it has moved on.',
  field: 'marketId',
  value: state.claimId,
  ...(until !== null && { limit: `before ${until}` }),
});

/** The proposal that a challenge is against: the panel's answer, for which the operator stands with its bond. */
const proposalOf = (
  context: Context,
  question: QuestionState,
  at: number,
): Result<Extract<CaseEvent, { kind: 'propose' }>> => {
  const { decision } = question;
  if (!isAsked(question) || question.phase !== 'decided' || decision === null) return refuse(notNow(question, null));
  if (decision.by !== 'panel' || decision.outcome === null) return refuse(notNow(question, null));
  const until = decision.at + question.challengeSeconds;
  if (at >= until) return refuse(notNow(question, until));
  const terms = termsOf(context, question);
  return {
    ok: true,
    value: {
      kind: 'propose',
      at: decision.at,
      proposer: context.operator.address,
      outcome: decision.outcome,
      bondMicroUsd: terms.policy.leastBondMicroUsd,
      ...terms,
    },
  };
};

/** The challenger is not the one who lacks money. */
const noBond = (claimId: string, bondMicroUsd: bigint, balanceMicroUsd: bigint): Problem => ({
  code: 'question.not-challengeable',
  message: `The operator has ${balanceMicroUsd} micro-USD, less than the bond that its answer needs, so no case can be opened.`,
  next: 'Tell the operator, and do not rely on this answer: it cannot be challenged now.',
  field: 'marketId',
  value: claimId,
  limit: `>= ${bondMicroUsd}`,
});

type Opened = { readonly game: Case; readonly moves: readonly LedgerMove[]; readonly further: readonly Move[] };

/** The case as it is, or as it is once the operator has put its bond behind the answer. */
const openCase = async (
  context: Context,
  claimId: string,
  game: Case | undefined,
  at: number,
): Promise<Result<Opened>> => {
  if (game !== undefined) return { ok: true, value: { game, moves: [], further: [] } };
  const proposal = proposalOf(context, await stateOf(context, claimId), at);
  if (!proposal.ok) return proposal;
  const first = step(undefined, proposal.value);
  if (first.kind === 'refused') return refuse(first.problem);
  const stream = caseStream(claimId);
  const { bondMicroUsd: amountMicroUsd } = proposal.value;
  const { balanceMicroUsd } = await context.host.state<AccountState>(accountStream(context.operator.address));
  if (balanceMicroUsd < amountMicroUsd) return refuse(noBond(claimId, amountMicroUsd, balanceMicroUsd));
  const moves: LedgerMove[] = [
    {
      stream: accountStream(context.operator.address),
      event: { kind: 'sent', amountMicroUsd, to: { stream, purpose: 'bond' }, at },
    },
    { stream, event: proposal.value },
    { stream: marketStream(claimId), event: { kind: 'contested', at } },
  ];
  return { ok: true, value: { game: first.state, moves, further: [courtFeedMove('opened', claimId, at)] } };
};

/** Paid towards the next rung for an outcome. */
const paidFor = ({ pots }: Case, outcome: number): bigint =>
  pots
    .filter((pot) => pot.outcome === outcome)
    .flatMap(({ shares }) => shares)
    .reduce((sum, share) => sum + share.amountMicroUsd, 0n);

/** What of a contribution is taken: never more than is missing for its outcome. */
const takenOf = (game: Case, { outcome, amountMicroUsd }: Contribution): bigint => {
  const need = needOf(game, outcome);
  if (need === null) return amountMicroUsd;
  const missing = totalOf(need) - paidFor(game, outcome);
  return amountMicroUsd < missing ? amountMicroUsd : missing;
};

/** Too little to be counted: a rung that takes any crumb would have to remember and pay them all. */
const crumb = (game: Case, { outcome }: Contribution, takenMicroUsd: bigint): Problem | null => {
  const need = needOf(game, outcome);
  if (need === null) return null;
  const whole = totalOf(need);
  const leastMicroUsd = whole / CASE_LIMITS.contributionOneIn;
  if (takenMicroUsd >= leastMicroUsd || takenMicroUsd === whole - paidFor(game, outcome)) return null;
  return {
    code: 'court.bond-short',
    message: `A contribution is at least ${leastMicroUsd} micro-USD here, or all that is missing.`,
    next: 'Pay more.',
    field: 'action.amountMicroUsd',
    value: String(takenMicroUsd),
    limit: `>= ${leastMicroUsd}`,
  };
};

export type Taken = { readonly takenMicroUsd: bigint; readonly missingMicroUsd: bigint };

const contributeOnce = async (context: Context, contribution: Contribution): Promise<Result<Taken>> => {
  const { account, marketId, outcome, reason, nonce, sessionKey } = contribution;
  const at = context.now();
  const before = await context.host.state<CaseState>(caseStream(marketId));
  const opened = await openCase(context, marketId, before.game, at);
  if (!opened.ok) return opened;
  const { game, moves, further } = opened.value;
  const takenMicroUsd = takenOf(game, contribution);
  const little = crumb(game, contribution, takenMicroUsd);
  if (little !== null) return refuse(little);
  const stream = caseStream(marketId);
  const event = { kind: 'fund' as const, at, account, outcome, amountMicroUsd: takenMicroUsd, reason, nonce };
  const tried = step(game, event);
  if (tried.kind === 'refused') return refuse(tried.problem);
  const called = await calling(context, await stateOf(context, marketId), { before: game, after: tried.state, at });
  const done = await transfer(
    context.host,
    [
      ...moves,
      {
        stream: accountStream(account),
        event: { kind: 'sent', amountMicroUsd: takenMicroUsd, to: { stream, purpose: 'bond' }, sessionKey, at },
      },
      { stream, event },
      ...called.moves,
    ],
    [...further, ...called.further],
  );
  if (!done.ok) return done;
  const left = needOf(tried.state, outcome);
  const full = tried.state.rungs.length > game.rungs.length || left === null;
  const missingMicroUsd = full ? 0n : totalOf(left) - paidFor(tried.state, outcome);
  return { ok: true, value: { takenMicroUsd, missingMicroUsd } };
};

const inTurn = turns();

/**
 * Takes a contribution into the case of a market, which the first one opens. Those into one case wait for each other: what is
 * missing depends on what came before.
 */
export const contribute = (context: Context, contribution: Contribution): Promise<Result<Taken>> =>
  inTurn(contribution.marketId, () => contributeOnce(context, contribution));
