/** Reading the Arbiter's state: single claims, disputes, money, and what its deployment fixes. */
import { type Result, refuse } from '@surety/core';
import { type Hex, isAddressEqual } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { firstBlockSince } from '../finality.ts';
import { Arbiter, DevDollar } from '../generated/index.ts';
import type { Contracts } from '../plan.ts';
import { CLAIM_STATES, type ClaimState, TURNS, type Turn } from './claim.ts';
import type { Prepayment } from './fold.ts';

const { abi } = Arbiter;

export type SecondsRange = { readonly leastSeconds: number; readonly mostSeconds: number };

/** What a deployment fixes. */
export type DeployedTerms = {
  /** Shares of a bond in parts per million: a challenger's stake, who refutes gets, what is burnt at least. */
  readonly stakePpm: bigint;
  readonly rewardPpm: bigint;
  readonly burnPpm: bigint;
  readonly leastBondMicroUsd: bigint;
  /** What windows and clocks may be, seconds. */
  readonly window: SecondsRange;
  readonly clock: SecondsRange;
  /** Gas that a question prepays, at twice the base fee or at `leastGasPriceWei` if that is more. */
  readonly answerGas: bigint;
  readonly leastGasPriceWei: bigint;
};

/** `chain.not-deployed` where there is no Arbiter. */
export const readTerms = async (
  chain: Chain,
  { arbiter }: Pick<Contracts, 'arbiter'>,
): Promise<Result<DeployedTerms>> => {
  const terms = await attempt(chain, async () => {
    const at = { abi, address: arbiter } as const;
    const [shares, answerGas, leastGasPriceWei, leastWindow, mostWindow, leastClock, mostClock] = await Promise.all([
      chain.reader.readContract({ ...at, functionName: 'shares' }),
      chain.reader.readContract({ ...at, functionName: 'ANSWER_GAS' }),
      chain.reader.readContract({ ...at, functionName: 'LEAST_GAS_PRICE' }),
      chain.reader.readContract({ ...at, functionName: 'MIN_WINDOW_SECONDS' }),
      chain.reader.readContract({ ...at, functionName: 'MAX_WINDOW_SECONDS' }),
      chain.reader.readContract({ ...at, functionName: 'MIN_CLOCK_SECONDS' }),
      chain.reader.readContract({ ...at, functionName: 'MAX_CLOCK_SECONDS' }),
    ]);
    return {
      stakePpm: BigInt(shares.stakePpm),
      rewardPpm: BigInt(shares.rewardPpm),
      burnPpm: BigInt(shares.burnPpm),
      leastBondMicroUsd: shares.leastBond,
      window: { leastSeconds: leastWindow, mostSeconds: mostWindow },
      clock: { leastSeconds: leastClock, mostSeconds: mostClock },
      answerGas,
      leastGasPriceWei,
    };
  });
  if (terms.ok || terms.problem.code !== 'chain.not-deployed') return terms;
  return refuse({
    code: 'chain.not-deployed',
    message: `Chain ${chain.chainId} has no Arbiter at ${arbiter}.`,
    next: 'Run "surety deploy" there once, or name another chain or contract (--rpc-url, --arbiter).',
    field: 'arbiter',
    value: arbiter,
  });
};

/** What a question is to prepay, wei: with room for three full blocks before it is mined. */
export const prepaymentFor = (
  { answerGas, leastGasPriceWei }: DeployedTerms,
  { baseFeeWei }: { readonly baseFeeWei: bigint },
): bigint => {
  const price = 3n * baseFeeWei;
  return answerGas * (price > leastGasPriceWei ? price : leastGasPriceWei);
};

export type ClaimStatus = {
  readonly state: ClaimState;
  /** Unix seconds, the last at which a dispute may begin. */
  readonly windowEndsAt: number;
  readonly disputes: number;
  readonly openDisputes: number;
  readonly coveredMicroUsd: bigint;
};

