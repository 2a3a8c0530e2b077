/**
 * A claim with a bond and a window in which anybody can prove it wrong. Relied on once final, or at once with cover for
 * all that is at stake, where there is no time to wait.
 */
import {
  burntMicroUsd,
  coveringBond,
  deterringBond,
  lyingCostMicroUsd,
  rewardingBond,
  rewardMicroUsd,
} from '../bond.ts';
import { gasMicroUsd, inclusionMilliseconds, meanWaitMilliseconds, settleMilliseconds } from '../chain-cost.ts';
import { ceilDiv, E18, larger, PPM, smaller } from '../integers.ts';
import { missedE18 } from '../missed.ts';
import { type Cost, offered, type RouteOption, refused, type Terms } from '../option.ts';
import type { Question } from '../question.ts';
import { fetchMilliseconds, machineMicroUsd, runMicroUsd, runMilliseconds } from '../run-cost.ts';
import { evenWrongPpm, lookedAtE18, watchingBond } from '../watching.ts';
import { censoringCostMicroUsd, leastClockSeconds, leastWindowSeconds, movesOf } from '../window.ts';
import { dollars, duration } from '../words.ts';

const MILLISECONDS_PER_YEAR = 31_536_000_000n;

const against = ({ privacy, program }: Question): string[] => {
  const hidden = 'could not be opened in a dispute, so nobody could prove the result wrong';
  const objections: string[] = [];
  if (privacy === 'private-weights' || privacy === 'private-both') objections.push(`Hidden weights ${hidden}.`);
  if (privacy === 'private-input' || privacy === 'private-both') objections.push(`A hidden input ${hidden}.`);
  if (!program.published) objections.push('The program is not published, so no watcher can run it again.');
  return objections;
};

/** What a lie that stands gains: all that hangs on it, and the run that was saved. */
export const gainMicroUsd = ({ valueMicroUsd, program, market }: Question): bigint =>
  valueMicroUsd + runMicroUsd(program, market.provider.machine);

/** Largest share of wrong results, audits and lies, at which the expected loss keeps its limit; at least 1 ppm. */
const toleratedPpm = ({ valueMicroUsd, lossLimitMicroUsd, market }: Question, missed: bigint): bigint => {
  const lost = valueMicroUsd * missed;
  const lies = lost === 0n ? PPM : (lossLimitMicroUsd * PPM * E18) / lost;
  return larger(1n, smaller(PPM, BigInt(market.watchers.auditPpm) + lies));
};

/** Share of results expected to be lies or faults: what audits leave to lies for looking to pay, or the faults if more. */
const wrongPpm = ({ program, market, rules }: Question, bond: bigint): bigint => {
  const { provider, watchers } = market;
  const even = evenWrongPpm(bond, runMicroUsd(program, watchers.machine), watchers, rules);
  return larger(BigInt(provider.faultPpm), even - BigInt(watchers.auditPpm));
};

/** The least bond for a chance of being missed and a cover; `null` where none deters. */
export const leastBondMicroUsd = (question: Question, missed: bigint, coverMicroUsd: bigint): bigint | null => {
  const { program, market, rules } = question;
  const deterring = deterringBond(gainMicroUsd(question), missed, rules);
  if (deterring === null) return null;
  const { machine } = market.watchers;
  const wrong = toleratedPpm(question, missed);
  const watching = watchingBond(wrong, runMicroUsd(program, machine), market.watchers, rules);
  const first = machineMicroUsd(fetchMilliseconds(program, machine) + runMilliseconds(program, machine), machine);
  const dispute = first + gasMicroUsd(rules.gas.dispute, market.chain);
  const working = larger(rewardingBond(dispute, rules), coveringBond(coverMicroUsd, rules));
  return larger(rules.leastBondMicroUsd, deterring, working, watching);
};

/** Whether the result is relied on once it is final, or at once with cover. */
type Reliance = 'final' | 'covered';

/**
 * What one claim bears of the audits, rounded up: of an audit that is found, reward and burnt part are gone; each costs its
 * gas; and there are auditPpm of them to the rest of the claims.
 */
const auditMicroUsd = ({ market, rules }: Question, bond: bigint): bigint => {
  const { chain, watchers } = market;
  const audits = BigInt(watchers.auditPpm);
  const lost = ceilDiv((rewardMicroUsd(bond, rules) + burntMicroUsd(bond, rules)) * lookedAtE18(watchers), E18);
  return ceilDiv((lost + gasMicroUsd(rules.gas.claimAndFinalise, chain)) * audits, PPM - audits);
};

const costsOf = (question: Question, bond: bigint, lockedMilliseconds: bigint, reliance: Reliance): Cost[] => {
  const { program, market, rules, valueMicroUsd } = question;
  const { chain, provider } = market;
  const capital = bond * BigInt(market.capitalPpmPerYear) * lockedMilliseconds;
  const costs: Cost[] = [
    { what: 'running the program', microUsd: runMicroUsd(program, provider.machine) },
    { what: 'gas of claim and end', microUsd: gasMicroUsd(rules.gas.claimAndFinalise, chain) },
    { what: 'locking the bond', microUsd: ceilDiv(capital, PPM * MILLISECONDS_PER_YEAR) },
    { what: 'audits that pay the watchers', microUsd: auditMicroUsd(question, bond) },
  ];
  if (reliance === 'covered') {
    const premium = ceilDiv(valueMicroUsd * BigInt(market.premiumPpm), PPM);
    costs.push({ what: 'cover and its gas', microUsd: premium + gasMicroUsd(rules.gas.reserveCover, chain) });
  }
  return costs;
};

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
    costs: costsOf(question, bondMicroUsd, windowSeconds * 1_000n + mean, reliance),
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

const beyondLimits = ({ market, rules }: Question, terms: Terms): string[] => {
  const objections: string[] = [];
  const { largestBondMicroUsd } = market.provider;
  if (terms.bondMicroUsd > largestBondMicroUsd) {
    const largest = dollars(largestBondMicroUsd);
    objections.push(`It needs a bond of ${dollars(terms.bondMicroUsd)}; the largest that can be had is ${largest}.`);
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

export const optimistic = (question: Question): RouteOption => {
  const objections = against(question);
  if (objections.length > 0) return refused('optimistic', ...objections);
  const missed = missedE18(question.market.watchers, movesOf(question.program) + 1n);
  const waiting = termsFor(question, missed, 'final');
  const nobody = 'Too few watchers check for a lie to be noticed at all, so no bond is enough.';
  if (waiting === null) return refused('optimistic', nobody);
  const inTime = waiting.latencyMilliseconds <= question.latencyMilliseconds;
  const terms = inTime ? waiting : termsFor(question, missed, 'covered')!;
  return offered('optimistic', question, terms, beyondLimits(question, terms));
};
