/**
 * The least window and clock. In its window a watcher has to see the claim, fetch and run the program, sit out as much
 * censorship as the gain of a lie pays for, and then get one transaction in. On its clock a side has to do that again for
 * each of its moves, with the censorship paid once: seconds on which nobody passes are paid for, whichever move they hit.
 */
import { censorSeconds, inclusionMilliseconds, settleMilliseconds } from './chain-cost.ts';
import { ceilDiv, larger, PPM } from './integers.ts';
import type { MarketFacts, ProgramFacts } from './question.ts';
import type { ArbiterRules } from './rules.ts';
import { fetchMilliseconds, runMilliseconds } from './run-cost.ts';

/** Levels of a tree that one answer opens at most (spec 15). */
const LEVELS_PER_ANSWER = 7;

/** Moves once step and node are found: the chunk of its value, its partial sums, a part of them, and the end. */
const LAST_MOVES = 4;

/** Answers that lead from the root of a tree to one of its leaves. */
const answersFor = (leaves: number): number =>
  leaves === 1 ? 0 : Math.ceil((leaves - 1).toString(2).length / LEVELS_PER_ANSWER);

/** Moves of one side in a dispute, at most. */
export const movesOf = ({ steps, nodes }: ProgramFacts): bigint =>
  BigInt(answersFor(steps) + answersFor(nodes) + LAST_MOVES);

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
  return larger(rules.leastClockSeconds, seconds(run + movesOf(program) * move) + censored);
};
