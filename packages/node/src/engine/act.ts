/** Carrying out signed actions: each becomes one transaction in the journal, or one typed refusal. */
import {
  admitEvidence,
  type Evidence,
  evidenceIdOf,
  parseEvidence,
  parseStatement,
  type Result,
  refuse,
} from '@surety/core';
import { accountOf, type Order } from '@surety/markets';
import type { Action, ActionResult, SignedAction } from '@surety/protocol';
import type { Webhooks } from '../http/webhooks/webhooks.ts';
import type { Notices } from '../notices/notices.ts';
import type { AccountState } from './account.ts';
import { fromJson } from './codec.ts';
import type { Context, Seat } from './context.ts';
import { actInCourt } from './court/act.ts';
import { isDue } from './cover.ts';
import { accountStream, marketStream, transfer } from './ledger.ts';
import { logCommitments } from './logged.ts';
import { type Models, publish, reveal, store } from './publish.ts';
import { type QuestionEvent, type QuestionState, stepQuestion, type TradeOutput } from './question.ts';
import { findReceipt } from './receipts.ts';
import { programsFor } from './rerun.ts';
import { checkSigned } from './signed.ts';
import { type Asked, isAsked, probabilitiesOf, unknownMarket } from './views.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;
type Doing<T extends Action['type']> = (
  context: Context,
  action: Of<T>,
  signed: SignedAction,
) => Promise<Result<ActionResult>>;

const fund: Doing<'surety/action/fund/v1'> = async (context, action, { sessionKey }) => {
  const { account, marketId, nonce } = action;
  const amountMicroUsd = BigInt(action.amountMicroUsd);
  const at = context.now();
  const done = await transfer(context.host, [
    {
      stream: accountStream(account),
      event: {
        kind: 'sent',
        amountMicroUsd,
        to: { stream: marketStream(marketId), purpose: 'budget' },
        sessionKey,
        nonce,
        at,
      },
    },
    { stream: marketStream(marketId), event: { kind: 'funded', account, amountMicroUsd, at } },
  ]);
  if (!done.ok) return done;
  const market = context.host.peek<QuestionState>(marketStream(marketId))?.market;
  const budget = market ? (accountOf(market, account)?.budgetMicroUsd ?? 0n) : 0n;
  const balance = context.host.peek<AccountState>(accountStream(account))?.balanceMicroUsd ?? 0n;
  return {
    ok: true,
    value: { kind: 'fund', marketId, budgetMicroUsd: budget.toString(), balanceMicroUsd: balance.toString() },
  };
};

const trade: Doing<'surety/action/order/v1'> = async (context, { account, marketId, order, nonce }) => {
  const event: QuestionEvent = { kind: 'traded', account, order: fromJson<Order>(order), nonce, at: context.now() };
  const done = await context.host.transact([{ stream: marketStream(marketId), event }]);
  if (!done.ok) return done;
  const filled = done.value.outputs[0] as TradeOutput;
  return {
    ok: true,
    value: {
      kind: 'order',
      marketId,
      tradeSeq: filled.seq,
      outcome: filled.outcome,
      deltaMicroShares: filled.deltaMicroShares.toString(),
      costMicroUsd: filled.costMicroUsd.toString(),
      feeMicroUsd: filled.feeMicroUsd.toString(),
      probabilitiesPpm: filled.probabilitiesPpm,
      budgetMicroUsd: filled.budgetMicroUsd.toString(),
    },
  };
};

/**
 * Evidence from outside is attached only if a receipt can carry it: one report that verifiers cannot read, or that refutes
 * itself, would spoil the whole receipt, and anybody could spoil anybody's; and one that runs a juror's program would
 * make that juror a player.
 */
const admit = async (context: Context, models: Models, state: Asked, report: Evidence): Promise<Result<Evidence>> => {
  const { claim } = state;
  const ofPanel = ({ analyst }: Seat): boolean =>
    'program' in report && analyst.readSync?.(claim.subject).program === report.program;
  if (context.jurors.some(ofPanel)) {
    return refuse({
      code: 'evidence.refuted',
      message: 'This program belongs to the panel, and nobody may play with it.',
      next: 'Report what a program of your own says.',
      field: 'action.evidence.program',
    });
  }
  const programs = await programsFor(context, models, claim, report);
  if (!programs.ok) return programs;
  return admitEvidence(claim, report, {
    network: context.network,
    issuedAt: context.now(),
    probabilitiesPpm: probabilitiesOf(state),
    programs: programs.value,
  });
};

const attach = async (
  context: Context,
  models: Models,
  { account, marketId, evidence, nonce }: Of<'surety/action/evidence/v1'>,
): Promise<Result<ActionResult>> => {
  const state = await context.host.state<QuestionState>(marketStream(marketId));
  if (!isAsked(state)) return unknownMarket(marketId, 'action.marketId');
  const parsed = parseEvidence(evidence);
  if (!parsed.ok) return parsed;
  const evidenceId = evidenceIdOf(parsed.value);
  const at = context.now();
  const event: QuestionEvent = { kind: 'evidence', evidenceId, by: account, evidence: parsed.value, nonce, at };
  // No program is run for what the market refuses anyway: a stranger to it, one report too many.
  const tried = stepQuestion(state, event);
  if (tried.kind === 'refused') return refuse(tried.problem);
  const admitted = await admit(context, models, state, parsed.value);
  if (!admitted.ok) return admitted;
  const done = await context.host.transact([{ stream: marketStream(marketId), event }]);
  return done.ok ? { ok: true, value: { kind: 'evidence', marketId, evidenceId, seq: done.value.seqs[0]! } } : done;
};

