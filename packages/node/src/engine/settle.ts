/**
 * From a decision to the last word: its receipt with cover, a window for challenges, everybody paid in one
 * transaction, the final receipt, and the mark on every answer that a later ruling overturns.
 */
import { type Cover, SuretyError, unwrap } from '@surety/core';
import { longestSeconds } from '@surety/court';
import type { AccountState } from './account.ts';
import type { Context } from './context.ts';
import { policyOf } from './court/terms.ts';
import { coverFor, reserve } from './cover.ts';
import { feedMove } from './feed.ts';
import { accountStream, type LedgerMove, marketStream, transfer } from './ledger.ts';
import { didIt } from './outcome-of.ts';
import { type Decision, type QuestionState, settlementOf } from './question.ts';
import { issue, issuedFor, overturn } from './receipts.ts';
import { stateOf } from './resolve.ts';
import { isAsked } from './views.ts';

/** The panel's answer: provisional while it can be challenged, with the cover that the bond carries. */
const announcePanel = async (context: Context, state: QuestionState, decision: Decision): Promise<void> => {
  const { claimId } = state;
  const finalAfter = decision.at + state.challengeSeconds;
  const stage = `decided:${decision.seq}`;
  if (issuedFor(state, stage) === undefined) {
    const payer = await context.host.state<AccountState>(accountStream(context.operator.address));
    const caseSeconds = isAsked(state) ? longestSeconds(policyOf(context, state)) : 0;
    const cover = payer.covers.has(claimId) ? null : coverFor(state, payer, { now: context.now(), caseSeconds });
    const further = cover === null ? [] : [reserve(claimId, cover, context.now())];
    // Where the bond was taken by another question meanwhile this is refused, and the next run goes without.
    didIt(await issue(context, state, { stage, status: 'provisional', finalAfter, cover }, further));
  }
  const data = { claimId };
  const promise = issuedFor(await stateOf(context, claimId), stage)?.promise ?? null;
  if (promise !== null)
    await context.host.schedule({ name: 'cover-end', key: claimId, runAt: promise.until + 1, data });
  await context.host.schedule({ name: 'settle', key: `${claimId}/${decision.seq}`, runAt: finalAfter, data });
  // Back from the court, where nobody paid for a panel: the job for this has run.
  if (context.now() >= finalAfter) await settle(context, claimId);
};

/** The promise of the panel's receipt, where the answer is the same and its time not over. */
const keptCover = (state: QuestionState, decision: Decision, now: number): Cover | null => {
  const decided = state.receipts.findLast(({ stage }) => stage.startsWith('decided:'));
  const promise = decided?.outcome === decision.outcome ? decided.promise : null;
  return promise !== null && promise.until > now ? promise : null;
};

/** People spoke after settlement: a new final receipt, and the mark on every receipt that said otherwise. */
const announceRuling = async (context: Context, state: QuestionState, decision: Decision): Promise<void> => {
  const stage = `ruled:${decision.seq}`;
  const cover = keptCover(state, decision, context.now());
  didIt(await issue(context, state, { stage, status: 'final', finalAfter: decision.at, cover }));
  await markOverturned(context, state.claimId, stage);
};

/** What follows a decision; after settlement, what follows a late ruling. */
export const announce = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const { decision } = state;
  if (decision === null) return;
  if (state.phase === 'final') return decision.late ? announceRuling(context, state, decision) : undefined;
  return decision.by === 'panel' ? announcePanel(context, state, decision) : settle(context, claimId);
};

const STATES_ANSWER = /^(?:decided:|ruled:|final$)/;

/** Marks every earlier answer that court or people now say is wrong. That nobody could decide says nothing of the answer. */
const markOverturned = async (context: Context, claimId: string, stage: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const ruling = issuedFor(state, stage);
  const { decision } = state;
  const spoke = decision?.by === 'people' || decision?.decidedBy.kind === 'court';
  if (ruling === undefined || !spoke) return;
  for (const old of state.receipts) {
    if (!STATES_ANSWER.test(old.stage) || old.seq >= ruling.seq || old.outcome === ruling.outcome) continue;
    if (old.outcome !== null) unwrap(await overturn(context, state, old, ruling.receiptId));
  }
};

/**
 * Settles a decided question whose window has passed: stakes are paid in one transaction.
 * @throws {SuretyError} `question.too-early` where the job's clock is ahead of ours: it is tried again
 */
export const settle = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const { decision } = state;
  if (state.phase !== 'decided' || decision === null) return;
  // What is before the court waits for it.
  if (state.contested) return;
  const at = context.now();
  const stream = marketStream(claimId);
  const moves: LedgerMove[] = [
    { stream, event: { kind: 'settled', at } },
    ...settlementOf(state).map(({ account, amountMicroUsd, reason }) => ({
      stream: accountStream(account),
      event: { kind: 'received' as const, amountMicroUsd, from: { stream, purpose: reason }, at },
    })),
  ];
  const done = await transfer(context.host, moves, [feedMove('settled', claimId, at)]);
  if (!done.ok && done.problem.code === 'question.too-early') throw new SuretyError(done.problem);
  didIt(done);
};

/** After settlement: the final receipt, and the mark on an answer that people overturned. */
export const conclude = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const { decision } = state;
  if (state.phase !== 'final' || decision === null || decision.late) return;
  const cover = keptCover(state, decision, context.now());
  didIt(await issue(context, state, { stage: 'final', status: 'final', finalAfter: context.now(), cover }));
  await markOverturned(context, claimId, 'final');
};
