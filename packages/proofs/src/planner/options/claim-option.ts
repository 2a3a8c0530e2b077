/**
 * A claim with a bond and a window in which whoever finds it wrong can have it voided. Relied on once final, or at once with cover for
 * all that is at stake, where there is no time to wait.
 */
import { lyingCostMicroUsd } from '../bond.ts';
import { inclusionMilliseconds, meanWaitMilliseconds, settleMilliseconds } from '../chain-cost.ts';
import { ceilDiv, E18, PPM, smaller } from '../integers.ts';
import { missedE18 } from '../missed.ts';
import { offered, type RouteName, type RouteOption, refused, type Terms } from '../option.ts';
import type { Question } from '../question.ts';
import { runMilliseconds } from '../run-cost.ts';
import { censoringCostMicroUsd, leastClockSeconds, leastWindowSeconds } from '../window.ts';
import { dollarsApart, duration } from '../words.ts';
import { gainMicroUsd, leastBondMicroUsd, wrongPpm } from './claim-bond.ts';
import { claimCosts, type Reliance } from './claim-costs.ts';

const termsFor = (question: Question, missed: bigint, reliance: Reliance): Terms | null => {
  const { program, market, rules, valueMicroUsd } = question;
  const { chain, provider } = market;
  const coverMicroUsd = reliance === 'covered' ? valueMicroUsd : 0n;
  const bondMicroUsd = leastBondMicroUsd(question, missed, coverMicroUsd);
  if (bondMicroUsd === null) return null;
  const gain = gainMicroUsd(question);
  const windowSeconds = leastWindowSeconds(gain, program, market, rules);
  const clockSeconds = leastClockSeconds(gain, bondMicroUsd, program, market, rules);
  const ran = runMilliseconds(program, provider.machine);
  const open = reliance === 'covered' ? 0n : windowSeconds * 1_000n;
  const disputed = reliance === 'covered' ? 0n : 2_000n * clockSeconds;
  // Two transactions: the claim, and its end or its cover.
  const mean = 2n * (settleMilliseconds(chain) + meanWaitMilliseconds(chain));
  const late = 2n * (settleMilliseconds(chain) + inclusionMilliseconds(chain));
  const wrong = wrongPpm(question, bondMicroUsd);
  const lying = lyingCostMicroUsd(bondMicroUsd, missed, rules);
  const censoring = censoringCostMicroUsd(windowSeconds, program, market);
  return {
    costs: claimCosts(question, bondMicroUsd, windowSeconds * 1_000n + mean, reliance),
    latencyMilliseconds: ran + mean + open,
    latestMilliseconds: ran + late + open + disputed,
    bondMicroUsd,
    windowSeconds,
    clockSeconds,
    coverMicroUsd,
    wrongPpm: wrong,
    standsE18: missed,
    attackMicroUsd: smaller(lying, censoring),
    expectedLossMicroUsd: ceilDiv(valueMicroUsd * wrong * missed, PPM * E18),
  };
};

/** What of bond, window and clock is more than can be had. */
export const beyondLimits = ({ market, rules }: Question, terms: Terms): string[] => {
  const objections: string[] = [];
  const { largestBondMicroUsd } = market.provider;
  if (terms.bondMicroUsd > largestBondMicroUsd) {
    const [bond, largest] = dollarsApart(terms.bondMicroUsd, largestBondMicroUsd);
    objections.push(`It needs a bond of ${bond}; the largest that can be had is ${largest}.`);
  }
  for (const [name, needed, most] of [
    ['a window', terms.windowSeconds, rules.mostWindowSeconds],
    ['a clock', terms.clockSeconds, rules.mostClockSeconds],
  ] as const) {
    if (needed <= most) continue;
    objections.push(
      `It needs ${name} of ${duration(needed * 1_000n)}; the Arbiter allows ${duration(most * 1_000n)} at most.`,
    );
  }
  return objections;
};

/** The option of a route whose claims nobody has to prove; its program is what watchers fetch and do for one check. */
export const claimOption = (route: RouteName, question: Question): RouteOption => {
  const missed = missedE18(question.market.watchers, BigInt(question.rules.mostQuestions) + 1n);
  const waiting = termsFor(question, missed, 'final');
  const nobody = 'Too few watchers check for a lie to be noticed at all, so no bond is enough.';
  if (waiting === null) return refused(route, nobody);
  const inTime = waiting.latencyMilliseconds <= question.latencyMilliseconds;
  const terms = inTime ? waiting : termsFor(question, missed, 'covered')!;
  return offered(route, question, terms, beyondLimits(question, terms));
};
