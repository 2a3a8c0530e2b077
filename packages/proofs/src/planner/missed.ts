/**
 * How likely a wrong result goes unchallenged. A liar silences any `silenced` of the watchers that found it, so one is left
 * only if more than that check, and get every transaction of their disputes in by window and clock:
 *
 *     missed <= P(Binomial(count, check) <= silenced)
 *             + (silenced + 1) * transactions * (chance that one waits too long)
 *
 * The first term is exact; the second holds however the delays hang together (union bound).
 */
import { INCLUSION_MISS_E18 } from './chain-cost.ts';
import { ceilDiv, E18, PPM, smaller } from './integers.ts';
import type { WatcherFacts } from './question.ts';

/** P(Binomial(count, check) <= silenced) in parts of 10^18; rounded up. */
export const fewCheckE18 = ({ count, checkPpm, silenced }: WatcherFacts): bigint => {
  const check = BigInt(checkPpm);
  let sum = 0n;
  let ways = 1n;
  for (let i = 0; i <= Math.min(silenced, count); i++) {
    sum += ways * check ** BigInt(i) * (PPM - check) ** BigInt(count - i);
    ways = (ways * BigInt(count - i)) / BigInt(i + 1);
  }
  return ceilDiv(sum * E18, PPM ** BigInt(count));
};

/**
 * Chance that a wrong result goes unchallenged, in parts of 10^18: 0 .. 10^18; rounded up.
 * @param transactions that a watcher needs for a whole dispute
 */
export const missedE18 = (watchers: WatcherFacts, transactions: bigint): bigint => {
  const few = fewCheckE18(watchers);
  const missed = few + BigInt(watchers.silenced + 1) * transactions * INCLUSION_MISS_E18;
  return smaller(missed, E18);
};
