/**
 * When a block counts as final. Chains rewind: a public one by reorganisation, a local one to its last saved state.
 */
import type { Result } from '@surety/core';

import { attempt, type Chain } from './client.ts';

export type Finality =
  /** So many blocks on top of it. 0 trusts the newest block: for tests only. */
  | { readonly kind: 'depth'; readonly blocks: number }
  /** The chain's own word (proof of stake). */
  | { readonly kind: 'tag'; readonly tag: 'safe' | 'finalized' }
  /**
   * At least so old by the given clock. For a local chain that saves its state every few seconds: choose more than twice
   * that interval, and what is final has been saved.
   */
  | { readonly kind: 'age'; readonly seconds: number; readonly nowSeconds: () => number };

/** The newest block that is old enough: doubling steps back from the head, then halving in between. */
export const newestBefore = async (chain: Chain, head: bigint, cutoff: bigint): Promise<bigint | undefined> => {
  const young = async (blockNumber: bigint): Promise<boolean> =>
    (await chain.reader.getBlock({ blockNumber })).timestamp > cutoff;
  if (!(await young(head))) return head;
  let high = head;
  let step = 1n;
  while (high - step > 0n && (await young(high - step))) {
    high -= step;
    step *= 2n;
  }
  let low = high - step > 0n ? high - step : 0n;
  if (low === 0n && (await young(0n))) return undefined;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await young(middle)) high = middle;
    else low = middle;
  }
  return low;
};

/** The newest block that is at least so much older than the head, by the chain's own times; the first one where there is none. */
export const firstBlockSince = (chain: Chain, seconds: number): Promise<Result<bigint>> =>
  attempt(chain, async () => {
    const { number, timestamp } = await chain.reader.getBlock();
    return (await newestBefore(chain, number, timestamp - BigInt(seconds))) ?? 0n;
  });

/** Number of the newest final block; `undefined` when there is none yet. */
export const finalBlock = (chain: Chain, finality: Finality): Promise<Result<bigint | undefined>> =>
  attempt(chain, async () => {
    if (finality.kind === 'tag') return (await chain.reader.getBlock({ blockTag: finality.tag })).number;
    const head = await chain.reader.getBlockNumber({ cacheTime: 0 });
    if (finality.kind === 'age') {
      return newestBefore(chain, head, BigInt(finality.nowSeconds() - finality.seconds));
    }
    const depth = BigInt(finality.blocks);
    return head >= depth ? head - depth : undefined;
  });
