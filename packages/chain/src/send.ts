/**
 * Sending one transaction.
 *
 * Every transaction of a key takes the nonce after the last *mined* one, and the next waits until it is mined or given
 * up. So at most one of the transactions ever sent under a nonce counts: a resend after a crash replaces the lost
 * transaction instead of joining it, and nothing is done twice even where a contract would allow it.
 */
import type { Problem } from '@surety/core';
import { type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';

import { broadcast, type Flight, isContended, nonceTaken, outbid } from './broadcast.ts';
import type { Chain } from './client.ts';
import { problemOf } from './problems.ts';

export type Call = {
  readonly to: Hex;
  readonly data: Hex;
  readonly value?: bigint;
  /** The most gas that it may take: one that needs more is not sent (`chain.gas-bound`). */
  readonly mostGas?: bigint;
};

export type Sent =
  | {
      readonly kind: 'mined';
      readonly hash: Hex;
      readonly blockNumber: bigint;
      readonly gasUsed: bigint;
      /** Native currency paid for it, wei. */
      readonly feeWei: bigint;
    }
  /** Mined, but reverted: nothing happened except that gas was spent. */
  | { readonly kind: 'reverted'; readonly hash: Hex }
  /** Unknown whether it will be mined. */
  | { readonly kind: 'lost'; readonly hash: Hex | null; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem };

export type SendOptions = {
  /** Seconds to wait for the transaction to be mined; default 60. */
  readonly timeoutSeconds?: number;
  /** Seconds after which it is sent again for more, and again; default 15. */
  readonly outbidSeconds?: number;
};

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const findReceipt = async (chain: Chain, hash: Hex): Promise<TransactionReceipt | undefined> => {
  try {
    return await chain.reader.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
};

const minedIn = (receipt: TransactionReceipt): Sent => ({
  kind: 'mined',
  hash: receipt.transactionHash,
  blockNumber: receipt.blockNumber,
  gasUsed: receipt.gasUsed,
  feeWei: receipt.gasUsed * receipt.effectiveGasPrice,
});

const lost = (hash: Hex, why: string): Sent => ({
  kind: 'lost',
  hash,
  problem: {
    code: 'chain.lost',
    message: `Transaction ${hash} ${why}.`,
    next: 'Send the same intent again; it takes effect once.',
    value: hash,
  },
});

/** The receipt of whichever transaction of a flight was mined. */
const landed = async (chain: Chain, { hashes }: Flight): Promise<TransactionReceipt | undefined> => {
  for (const hash of hashes) {
    const receipt = await findReceipt(chain, hash);
    if (receipt !== undefined) return receipt;
  }
  return undefined;
};

/**
 * How long a taken nonce without a receipt is looked at again, ms: nodes count a key's transactions before they have indexed the
 * receipts of the block, and the nodes behind one address may be a block apart.
 */
const RECEIPT_LAG = 2000;

type Waiting = { readonly call: Call; readonly timeoutSeconds: number; readonly outbidSeconds: number };

const waitMined = async (chain: Chain, first: Flight, waiting: Waiting): Promise<Sent> => {
  const { call, timeoutSeconds, outbidSeconds } = waiting;
  let flight = first;
  let waited = 0;
  let nextBid = outbidSeconds * 1000;
  let takenAt: number | undefined;
  for (let pause = 10; waited <= timeoutSeconds * 1000; pause = Math.min(pause * 2, 1000, outbidSeconds * 1000)) {
    // Asked before the receipts: a nonce that is taken while there is no receipt was taken by another transaction.
    const taken = await nonceTaken(chain, flight);
    const receipt = await landed(chain, flight);
    if (receipt?.status === 'success') return minedIn(receipt);
    if (receipt !== undefined) return { kind: 'reverted', hash: receipt.transactionHash };
    if (taken) takenAt ??= waited;
    if (takenAt !== undefined && waited - takenAt >= RECEIPT_LAG)
      return lost(flight.hashes[0], 'was overtaken by another one of the same key');
    await sleep(pause);
    waited += pause;
    if (waited < nextBid || taken) continue;
    flight = await outbid(chain, call, flight);
    nextBid = waited + outbidSeconds * 1000;
  }
  return lost(flight.hashes[0], `was not mined within ${timeoutSeconds} s`);
};

/** Sends one call and waits for it. Problems of the chain are data; what may still be mined counts as lost. */
export const send = (chain: Chain, call: Call, options: SendOptions = {}): Promise<Sent> =>
  chain.serially(async () => {
    let flight: Flight | undefined;
    try {
      flight = await broadcast(chain, call);
      const { timeoutSeconds = 60, outbidSeconds = 15 } = options;
      return await waitMined(chain, flight, { call, timeoutSeconds, outbidSeconds });
    } catch (error) {
      const problem = problemOf(error, chain.rpcUrl);
      const unsure = flight !== undefined || problem.code === 'chain.unreachable' || isContended(error);
      return unsure ? { kind: 'lost', hash: flight?.hashes[0] ?? null, problem } : { kind: 'refused', problem };
    }
  });
