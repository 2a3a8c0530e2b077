/** Signing a call under the next nonce and handing it to the chain, outbidding whatever is stuck there. */
import { BaseError, type Hex, keccak256 } from 'viem';

import { type Chain, signerOf } from './client.ts';
import type { Call } from './send.ts';

/** A transaction on its way. */
export type Flight = { readonly hash: Hex; readonly nonce: number };

/** What nodes say of a bid that is too low for the nonce, of a transaction they have, and of a nonce that is used. */
const UNDERPRICED = /underpriced|fee too low/i;
const KNOWN = /already known|already imported|known transaction/i;
const USED = /nonce (is )?too low|nonce .*already been used|lower than the current nonce/i;

/** Higher bids in percent of the estimate. */
const BIDS = [130n, 170n, 250n, 400n];

const latestNonce = (chain: Chain): Promise<number> =>
  chain.reader.getTransactionCount({ address: signerOf(chain).address, blockTag: 'latest' });

/** Whether some transaction has been mined under the flight's nonce. */
export const nonceTaken = async (chain: Chain, flight: Flight): Promise<boolean> =>
  (await latestNonce(chain)) > flight.nonce;

const textOf = (error: unknown): string => (error instanceof BaseError ? `${error.message} ${error.details}` : '');

/** Whether a chain's refusal only says that another transaction of the same key was faster or pays more. */
export const isContended = (error: unknown): boolean => UNDERPRICED.test(textOf(error)) || USED.test(textOf(error));

const broadcastOnce = async (chain: Chain, call: Call): Promise<Flight> => {
  const account = signerOf(chain);
  const { reader, chainId } = chain;
  const value = call.value ?? 0n;
  const [nonce, gas, fees] = await Promise.all([
    latestNonce(chain),
    // Also asks the contract: a call that would revert is never sent.
    reader.estimateGas({ account, to: call.to, data: call.data, value }),
    reader.estimateFeesPerGas(),
  ]);
  const bidWith = async (bid: bigint, higher: readonly bigint[]): Promise<Flight> => {
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
    const flight = { hash: keccak256(signed), nonce };
    try {
      await reader.sendRawTransaction({ serializedTransaction: signed });
      return flight;
    } catch (error) {
      if (KNOWN.test(textOf(error))) return flight;
      const [next, ...rest] = higher;
      if (!UNDERPRICED.test(textOf(error)) || next === undefined) throw error;
      return bidWith(next, rest);
    }
  };
  return bidWith(100n, BIDS);
};

/** Sends a call; starts over when another process with the same key was faster, at most three times. */
export const broadcast = async (chain: Chain, call: Call, tries = 3): Promise<Flight> => {
  try {
    return await broadcastOnce(chain, call);
  } catch (error) {
    if (tries <= 1 || !USED.test(textOf(error))) throw error;
    return broadcast(chain, call, tries - 1);
  }
};
