/** A token bucket per subscriber, as addresses tell: 64 bits of IPv6 are one. Generous: it stops floods, not use. */
import type { Problem } from '@surety/core';
import type { RouteName } from '@surety/protocol';
import { subscriberOf } from '../places/network.ts';

/**
 * What costs more than one token: a market, a wallet signature (4 ms), a new passkey, which is kept for ever (20 a second, 40 at
 * once), up to 256 session signatures, cases that are read from a chain, development money.
 */
const COST: { readonly [N in RouteName]?: number } = {
  ask: 200,
  actBatch: 32,
  delegate: 20,
  makePasskey: 500,
  read: 20,
  chainCases: 10,
  chainCase: 10,
  faucet: 100,
};

const MAX_REMOTES = 10_000;

export type RateLimit = {
  /** Takes tokens for one request; the problem when there are not enough. */
  readonly take: (remote: string, route: RouteName | undefined) => Problem | undefined;
};

/**
 * @param options.now milliseconds that never go back
 */
export const createRateLimit = (options: {
  readonly perSecond: number;
  readonly burst: number;
  readonly now: () => number;
}): RateLimit => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: (remote, route) => {
      const subscriber = subscriberOf(remote);
      const now = options.now();
      const bucket = buckets.get(subscriber) ?? { tokens: options.burst, at: now };
      const cost = (route && COST[route]) ?? 1;
      const refilled = bucket.tokens + ((now - bucket.at) * options.perSecond) / 1000;
      bucket.tokens = Math.min(options.burst, refilled);
      bucket.at = now;
      // Re-inserting keeps the map in order of use, so that the first entry is the one longest unused.
      buckets.delete(subscriber);
      buckets.set(subscriber, bucket);
      if (buckets.size > MAX_REMOTES) buckets.delete(buckets.keys().next().value!);
      if (bucket.tokens < cost) {
        return {
          code: 'rate.limited',
          message: `More than ${options.perSecond} requests a second came from ${remote}.`,
          next: 'Slow down, batch actions (POST /v1/actions/batch), or follow a stream instead of polling.',
          limit: `${options.perSecond} per second, ${options.burst} at once`,
        };
      }
      bucket.tokens -= cost;
      return undefined;
    },
  };
};
