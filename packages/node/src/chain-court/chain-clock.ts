/** A chain's time between its blocks, which may be rare: where it stands when a block is first seen, and on as the own clock goes. */
import { type Chain, readChainTime } from '@surety/chain';

type Head = { readonly hash: string; readonly timestamp: number };

/**
 * @param now unix seconds of the own clock, of which differences alone count
 * @returns what says the chain's time at a block that is its newest, unix seconds
 */
export const createChainClock = (chain: Chain, now: () => number): ((head: Head) => Promise<number>) => {
  let seen = { hash: '', chainSeconds: 0, ownSeconds: 0 };
  return async ({ hash, timestamp }) => {
    if (hash !== seen.hash) {
      // A chain that does not say what its next block would have is taken to be at its newest.
      const next = await readChainTime(chain);
      seen = { hash, chainSeconds: Math.max(timestamp, next.ok ? next.value : 0), ownSeconds: now() };
    }
    return seen.chainSeconds + Math.max(0, now() - seen.ownSeconds);
  };
};
