/**
 * Issuing receipts: one for each stage of a question's life, signed, in the log and in the question's stream by one
 * transaction. Issuing a stage twice is harmless: the question refuses the second.
 */
import {
  buildStatement,
  type Cover,
  type Evidence,
  type Json,
  logLeafOf,
  parseStatement,
  type Receipt,
  type ReceiptPredicate,
  type ReceiptStatus,
  type Result,
  receiptIdOf,
  refuse,
  type SignedReceipt,
  signReceipt,
  toHex,
  unwrap,
} from '@surety/core';
import type { Move } from '../journal/host.ts';
import { assumptions, type Context } from './context.ts';
import { marketStream } from './ledger.ts';
import { LOG_STREAM, type LogEvent } from './log.ts';
import type { IssuedReceipt, QuestionEvent, QuestionState } from './question.ts';
import { type Asked, isAsked, leaning, newestAnswer, probabilitiesOf } from './views.ts';

/** How the market moved, for the output link. */
const marketRecord = (state: Asked): Evidence => ({
  kind: 'market-record',
  marketId: state.claimId,
  subsidyMicroUsd: state.market.terms.subsidyMicroUsd.toString(),
  trades: state.fills.map(({ account, outcome, deltaMicroShares, costMicroUsd, at }) => ({
    account,
    outcome,
    deltaMicroShares: deltaMicroShares.toString(),
    costMicroUsd: costMicroUsd.toString(),
    at,
  })),
  omittedTrades: String(state.market.trades - state.fills.length),
  quantities: state.market.curve.quantities.map(String),
  journalDigest: toHex(state.market.tradesDigest),
});

/** All evidence, but of official records only the newest: a receipt rests on one. */
const evidenceOf = ({ evidence }: Asked): readonly Evidence[] => {
  const record = evidence.findLast((attached) => attached.evidence.kind === 'official-record');
  return evidence
    .filter((attached) => attached.evidence.kind !== 'official-record' || attached === record)
    .map((attached) => attached.evidence);
};

/** What a stage adds to the facts that every receipt of the question shares. */
export type Stage = {
  readonly stage: string;
  readonly status: ReceiptStatus;
  readonly finalAfter: number;
  readonly cover: Cover | null;
  readonly supersededBy?: string;
};

const predicateOf = (context: Context, state: Asked, stage: Stage, issuedAt: number): ReceiptPredicate => {
  const { decision, claim } = state;
  const prices = probabilitiesOf(state);
  const outcome = decision === null ? leaning(prices) : decision.outcome;
  return {
    claim,
    evidence: [...evidenceOf(state), marketRecord(state)],
    outcome: outcome === null ? null : (claim.outcomes[outcome] ?? null),
    probabilitiesPpm: prices,
    status: stage.status,
    decidedBy: decision?.decidedBy ?? { kind: 'market' },
    issuedAt,
    finalAfter: stage.status === 'final' ? issuedAt : Math.max(issuedAt, stage.finalAfter),
    supersedes: state.receipts.at(-1)?.receiptId ?? null,
    supersededBy: stage.supersededBy ?? null,
    cover: stage.cover,
    costMicroUsd: state.costMicroUsd.toString(),
    network: context.network,
    assumes: assumptions(context.network.environment),
  };
};

/** Signs a predicate and puts it into log and question, together with further moves (a cover to reserve). */
const publish = async (
  context: Context,
  claimId: string,
  stage: string,
  predicate: ReceiptPredicate,
  further: readonly Move[],
): Promise<Result<SignedReceipt>> => {
  const signed = signReceipt(buildStatement(predicate), context.operator);
  const receiptId = receiptIdOf(signed);
  const at = predicate.issuedAt;
  const append: LogEvent = { kind: 'appended', leaf: logLeafOf(predicate, receiptId), at };
  const issue: QuestionEvent = {
    kind: 'receipt',
    receiptId,
    stage,
    status: predicate.status,
    outcome: predicate.outcome === null ? null : predicate.claim.outcomes.indexOf(predicate.outcome),
    promise: predicate.cover,
    receipt: signed as unknown as Json,
    at,
  };
  const done = await context.host.transact([
    { stream: marketStream(claimId), event: issue },
    { stream: LOG_STREAM, event: append },
    ...further,
  ]);
  return done.ok ? { ok: true, value: signed } : done;
};

