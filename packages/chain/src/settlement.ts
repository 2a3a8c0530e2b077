/** Reading the settlement contract: deposits to credit, roots that were posted, money that was paid. */
import { ok, type Result, refuse } from '@surety/core';
import type { Hex } from 'viem';

import { attempt, type Chain } from './client.ts';
import { type Finality, finalBlock } from './finality.ts';
import { DevDollar, Settlement } from './generated/index.ts';
import type { Contracts } from './plan.ts';

const { abi } = Settlement;

/** One deposit as the contract keeps it. */
export type Deposit = {
  /** 1, 2, 3, … in the order of the chain. */
  readonly id: bigint;
  readonly account: Hex;
  readonly payer: Hex;
  readonly amountMicroUsd: bigint;
  /** Unix seconds. */
  readonly paidAt: number;
  readonly reclaimed: boolean;
  /** Binds this and all earlier deposits; goes into the next root. */
  readonly commitment: Hex;
};

/** Deposits that are final, and up to which id that holds. */
export type FinalDeposits = { readonly deposits: readonly Deposit[]; readonly throughId: bigint };

const NOTHING = ['chain.history-unavailable', 'chain.not-deployed'];
const BATCH = 500n;

/**
 * Deposits after `afterId` that are final, at most 500. Credit those that are not `reclaimed`, in order, in one
 * transaction with their id; ask again after the last id. A chain that cannot show a final state yields none.
 */
export const readFinalDeposits = async (
  chain: Chain,
  contracts: Contracts,
  afterId: bigint,
  finality: Finality,
): Promise<Result<FinalDeposits>> => {
  const none: FinalDeposits = { deposits: [], throughId: afterId };
  const block = await finalBlock(chain, finality);
  if (!block.ok) return block;
  const blockNumber = block.value;
  if (blockNumber === undefined) return ok(none);
  const read = await attempt(chain, () =>
    chain.reader.readContract({
      abi,
      address: contracts.settlement,
      functionName: 'depositsBetween',
      args: [afterId, afterId + BATCH],
      blockNumber,
    }),
  );
  if (!read.ok) return NOTHING.includes(read.problem.code) ? ok(none) : refuse(read.problem);
  const deposits = read.value.map((entry, i) => ({
    id: afterId + BigInt(i) + 1n,
    account: entry.account,
    payer: entry.payer,
    amountMicroUsd: entry.amount,
    paidAt: Number(entry.paidAt),
    reclaimed: entry.reclaimed,
    commitment: entry.commitment,
  }));
  return ok({ deposits, throughId: afterId + BigInt(deposits.length) });
};

/** The newest root, whether people can still trade, and what the next root may sum to. */
export type SettlementState = {
  readonly mode: 'active' | 'exiting';
  readonly rootCount: bigint;
  readonly lastRoot: {
    readonly number: bigint;
    readonly hash: Hex;
    readonly sumMicroUsd: bigint;
    readonly depositsThrough: bigint;
    readonly journalPosition: bigint;
    /** Unix seconds; 0 when no root was posted yet. */
    readonly postedAt: number;
  };
  readonly depositCount: bigint;
  readonly withdrawnTotalMicroUsd: bigint;
};

/** The contract's state at the newest block: for posting the next root, not for crediting anybody. */
export const readSettlement = (chain: Chain, contracts: Contracts): Promise<Result<SettlementState>> =>
  attempt(chain, async () => {
    const blockNumber = await chain.reader.getBlockNumber({ cacheTime: 0 });
    const at = { abi, address: contracts.settlement, blockNumber } as const;
    const rootCount = await chain.reader.readContract({ ...at, functionName: 'rootCount' });
    const [mode, root, depositCount, withdrawnTotalMicroUsd] = await Promise.all([
      chain.reader.readContract({ ...at, functionName: 'mode' }),
      chain.reader.readContract({ ...at, functionName: 'roots', args: [rootCount] }),
      chain.reader.readContract({ ...at, functionName: 'depositCount' }),
      chain.reader.readContract({ ...at, functionName: 'withdrawnTotal' }),
    ]);
    return {
      mode: mode === 0 ? 'active' : 'exiting',
      rootCount,
      lastRoot: {
        number: rootCount,
        hash: root.hash,
        sumMicroUsd: root.sum,
        depositsThrough: root.depositsThrough,
        journalPosition: root.journalPosition,
        postedAt: Number(root.postedAt),
      },
      depositCount,
      withdrawnTotalMicroUsd,
    };
  });

