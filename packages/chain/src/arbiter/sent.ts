/** What a transaction did to the Arbiter, beyond its events: who sent it, when, and the proof that it carried. */
import type { Result } from '@surety/core';
import { decodeFunctionData, getAddress, type Hex, isAddressEqual } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { Arbiter } from '../generated/index.ts';
import type { Contracts } from '../plan.ts';

export type Sent = {
  readonly by: Hex;
  /** Of its block, unix seconds. */
  readonly at: number;
  /** The method it called; `null` where it went to another contract first. */
  readonly method: string | null;
  /** The proof of `refute` and `prove`. */
  readonly proof: Hex | null;
};

const callOf = (input: Hex): Pick<Sent, 'method' | 'proof'> => {
  try {
    const { functionName, args } = decodeFunctionData({ abi: Arbiter.abi, data: input });
    const proof = functionName === 'refute' ? args[2] : functionName === 'prove' ? args[1] : null;
    return { method: functionName, proof };
  } catch {
    return { method: null, proof: null };
  }
};

/** A transaction that is in the chain. */
export const readSent = (
  chain: Chain,
  { arbiter }: Pick<Contracts, 'arbiter'>,
  transaction: Hex,
): Promise<Result<Sent>> =>
  attempt(chain, async () => {
    const { from, to, input, blockNumber } = await chain.reader.getTransaction({ hash: transaction });
    const { timestamp } = await chain.reader.getBlock({ blockNumber: blockNumber! });
    const direct = to !== null && isAddressEqual(to, arbiter);
    return { by: getAddress(from), at: Number(timestamp), ...(direct ? callOf(input) : { method: null, proof: null }) };
  });
