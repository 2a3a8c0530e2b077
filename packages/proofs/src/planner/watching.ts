/**
 * When looking pays (the watchers' dilemma, docs/decisions/bonds-and-windows.md). A watcher earns only when a result is
 * wrong and he finds it, one of the finders is rewarded, and some rewards go to copiers. Looking pays for itself when
 *
 *     wrong * (1 - copied) * reward * P(somebody looks) >= count * check * cost of a check
 *
 * `wrong` is the share of results that are wrong, audits and lies together. Where audits fall short of it, lies make it up.
 */
import { rewardingBond, rewardMicroUsd } from './bond.ts';
import { ceilDiv, E18, PPM, smaller } from './integers.ts';
import { fewCheckE18 } from './missed.ts';
import type { WatcherFacts } from './question.ts';
import type { ArbiterRules } from './rules.ts';

/** Chance, in parts of 10^18, that somebody looks at a given claim; rounded down. */
export const lookedAtE18 = (watchers: WatcherFacts): bigint => E18 - fewCheckE18({ ...watchers, silenced: 0 });

/** What all watchers spend on a claim, and the part of a micro-dollar of reward that pays for it; both times 10^30. */
const scales = (checkMicroUsd: bigint, watchers: WatcherFacts) => ({
  spent: BigInt(watchers.count) * BigInt(watchers.checkPpm) * checkMicroUsd * PPM * E18,
  paid: (PPM - BigInt(watchers.copiedPpm)) * lookedAtE18(watchers),
});

/** Share of wrong results at which looking pays for itself, in ppm; rounded up; 1,000,000 where no share is enough too. */
export const evenWrongPpm = (
  bondMicroUsd: bigint,
  checkMicroUsd: bigint,
  watchers: WatcherFacts,
  rules: ArbiterRules,
): bigint => {
  const { spent, paid } = scales(checkMicroUsd, watchers);
  if (spent === 0n) return 0n;
  const earned = paid * rewardMicroUsd(bondMicroUsd, rules);
  return earned === 0n ? PPM : smaller(PPM, ceilDiv(spent, earned));
};

/** Least bond at which looking pays for itself when so many results are wrong, 1 .. 1,000,000 ppm. */
export const watchingBond = (
  wrongPpm: bigint,
  checkMicroUsd: bigint,
  watchers: WatcherFacts,
  rules: ArbiterRules,
): bigint => {
  const { spent, paid } = scales(checkMicroUsd, watchers);
  return paid === 0n ? 0n : rewardingBond(ceilDiv(spent, paid * wrongPpm), rules);
};
