/**
 * The least bond. A liar can challenge himself, take the reward, and sell the cover to himself, so only the burnt part of
 * his bond is surely lost. Lying stops paying when
 *
 *     caught * burnt part of the bond >= missed * gain
 *
 * The reward has to make looking worth while (watching.ts), and the coverable part to hold the cover.
 */
import { ceilDiv, E18, PPM } from './integers.ts';
import type { ArbiterRules } from './rules.ts';

/** A part of a bond; rounded down, as the Arbiter does. */
const share = (bondMicroUsd: bigint, ppm: number): bigint => (bondMicroUsd * BigInt(ppm)) / PPM;

/** Least bond of which such a part is `microUsd` or more. */
const bondFor = (microUsd: bigint, ppm: number): bigint => ceilDiv(microUsd * PPM, BigInt(ppm));

/** What of a lost bond goes to whoever showed the result wrong. */
export const rewardMicroUsd = (bondMicroUsd: bigint, rules: ArbiterRules): bigint =>
  share(bondMicroUsd, rules.rewardPpm);

/** What is burnt for sure of a lost bond. */
export const burntMicroUsd = (bondMicroUsd: bigint, rules: ArbiterRules): bigint => share(bondMicroUsd, rules.burnPpm);

/** Least bond at which lying does not pay. `null` where nobody would notice, and so no bond is enough. */
export const deterringBond = (gainMicroUsd: bigint, missedE18: bigint, rules: ArbiterRules): bigint | null => {
  const caughtE18 = E18 - missedE18;
  if (caughtE18 <= 0n) return null;
  return bondFor(ceilDiv(gainMicroUsd * missedE18, caughtE18), rules.burnPpm);
};

/** Least bond whose reward is `costMicroUsd` or more. */
export const rewardingBond = (costMicroUsd: bigint, rules: ArbiterRules): bigint =>
  bondFor(costMicroUsd, rules.rewardPpm);

/** A bond whose coverable part is `coverMicroUsd` or more, above the least by what the Arbiter's rounding leaves. */
export const coveringBond = (coverMicroUsd: bigint, rules: ArbiterRules): bigint =>
  bondFor(coverMicroUsd, Number(PPM) - rules.rewardPpm - rules.burnPpm);

/** Burnt bonds that lying costs on average until one lie stands; rounded down. `missedE18` is above 0. */
export const lyingCostMicroUsd = (bondMicroUsd: bigint, missedE18: bigint, rules: ArbiterRules): bigint =>
  (burntMicroUsd(bondMicroUsd, rules) * (E18 - missedE18)) / missedE18;
