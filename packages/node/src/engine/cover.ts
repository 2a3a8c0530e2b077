/**
 * Cover: what the asker is paid if a decided answer is overturned in time, reserved inside the operator's bond.
 *
 * Nobody pays a premium, so cover is kept to what cannot be milked: at most the loss that a juror is willing to risk on
 * the asker's own stake, on questions whose panel is no laxer than the default, for an asker without a bet in the
 * market, and with a limit for each beneficiary.
 */
import type { Cover } from '@surety/core';
import { DEFAULT_RULE } from '@surety/intent';
import { accountOf } from '@surety/markets';
import type { Move } from '../journal/host.ts';
import { type AccountState, freeBond } from './account.ts';
import type { Context } from './context.ts';
import { accountStream } from './ledger.ts';
import { didIt } from './outcome-of.ts';
import type { QuestionState } from './question.ts';
import { stateOf } from './resolve.ts';
import { isAsked } from './views.ts';

/** Seconds for which cover runs after a panel's decision at least: longer where a case about it can take longer. */
const LEAST_COVER_SECONDS = 7 * 86_400;
/** Between the latest end of a case and the receipt that says what came of it. */
const SLACK_SECONDS = 3_600;
/** Cover in multiples of the subsidy: L/G of the default panel, at which a vote just pays. */
const COVER_FACTOR = 9n;
const COVER_MOST_MICRO_USD = 100_000_000n;
/** Part of the bond, one in so many, that all covers of one beneficiary may take. */
const BENEFICIARY_ONE_IN = 100n;

const isCareful = ({ claim }: QuestionState): boolean =>
  claim?.rule.kind === 'panel' &&
  DEFAULT_RULE.kind === 'panel' &&
  claim.rule.quorum >= DEFAULT_RULE.quorum &&
  claim.rule.lossGainRatio >= DEFAULT_RULE.lossGainRatio;

const heldBy = ({ covers }: AccountState, beneficiary: string): bigint => {
  let held = 0n;
  for (const cover of covers.values()) if (cover.beneficiary === beneficiary) held += cover.amountMicroUsd;
  return held;
};

const least = (first: bigint, second: bigint): bigint => (second < first ? second : first);

/**
 * Cover that the payer's bond carries for a question decided by its panel, or `null`. Pure.
 * @param caseSeconds the longest time from the decision to the end of a case about it
 */
export const coverFor = (
  state: QuestionState,
  payer: AccountState,
  { now, caseSeconds }: { readonly now: number; readonly caseSeconds: number },
): Cover | null => {
  const { decision } = state;
  if (!isAsked(state) || decision === null || decision.outcome === null || decision.by !== 'panel') return null;
  const { asker, valueAtStakeMicroUsd, budgetMicroUsd } = state.claim;
  const until = decision.at + Math.max(LEAST_COVER_SECONDS, caseSeconds + SLACK_SECONDS);
  if (!isCareful(state) || accountOf(state.market, asker) !== undefined || now >= until) return null;
  const stake = BigInt(valueAtStakeMicroUsd);
  const most = least(COVER_FACTOR * BigInt(budgetMicroUsd), COVER_MOST_MICRO_USD);
  const wanted = stake > 0n ? least(stake, most) : most;
  const room = payer.bondMicroUsd / BENEFICIARY_ONE_IN - heldBy(payer, asker);
  if (wanted > least(freeBond(payer), room)) return null;
  return {
    amountMicroUsd: wanted.toString(),
    payer: payer.address,
    beneficiary: asker,
    condition: 'overturned-before-until',
    until,
  };
};

/** The move that reserves it; goes with the receipt that promises it. */
export const reserve = (claimId: string, cover: Cover, at: number): Move => ({
  stream: accountStream(cover.payer),
  event: {
    kind: 'cover-reserved',
    claimId,
    at,
    cover: { amountMicroUsd: BigInt(cover.amountMicroUsd), beneficiary: cover.beneficiary, until: cover.until },
  },
});

/** Whether an answer that carried cover was overturned while the cover ran. */
export const isDue = (state: QuestionState, until: number): boolean =>
  state.receipts.some(({ status, at }) => status === 'overturned' && at <= until);

/** The end of a cover: the bond is free again, unless the answer was overturned in time and it waits to be redeemed. */
export const endCover = async (context: Context, claimId: string): Promise<void> => {
  const stream = accountStream(context.operator.address);
  const [state, operator] = await Promise.all([stateOf(context, claimId), context.host.state<AccountState>(stream)]);
  const cover = operator.covers.get(claimId);
  const at = context.now();
  if (cover === undefined || at <= cover.until || isDue(state, cover.until)) return;
  didIt(await context.host.transact([{ stream, event: { kind: 'cover-released', claimId, at } }]));
};
