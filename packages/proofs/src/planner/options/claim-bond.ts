/** The bond of a claim: what it has to be for lying not to pay, looking to pay, and the cover to be there. */
import { coveringBond, deterringBond } from '../bond.ts';
import { gasMicroUsd } from '../chain-cost.ts';
import { E18, larger, PPM, smaller } from '../integers.ts';
import type { Question } from '../question.ts';
import { runMicroUsd } from '../run-cost.ts';
import { type Expense, evenWrongPpm, watchingBond } from '../watching.ts';

/** What a lie that stands gains: all that hangs on it, and the run that was saved. */
export const gainMicroUsd = ({ valueMicroUsd, program, market }: Question): bigint =>
  valueMicroUsd + runMicroUsd(program, market.provider.machine);

/** What looking, and then a dispute, costs a watcher who holds the program. */
const expenseOf = ({ program, market, rules }: Question): Expense => ({
  checkMicroUsd: runMicroUsd(program, market.watchers.machine),
  disputeMicroUsd: gasMicroUsd(rules.gas.dispute, market.chain),
});

/** Largest share of wrong results, audits and lies, at which the expected loss keeps its limit; at least 1 ppm. */
const toleratedPpm = ({ valueMicroUsd, lossLimitMicroUsd, market }: Question, missed: bigint): bigint => {
  const lost = valueMicroUsd * missed;
  const lies = lost === 0n ? PPM : (lossLimitMicroUsd * PPM * E18) / lost;
  return larger(1n, smaller(PPM, BigInt(market.watchers.auditPpm) + lies));
};

/** Share of results expected to be lies or faults: what audits leave to lies for looking to pay, or the faults if more. */
export const wrongPpm = (question: Question, bond: bigint): bigint => {
  const { market, rules } = question;
  const { provider, watchers } = market;
  const even = evenWrongPpm(bond, expenseOf(question), watchers, rules);
  return larger(BigInt(provider.faultPpm), even - BigInt(watchers.auditPpm));
};

/** The least bond for a chance of being missed and a cover; `null` where none deters. */
export const leastBondMicroUsd = (question: Question, missed: bigint, coverMicroUsd: bigint): bigint | null => {
  const { market, rules } = question;
  const deterring = deterringBond(gainMicroUsd(question), missed, rules);
  if (deterring === null) return null;
  const watching = watchingBond(toleratedPpm(question, missed), expenseOf(question), market.watchers, rules);
  return larger(rules.leastBondMicroUsd, deterring, watching, coveringBond(coverMicroUsd, rules));
};
