/** Proper scores of forecasts, exact in integers. Lower is better. */
import { insistOn } from './problem.ts';
import { log2Wide } from './sizing.ts';

const PPM = 1_000_000n;

/**
 * Brier score of a forecast over all outcomes, in parts of 10^12: Σ (p_j − [j happened])², from 0 (certain and right)
 * to 2·10^12 (certain and wrong). Exact.
 * @throws {SuretyError} `input.out-of-range` unless the probabilities are 2 or more that sum to 1,000,000
 */
export const brier = (probabilitiesPpm: readonly number[], outcome: number): bigint => {
  const sum = probabilitiesPpm.reduce((total, ppm) => total + ppm, 0);
  const whole = probabilitiesPpm.every((ppm) => Number.isInteger(ppm) && ppm >= 0);
  insistOn(whole && sum === 1_000_000, 'probabilitiesPpm', probabilitiesPpm, 'whole ppm that sum to 1000000');
  insistOn(outcome in probabilitiesPpm, 'outcome', outcome, `0 .. ${probabilitiesPpm.length - 1}`);
  let score = 0n;
  probabilitiesPpm.forEach((ppm, j) => {
    const miss = BigInt(j === outcome ? ppm - 1_000_000 : ppm);
    score += miss * miss;
  });
  return score;
};

/** The mean of Brier sums as parts per million of one (0 .. 2,000,000), rounded up; `null` of nothing. */
export const meanBrierPpm = (sum: bigint, count: number): number | null =>
  count === 0 ? null : Number((sum + PPM * BigInt(count) - 1n) / (PPM * BigInt(count)));

/**
 * Logarithmic score: −log2 of the probability that the forecast gave to what happened, in micro-bits, rounded up.
 * Zero parts per million count as one, so a certain error costs 19.93 bits and not infinity.
 */
export const logScoreMicroBits = (probabilityPpm: number): number => {
  const known = Number.isInteger(probabilityPpm) && probabilityPpm >= 0 && probabilityPpm <= 1_000_000;
  insistOn(known, 'probabilityPpm', probabilityPpm, '0 .. 1000000');
  const bitsQ128 = log2Wide(PPM) - log2Wide(BigInt(probabilityPpm === 0 ? 1 : probabilityPpm));
  return Number(-((-bitsQ128 * PPM) >> 128n));
};
