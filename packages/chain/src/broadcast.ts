/** Signing a call under the next nonce and handing it to the chain, outbidding whatever is stuck there. */
import { SuretyError } from '@surety/core';
import { BaseError, type Hex, keccak256 } from 'viem';

import { type Chain, signerOf } from './client.ts';
import type { Call } from './send.ts';

type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };

/** A call on its way under one nonce, by one transaction or by several that outbid each other. */
export type Flight = {
  /** The newest transaction first. */
  readonly hashes: readonly [Hex, ...Hex[]];
  readonly nonce: number;
  readonly gas: bigint;
  /** What the newest one bids, and the first one did. */
  readonly fees: Fees;
  readonly firstFees: Fees;
};

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

const times = ({ maxFeePerGas, maxPriorityFeePerGas }: Fees, percent: bigint): Fees => ({
  maxFeePerGas: (maxFeePerGas * percent + 99n) / 100n,
  maxPriorityFeePerGas: (maxPriorityFeePerGas * percent + 99n) / 100n,
});

const signAndSend = async (chain: Chain, call: Call, bid: Pick<Flight, 'nonce' | 'gas' | 'fees'>): Promise<Hex> => {
  const signed = await signerOf(chain).signTransaction({
    type: 'eip1559',
    chainId: chain.chainId,
    to: call.to,
    data: call.data,
    value: call.value ?? 0n,
    nonce: bid.nonce,
    gas: bid.gas,
    ...bid.fees,
  });
  try {
    await chain.reader.sendRawTransaction({ serializedTransaction: signed });
  } catch (error) {
    if (!KNOWN.test(textOf(error))) throw error;
  }
  return keccak256(signed);
};

const tooDear = ({ to, mostGas }: Call, estimate: bigint): SuretyError =>
  new SuretyError({
    code: 'chain.gas-bound',
    message: `The call to ${to} would take ${estimate} gas, more than such a call may.`,
    next: 'Nothing was sent. Look at what the contract does now; the bound is no limit of the chain.',
    field: 'gas',
    value: String(estimate),
    limit: String(mostGas),
  });

const broadcastOnce = async (chain: Chain, call: Call): Promise<Flight> => {
  const account = signerOf(chain);
  const { reader } = chain;
  const value = call.value ?? 0n;
  const [nonce, fees] = await Promise.all([latestNonce(chain), reader.estimateFeesPerGas()]);
  // Also asks the contract: a call that would revert is never sent. At its price, for what an answer is paid depends on it, and
  // with it what the answer costs.
  const estimate = await reader.estimateGas({ account, to: call.to, data: call.data, value, ...fees });
  if (call.mostGas !== undefined && estimate > call.mostGas) throw tooDear(call, estimate);
  const gas = (estimate * 6n) / 5n;
  const bidWith = async (percent: bigint, higher: readonly bigint[]): Promise<Flight> => {
    const bid = times(fees, percent);
    try {
      return {
        hashes: [await signAndSend(chain, call, { nonce, gas, fees: bid })],
        nonce,
        gas,
        fees: bid,
        firstFees: bid,
      };
    } catch (error) {
      const [next, ...rest] = higher;
      if (!UNDERPRICED.test(textOf(error)) || next === undefined) throw error;
      return bidWith(next, rest);
    }
  };
  return bidWith(100n, BIDS);
};

/** Raises by which nodes take a transaction for a better one (they ask for 10 %), and the most that is ever bid. */
const RAISE = 125n;
const MOST = 1_000n;

const most = (a: bigint, b: bigint): bigint => {
  if (a > b) return a;
  return b;
};

const larger = (a: Fees, b: Fees): Fees => ({
  maxFeePerGas: most(a.maxFeePerGas, b.maxFeePerGas),
  maxPriorityFeePerGas: most(a.maxPriorityFeePerGas, b.maxPriorityFeePerGas),
});

/**
 * Sends a call that is not mined yet once more, for a quarter more up to ten times the first bid; a chain that has lost or
 * dropped the earlier transactions gets a new one. Refusals change nothing: the earlier ones may still be mined.
 */
export const outbid = async (chain: Chain, call: Call, flight: Flight): Promise<Flight> => {
  try {
    const now = await chain.reader.estimateFeesPerGas();
    const raised = larger(now, times(flight.fees, RAISE));
    const fees = raised.maxFeePerGas > times(flight.firstFees, MOST).maxFeePerGas ? flight.fees : raised;
    const hash = await signAndSend(chain, call, { ...flight, fees });
    return { ...flight, fees, hashes: flight.hashes.includes(hash) ? flight.hashes : [hash, ...flight.hashes] };
  } catch (error) {
    if (error instanceof BaseError) return flight;
    throw error;
  }
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