export const issuedFor = (state: QuestionState, stage: string): IssuedReceipt | undefined =>
  state.receipts.find((receipt) => receipt.stage === stage);

/** Issues the receipt of a stage unless it is there; `further` moves happen with it or not at all. */
export const issue = async (
  context: Context,
  state: QuestionState,
  stage: Stage,
  further: readonly Move[] = [],
): Promise<Result<void>> => {
  if (!isAsked(state) || issuedFor(state, stage.stage) !== undefined) return { ok: true, value: undefined };
  const predicate = predicateOf(context, state, stage, Math.max(context.now(), state.receipts.at(-1)?.at ?? 0));
  const done = await publish(context, state.claimId, stage.stage, predicate, further);
  return done.ok ? { ok: true, value: undefined } : done;
};

const unknown = (receiptId: string): Result<never> =>
  refuse({
    code: 'receipt.unknown',
    message: `No receipt ${receiptId} was issued here.`,
    next: 'Check the id, or ask the node that issued it.',
    field: 'receiptId',
    value: receiptId,
  });

/** A signed receipt as it stands in its question's stream. */
const stored = async (context: Context, claimId: string, issued: IssuedReceipt): Promise<SignedReceipt> => {
  const [event] = await context.host.read(marketStream(claimId), issued.seq - 1, 1);
  return (event!.data as unknown as { receipt: SignedReceipt }).receipt;
};

/** A receipt with proof of inclusion in the log as it is now, and the question it belongs to. */
export const findReceipt = async (
  context: Context,
  receiptId: string,
): Promise<Result<{ readonly receipt: Receipt; readonly state: QuestionState }>> => {
  const placed = await context.log.find(receiptId);
  if (placed === undefined) return unknown(receiptId);
  const state = await context.host.state<QuestionState>(marketStream(placed.leaf.claimId));
  const issued = state.receipts.find((receipt) => receipt.receiptId === receiptId);
  if (issued === undefined) return unknown(receiptId);
  const receipt = await context.log.prove(await stored(context, state.claimId, issued), placed.index);
  return { ok: true, value: { receipt, state } };
};

/** The newest receipt that states the answer (not one that only marks an older receipt as overturned). */
export const latestReceipt = async (context: Context, state: QuestionState): Promise<Result<Receipt>> => {
  const issued = newestAnswer(state);
  if (issued === undefined) return unknown(`of market ${state.claimId}`);
  const found = await findReceipt(context, issued.receiptId);
  return found.ok ? { ok: true, value: found.value.receipt } : found;
};

/**
 * Marks an issued receipt as overturned: the same statement with the new status, naming what replaced it. Whoever
 * holds the old one can then be paid its cover, on chain too.
 */
export const overturn = async (
  context: Context,
  state: QuestionState,
  old: IssuedReceipt,
  supersededBy: string,
): Promise<Result<void>> => {
  const stage = `overturned:${old.receiptId}`;
  if (issuedFor(state, stage) !== undefined) return { ok: true, value: undefined };
  const { predicate } = statementOf(await stored(context, state.claimId, old));
  const issuedAt = Math.max(context.now(), predicate.issuedAt);
  const done = await publish(
    context,
    state.claimId,
    stage,
    {
      ...predicate,
      status: 'overturned',
      issuedAt,
      finalAfter: issuedAt,
      supersedes: old.receiptId,
      supersededBy,
      cover: predicate.cover !== null && predicate.cover.until < issuedAt ? null : predicate.cover,
    },
    [],
  );
  return done.ok ? { ok: true, value: undefined } : done;
};

const statementOf = (receipt: SignedReceipt): { readonly predicate: ReceiptPredicate } =>
  unwrap(parseStatement(receipt));
