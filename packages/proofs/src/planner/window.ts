/**
 * The least window and clock. In its window a watcher has to see the claim, fetch and run the program, sit out as much
 * censorship as the gain of a lie pays for, and then get one transaction in. On its clock a side has to get one in for every
 * question that a dispute may have, with the censorship once: seconds in which nobody passes are paid for, whichever move
 * they hit.
 */
import { censorSeconds, inclusionMilliseconds, settleMilliseconds } from './chain-cost.ts';
import { ceilDiv, larger, PPM } from './integers.ts';
import type { MarketFacts, ProgramFacts } from './question.ts';
import type { ArbiterRules } from './rules.ts';
import { fetchMilliseconds, runMilliseconds } from './run-cost.ts';

const seconds = (milliseconds: bigint): bigint => ceilDiv(milliseconds, 1_000n);

/** Seconds that a watcher needs without any censorship: to fetch, run, and get one transaction in; rounded up. */
const answerSeconds = (program: ProgramFacts, { chain, watchers }: MarketFacts): bigint => {
  const work = fetchMilliseconds(program, watchers.machine) + runMilliseconds(program, watchers.machine);
  return seconds(settleMilliseconds(chain) + work + inclusionMilliseconds(chain));
};

/** Least window of a claim whose lie would gain so much, in seconds; rounded up. */
export const leastWindowSeconds = (
  gainMicroUsd: bigint,
  program: ProgramFacts,
  market: MarketFacts,
  rules: ArbiterRules,
): bigint =>
  larger(rules.leastWindowSeconds, answerSeconds(program, market) + censorSeconds(gainMicroUsd, market.chain));

/** Least that it costs to keep every watcher's transaction out of a window that is no shorter than the least. */
export const censoringCostMicroUsd = (windowSeconds: bigint, program: ProgramFacts, market: MarketFacts): bigint =>
  (windowSeconds - answerSeconds(program, market)) * market.chain.censorMicroUsdPerSecond;

/**
 * Least clock of each side, in seconds; rounded up. Who censors an honest provider gains at most what is not burnt of its
 * bond, who censors a challenger the gain of the lie.
 */
export const leastClockSeconds = (
  gainMicroUsd: bigint,
  bondMicroUsd: bigint,
  program: ProgramFacts,
  market: MarketFacts,
  rules: ArbiterRules,
): bigint => {
  const { chain, provider, watchers } = market;
  const run = larger(runMilliseconds(program, provider.machine), runMilliseconds(program, watchers.machine));
  const move = settleMilliseconds(chain) + inclusionMilliseconds(chain);
  const paid = ceilDiv(bondMicroUsd * (PPM - BigInt(rules.burnPpm)), PPM);
  const censored = censorSeconds(larger(gainMicroUsd, paid), chain);
  return larger(rules.leastClockSeconds, seconds(run + BigInt(rules.mostQuestions) * move) + censored);
};
