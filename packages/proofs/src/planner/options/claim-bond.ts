/** The bond of a claim: what it has to be for lying not to pay, looking to pay, and the cover to be there. */
import { coveringBond, deterringBond, rewardingBond } from '../bond.ts';
import { gasMicroUsd } from '../chain-cost.ts';
import { E18, larger, PPM, smaller } from '../integers.ts';
import type { Question } from '../question.ts';
import { fetchMilliseconds, machineMicroUsd, runMicroUsd, runMilliseconds } from '../run-cost.ts';
import { evenWrongPpm, watchingBond } from '../watching.ts';

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
export const wrongPpm = ({ program, market, rules }: Question, bond: bigint): bigint => {
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
