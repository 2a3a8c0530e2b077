/**
 * Sending one transaction.
 *
 * Every transaction of a key takes the nonce after the last *mined* one, and the next waits until it is mined or given
 * up. So at most one of the transactions ever sent under a nonce counts: a resend after a crash replaces the lost
 * transaction instead of joining it, and nothing is done twice even where a contract would allow it.
 */
import type { Problem } from '@surety/core';
import { type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';

import { broadcast, type Flight, isContended, nonceTaken } from './broadcast.ts';
import type { Chain } from './client.ts';
import { problemOf } from './problems.ts';

export type Call = { readonly to: Hex; readonly data: Hex; readonly value?: bigint };

export type Sent =
  | { readonly kind: 'mined'; readonly hash: Hex; readonly blockNumber: bigint; readonly gasUsed: bigint }
  /** Mined, but reverted: nothing happened except that gas was spent. */
  | { readonly kind: 'reverted'; readonly hash: Hex }
  /** Unknown whether it will be mined. */
  | { readonly kind: 'lost'; readonly hash: Hex | null; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem };

export type SendOptions = {
  /** Seconds to wait for the transaction to be mined; default 60. */
  readonly timeoutSeconds?: number;
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

const waitMined = async (chain: Chain, flight: Flight, timeoutSeconds: number): Promise<Sent> => {
  const { hash } = flight;
  let waited = 0;
  for (let pause = 10; waited <= timeoutSeconds * 1000; pause = Math.min(pause * 2, 1000)) {
    // Asked before the receipt: a nonce that is taken while there is no receipt was taken by another transaction.
    const taken = await nonceTaken(chain, flight);
    const receipt = await findReceipt(chain, hash);
    if (receipt?.status === 'success') {
      return { kind: 'mined', hash, blockNumber: receipt.blockNumber, gasUsed: receipt.gasUsed };
    }
    if (receipt !== undefined) return { kind: 'reverted', hash };
    if (taken) return lost(hash, 'was overtaken by another one of the same key');
    await sleep(pause);
    waited += pause;
  }
  return lost(hash, `was not mined within ${timeoutSeconds} s`);
};

/** Sends one call and waits for it. Problems of the chain are data; what may still be mined counts as lost. */
export const send = (chain: Chain, call: Call, options: SendOptions = {}): Promise<Sent> =>
  chain.serially(async () => {
    let flight: Flight | undefined;
    try {
      flight = await broadcast(chain, call);
      return await waitMined(chain, flight, options.timeoutSeconds ?? 60);
    } catch (error) {
      const problem = problemOf(error, chain.rpcUrl);
      const unsure = flight !== undefined || problem.code === 'chain.unreachable' || isContended(error);
      return unsure ? { kind: 'lost', hash: flight?.hash ?? null, problem } : { kind: 'refused', problem };
    }
  });
