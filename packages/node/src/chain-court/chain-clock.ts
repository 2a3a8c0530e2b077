/** The chain's time between its blocks. */
import { type Block, type Chain, readChainTime } from '@surety/chain';

/**
 * Blocks may be rare, and the newest one hours old when it is first seen: then the chain says what time the next one would have. From
 * there on its time goes on as the own clock does.
 * @param now the own clock, unix seconds; it may be wrong, as long as it goes on
 * @returns unix seconds at which a transaction sent now would be mined, at least
 */
export const createChainClock = (
  chain: Chain,
  now: () => number,
): ((newest: Pick<Block, 'hash' | 'timestamp'>) => Promise<number>) => {
  let seen = { hash: '', seconds: 0, ownSeconds: 0 };
  return async ({ hash, timestamp }) => {
    if (hash !== seen.hash) {
      const next = await readChainTime(chain);
      // A node that does not say so is no reason to stand still.
      const seconds = next.ok ? Math.max(next.value, timestamp) : timestamp;
      seen = { hash, seconds, ownSeconds: now() };
    }
    return seen.seconds + Math.max(0, now() - seen.ownSeconds);
  };
};
