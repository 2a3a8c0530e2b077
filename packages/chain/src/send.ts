/**
 * Sending one transaction.
 *
 * Every transaction of a key takes the nonce after the last *mined* one, and the next waits until it is mined or given
 * up. So at most one of the transactions ever sent under a nonce counts: a resend after a crash replaces the lost
 * transaction instead of joining it, and nothing is done twice even where a contract would allow it.
 */
import type { Problem } from '@surety/core';
import { BaseError, type Hex, keccak256, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';

import { type Chain, signerOf } from './client.ts';
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

const REPLACE = /replacement transaction underpriced|underpriced|fee too low/i;
const KNOWN = /already known|already imported|known transaction/i;

/** Higher bids in percent of the estimate, by which a transaction stuck under the same nonce is outbid. */
const BIDS = [130n, 170n, 250n, 400n];

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const findReceipt = async (chain: Chain, hash: Hex): Promise<TransactionReceipt | undefined> => {
  try {
    return await chain.reader.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
};

const waitMined = async (chain: Chain, hash: Hex, timeoutSeconds: number): Promise<Sent> => {
  const lost: Sent = {
    kind: 'lost',
    hash,
    problem: {
      code: 'chain.lost',
      message: `Transaction ${hash} was not mined within ${timeoutSeconds} s.`,
      next: 'Send the same intent again; it takes effect once.',
      value: hash,
    },
  };
  let waited = 0;
  for (let pause = 10; waited <= timeoutSeconds * 1000; pause = Math.min(pause * 2, 1000)) {
    const receipt = await findReceipt(chain, hash);
    if (receipt?.status === 'success') {
      return { kind: 'mined', hash, blockNumber: receipt.blockNumber, gasUsed: receipt.gasUsed };
    }
    if (receipt !== undefined) return { kind: 'reverted', hash };
    await sleep(pause);
    waited += pause;
  }
  return lost;
};

const broadcast = async (chain: Chain, call: Call): Promise<Hex> => {
  const account = signerOf(chain);
  const { reader, chainId } = chain;
  const value = call.value ?? 0n;
  const [nonce, gas, fees] = await Promise.all([
    reader.getTransactionCount({ address: account.address, blockTag: 'latest' }),
    reader.estimateGas({ account, to: call.to, data: call.data, value }),
    reader.estimateFeesPerGas(),
  ]);
  const bidWith = async (bid: bigint, higher: readonly bigint[]): Promise<Hex> => {
    const signed = await account.signTransaction({
      type: 'eip1559',
      chainId,
      nonce,
      to: call.to,
      data: call.data,
      value,
      gas: (gas * 6n) / 5n,
      maxFeePerGas: (fees.maxFeePerGas * bid) / 100n,
      maxPriorityFeePerGas: (fees.maxPriorityFeePerGas * bid) / 100n,
    });
    try {
      return await reader.sendRawTransaction({ serializedTransaction: signed });
    } catch (error) {
      const text = error instanceof BaseError ? `${error.message} ${error.details}` : '';
      if (KNOWN.test(text)) return keccak256(signed);
      const [next, ...rest] = higher;
      if (!REPLACE.test(text) || next === undefined) throw error;
      return bidWith(next, rest);
    }
  };
  return bidWith(100n, BIDS);
};

/** Sends one call and waits for it. Problems of the chain are data; `chain.unreachable` counts as lost. */
export const send = (chain: Chain, call: Call, options: SendOptions = {}): Promise<Sent> =>
  chain.serially(async () => {
    let hash: Hex | null = null;
    try {
      hash = await broadcast(chain, call);
      return await waitMined(chain, hash, options.timeoutSeconds ?? 60);
    } catch (error) {
      const problem = problemOf(error, chain.rpcUrl);
      return hash !== null || problem.code === 'chain.unreachable'
        ? { kind: 'lost', hash, problem }
        : { kind: 'refused', problem };
    }
  });