/** What the next root may count, were it built upon these deposits. */
export type Backing = {
  /** Most that its leaves may sum to, micro-USD. */
  readonly limitMicroUsd: bigint;
  /** The contract's commitment of the deposit; zero where it holds none of this id. */
  readonly commitment: Hex;
};

/**
 * What the contract would hold a root to that counts deposits up to `depositsThrough`, at the newest block. Ask only for
 * deposits from the last root's on.
 */
export const readBacking = (chain: Chain, contracts: Contracts, depositsThrough: bigint): Promise<Result<Backing>> =>
  attempt(chain, async () => {
    const blockNumber = await chain.reader.getBlockNumber({ cacheTime: 0 });
    const at = { abi, address: contracts.settlement, blockNumber, args: [depositsThrough] } as const;
    const { commitment, amount } = await chain.reader.readContract({ ...at, functionName: 'deposits' });
    // A deposit that is not there would be subtracted from what is.
    const backed = amount > 0n || depositsThrough === 0n;
    const limitMicroUsd = backed ? await chain.reader.readContract({ ...at, functionName: 'backing' }) : 0n;
    return { limitMicroUsd, commitment };
  });

/** Calls a reader with at most 500 accounts at a time and joins the answers. */
const inBatches = async <T>(
  accounts: readonly Hex[],
  read: (batch: readonly Hex[]) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  const answers: T[] = [];
  for (let i = 0; i < accounts.length; i += Number(BATCH)) {
    answers.push(...(await read(accounts.slice(i, i + Number(BATCH)))));
  }
  return answers;
};

/** All that the contract ever paid to each of these accounts, in micro-USD: `withdrawnMicroUsd` of their next leaves. */
export const readWithdrawn = (
  chain: Chain,
  contracts: Contracts,
  accounts: readonly Hex[],
): Promise<Result<readonly bigint[]>> =>
  attempt(chain, () =>
    inBatches(accounts, (batch) =>
      chain.reader.readContract({
        abi,
        address: contracts.settlement,
        functionName: 'withdrawnOf',
        args: [batch],
      }),
    ),
  );

/** A demand on chain to authorise all of an account's cash. */
export type ForcedRequest = {
  readonly account: Hex;
  /** Unix seconds; unanswered by then, anybody may start exit mode. */
  readonly deadline: number;
  /** Only a root after this one answers it. */
  readonly afterRoot: bigint;
};

/** The open demands among these accounts. An operator asks before every root; see `spec/05-settlement.md`. */
export const readForced = (
  chain: Chain,
  contracts: Contracts,
  accounts: readonly Hex[],
): Promise<Result<readonly ForcedRequest[]>> =>
  attempt(chain, async () => {
    const all = await inBatches(accounts, (batch) =>
      chain.reader.readContract({ abi, address: contracts.settlement, functionName: 'forcedOf', args: [batch] }),
    );
    return all.flatMap(({ deadline, afterRoot }, i) =>
      deadline === 0n ? [] : [{ account: accounts[i]!, deadline: Number(deadline), afterRoot }],
    );
  });

/** An account's tokens outside of Surety, in micro-USD. */
export const readDollars = (chain: Chain, contracts: Contracts, account: Hex): Promise<Result<bigint>> =>
  attempt(chain, () =>
    chain.reader.readContract({
      abi: DevDollar.abi,
      address: contracts.dollar,
      functionName: 'balanceOf',
      args: [account],
    }),
  );
