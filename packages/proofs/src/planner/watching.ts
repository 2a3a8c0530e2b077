/**
 * When looking pays (the watchers' dilemma, docs/decisions/bonds-and-windows.md). A watcher earns only when a result is
 * wrong and he finds it, one of the finders is rewarded, and some rewards go to copiers. Looking pays for itself when
 *
 *     wrong * P(somebody looks) * ((1 - copied) * reward - cost of a dispute) >= count * check * cost of a check
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

/** What looking and challenging costs a watcher: a check, and what a dispute takes that does not come back. */
export type Expense = { readonly checkMicroUsd: bigint; readonly disputeMicroUsd: bigint };

/** Micro-dollars that all watchers spend on checking a claim, times 10^6. */
const spentOn = ({ count, checkPpm }: WatcherFacts, { checkMicroUsd }: Expense): bigint =>
  BigInt(count) * BigInt(checkPpm) * checkMicroUsd;

/** Share of wrong results at which looking pays for itself, in ppm; rounded up; 1,000,000 where no share is enough too. */
export const evenWrongPpm = (
  bondMicroUsd: bigint,
  expense: Expense,
  watchers: WatcherFacts,
  rules: ArbiterRules,
): bigint => {
  const spent = spentOn(watchers, expense);
  if (spent === 0n) return 0n;
  const kept = (PPM - BigInt(watchers.copiedPpm)) * rewardMicroUsd(bondMicroUsd, rules);
  const earned = (kept - PPM * expense.disputeMicroUsd) * lookedAtE18(watchers);
  return earned <= 0n ? PPM : smaller(PPM, ceilDiv(spent * PPM * E18, earned));
};

/** Least bond at which looking pays for itself when so many results are wrong, 1 .. 1,000,000 ppm. */
export const watchingBond = (
  wrongPpm: bigint,
  expense: Expense,
  watchers: WatcherFacts,
  rules: ArbiterRules,
): bigint => {
  const looked = lookedAtE18(watchers);
  if (looked === 0n) return 0n;
  const won = ceilDiv(spentOn(watchers, expense) * PPM * E18, looked * wrongPpm);
  return rewardingBond(ceilDiv(won + PPM * expense.disputeMicroUsd, PPM - BigInt(watchers.copiedPpm)), rules);
};