const withdraw: Doing<'surety/action/withdraw/v1'> = async (context, action) => {
  const { account, nonce, to } = action;
  if (to !== account) {
    return refuse({
      code: 'withdrawal.other-address',
      message: 'A withdrawal goes to the address of the account.',
      next: 'Name your own address, and send the dollars on from there.',
      field: 'action.to',
      value: to,
      limit: account,
    });
  }
  const amountMicroUsd = BigInt(action.amountMicroUsd);
  const done = await transfer(context.host, [
    {
      stream: accountStream(account),
      event: { kind: 'withdrawal-authorised', amountMicroUsd, nonce, at: context.now() },
    },
  ]);
  if (!done.ok) return done;
  const state = await context.host.state<AccountState>(accountStream(account));
  return {
    ok: true,
    value: {
      kind: 'withdraw',
      withdrawalId: `${account}/${done.value.seqs[0]}`,
      amountMicroUsd: action.amountMicroUsd,
      balanceMicroUsd: state.balanceMicroUsd.toString(),
      availableAt: null,
    },
  };
};

const redeem: Doing<'surety/action/redeem/v1'> = async (context, { receiptId }) => {
  const found = await findReceipt(context, receiptId);
  if (!found.ok) return found;
  const { claimId } = found.value.state;
  const statement = parseStatement(found.value.receipt);
  if (statement.ok && statement.value.predicate.cover === null) {
    return refuse({
      code: 'cover.none',
      message: 'This receipt carries no cover.',
      next: 'Redeem the receipt that names a cover; "surety verify" prints whether one does.',
      field: 'receiptId',
      value: receiptId,
    });
  }
  const payer = await context.host.state<AccountState>(accountStream(context.operator.address));
  const cover = payer.covers.get(claimId);
  if (cover !== undefined && !isDue(found.value.state, cover.until)) {
    return refuse({
      code: 'cover.not-due',
      message: 'The answer was not overturned while its cover ran, so it is not due.',
      next: 'Challenge the answer while its window is open, or wait for a ruling.',
      field: 'receiptId',
      value: receiptId,
    });
  }
  const at = context.now();
  const amountMicroUsd = cover?.amountMicroUsd ?? 0n;
  const beneficiary = cover?.beneficiary ?? payer.address;
  const from = { stream: accountStream(payer.address), purpose: 'cover' };
  const done = await transfer(context.host, [
    { stream: accountStream(payer.address), event: { kind: 'cover-paid', claimId, at } },
    ...(cover === undefined
      ? []
      : [{ stream: accountStream(beneficiary), event: { kind: 'received' as const, amountMicroUsd, from, at } }]),
  ]);
  return done.ok ? { ok: true, value: { kind: 'redeem', receiptId, paidMicroUsd: amountMicroUsd.toString() } } : done;
};

/** Carries out actions once their signature, key and scope have been checked; each comes with the address that sent it. */
export const createAct = (
  context: Context,
  webhooks: Pick<Webhooks, 'create' | 'remove'>,
  notices: Pick<Notices, 'set' | 'remove'>,
  models: Models,
): ((signed: SignedAction, remote: string) => Promise<Result<ActionResult>>) => {
  const perform = (signed: SignedAction, remote: string): Promise<Result<ActionResult>> => {
    const { action } = signed;
    switch (action.type) {
      case 'surety/action/fund/v1':
        return fund(context, action, signed);
      case 'surety/action/order/v1':
        return trade(context, action, signed);
      case 'surety/action/evidence/v1':
        return attach(context, models, action);
      case 'surety/action/withdraw/v1':
        return withdraw(context, action, signed);
      case 'surety/action/challenge/v1':
      case 'surety/action/stake/v1':
      case 'surety/action/show-person/v1':
      case 'surety/action/unstake/v1':
      case 'surety/action/vote/v1':
      case 'surety/action/open-vote/v1':
      case 'surety/action/show-vote/v1':
      case 'surety/action/advise/v1':
        return actInCourt(context, action, signed.sessionKey, { remote });
      case 'surety/action/redeem/v1':
        return redeem(context, action, signed);
      case 'surety/action/webhook/v1':
        return webhooks.create(action);
      case 'surety/action/webhook-delete/v1':
        return webhooks.remove(action);
      case 'surety/action/notices/v1':
        return notices.set(action, { remote });
      case 'surety/action/notices-delete/v1':
        return notices.remove(action);
      case 'surety/action/store/v1':
        return store(models, action);
      case 'surety/action/publish/v1':
        return publish(context, models, action, signed);
      case 'surety/action/reveal/v1':
        return reveal(context, models, action);
      case 'surety/action/log/v1':
        return logCommitments(context, action);
    }
  };
  return async (signed, remote) => {
    const checked = await checkSigned(context, signed);
    return checked.ok ? perform(signed, remote) : checked;
  };
};
