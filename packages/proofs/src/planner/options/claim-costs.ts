/** What a claim costs all sides together; whoever asks pays it in the price. */
import { burntMicroUsd, rewardMicroUsd } from '../bond.ts';
import { gasMicroUsd } from '../chain-cost.ts';
import { ceilDiv, E18, PPM } from '../integers.ts';
import type { Cost } from '../option.ts';
import type { Question } from '../question.ts';
import { runMicroUsd } from '../run-cost.ts';
import { lookedAtE18 } from '../watching.ts';

const MILLISECONDS_PER_YEAR = 31_536_000_000n;

/** Whether the result is relied on once it is final, or at once with cover. */
export type Reliance = 'final' | 'covered';

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

export const claimCosts = (
  question: Question,
  bond: bigint,
  lockedMilliseconds: bigint,
  reliance: Reliance,
): Cost[] => {
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