/** A claim at the newest block; state `none` for an id that is not known. */
export const readClaim = (
  chain: Chain,
  { arbiter }: Pick<Contracts, 'arbiter'>,
  claimId: Hex,
): Promise<Result<ClaimStatus>> =>
  attempt(chain, async () => {
    const status = await chain.reader.readContract({
      abi,
      address: arbiter,
      functionName: 'statusOf',
      args: [claimId],
    });
    return {
      state: CLAIM_STATES[status.state] ?? 'none',
      windowEndsAt: status.windowEnd,
      disputes: status.disputes,
      openDisputes: status.openDisputes,
      coveredMicroUsd: status.covered,
    };
  });

export type DisputeStatus = {
  readonly challenger: Hex;
  readonly turn: Turn;
  /** Unix seconds, the last at which the side whose move it is may move. */
  readonly runsOutAt: number;
  /** What is left of the other side's clock. */
  readonly otherSeconds: number;
  readonly questions: number;
  readonly questionHash: Hex;
  readonly record: Hex;
  readonly prepaidWei: bigint;
};

/** A dispute at the newest block; turn `none` for one that is not known. */
export const readDispute = (
  chain: Chain,
  { arbiter }: Pick<Contracts, 'arbiter'>,
  claimId: Hex,
  disputeId: bigint,
): Promise<Result<DisputeStatus>> =>
  attempt(chain, async () => {
    const found = await chain.reader.readContract({
      abi,
      address: arbiter,
      functionName: 'disputeOf',
      args: [claimId, Number(disputeId)],
    });
    return {
      challenger: found.challenger,
      turn: TURNS[found.turn] ?? 'none',
      runsOutAt: found.deadline,
      otherSeconds: found.otherSeconds,
      questions: found.questions,
      questionHash: found.questionHash,
      record: found.record,
      prepaidWei: found.prepaid,
    };
  });

/** An account's money inside the Arbiter and beside it. */
export type ArbiterMoney = {
  /** May be locked in claims and disputes, or withdrawn. */
  readonly balanceMicroUsd: bigint;
  /** Paid for answers, or prepaid and not spent; may be withdrawn. */
  readonly owedWei: bigint;
  /** Tokens outside of the Arbiter. */
  readonly dollarsMicroUsd: bigint;
  /** Native currency of the account itself. */
  readonly nativeWei: bigint;
};

export const readMoney = (
  chain: Chain,
  { arbiter, dollar }: Pick<Contracts, 'arbiter' | 'dollar'>,
  account: Hex,
): Promise<Result<ArbiterMoney>> =>
  attempt(chain, async () => {
    const of = { abi, address: arbiter, args: [account] } as const;
    const [balanceMicroUsd, owedWei, dollarsMicroUsd, nativeWei] = await Promise.all([
      chain.reader.readContract({ ...of, functionName: 'balanceOf' }),
      chain.reader.readContract({ ...of, functionName: 'owedNative' }),
      chain.reader.readContract({ abi: DevDollar.abi, address: dollar, functionName: 'balanceOf', args: [account] }),
      chain.reader.getBalance({ address: account }),
    ]);
    return { balanceMicroUsd, owedWei, dollarsMicroUsd, nativeWei };
  });

/** What an account prepaid for answers since a moment (unix seconds), wei. */
export const prepaidSince = (
  chain: Chain,
  prepaid: readonly Prepayment[],
  account: Hex,
  sinceSeconds: number,
): Promise<Result<bigint>> =>
  attempt(chain, async () => {
    let sum = 0n;
    // From the newest back: the first one that is too old ends it.
    for (const each of prepaid.filter(({ challenger }) => isAddressEqual(challenger, account)).toReversed()) {
      const at = each.at ?? Number((await chain.reader.getBlock({ blockNumber: each.block })).timestamp);
      if (at < sinceSeconds) break;
      sum += each.wei;
    }
    return sum;
  });

/** Longest life of a claim: window and both clocks at their largest. */
export const LONGEST_CLAIM_SECONDS = 44 * 86_400;

/** The first block that can hold a claim which is still open, by the chain's own times. */
export const firstBlockOfInterest = (chain: Chain): Promise<Result<bigint>> =>
  firstBlockSince(chain, LONGEST_CLAIM_SECONDS);
