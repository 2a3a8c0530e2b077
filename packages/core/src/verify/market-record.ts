/** Market record: these trades moved the price so. Output link, and never more than an opinion with money behind it. */

import { formatDollars } from '../amounts.ts';
import type { Claim } from '../claim.ts';
import { claimIdOf } from '../claim-shape.ts';
import type { MarketRecord } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf, percent } from './finding-of.ts';

const ALWAYS = [
  'that the answer is right: a price is an opinion with money behind it',
  'that the accounts belong to different people',
] as const;

/** What the record says against claim and receipt without any recomputation, or `null`. */
const contradicts = (claim: Claim, evidence: MarketRecord, context: EvidenceContext): string | null => {
  if (evidence.marketId !== claimIdOf(claim)) return 'The record is of the market of another claim.';
  if (evidence.subsidyMicroUsd !== claim.budgetMicroUsd) return 'The subsidy is not the budget of the claim.';
  if (evidence.quantities.length !== claim.outcomes.length) {
    return 'The market has another number of outcomes than the claim.';
  }
  const late = evidence.trades.find((trade) => trade.at >= claim.closesAt || trade.at > context.issuedAt);
  return late === undefined
    ? null
    : `A trade of ${late.account} is dated at or after the close of the market, or after the receipt was issued.`;
};

export const verifyMarketRecord = (claim: Claim, evidence: MarketRecord, context: EvidenceContext): Finding => {
  const { trades, omittedTrades } = evidence;
  const at = trades.at(-1)?.at ?? null;
  const stakes = `${trades.length} trades listed, ${omittedTrades} omitted, subsidy ${formatDollars(BigInt(evidence.subsidyMicroUsd))}`;
  const contradiction = contradicts(claim, evidence, context);
  if (contradiction !== null) {
    return findingOf('output', evidence, { holds: 'refuted', summary: contradiction, doesNotProve: ALWAYS });
  }
  const replayed = omittedTrades === '0' ? context.replayMarket?.(evidence, claim.outcomes.length) : undefined;
  if (replayed === undefined) {
    return findingOf('output', evidence, {
      holds: 'not-shown',
      summary: `The market's prices are as the operator states them (${stakes}); they were not recomputed.`,
      assumes: ['the operator ran the market by its rules and reported every trade'],
      doesNotProve: ALWAYS,
      freshAt: at,
    });
  }
  if (!replayed.ok) {
    return findingOf('output', evidence, {
      holds: 'refuted',
      summary: `The listed trades do not lead to the stated market: ${replayed.problem.message}`,
      doesNotProve: ALWAYS,
      freshAt: at,
    });
  }
  const prices = replayed.value.probabilitiesPpm;
  const [first = 0] = prices;
  if (prices.some((ppm, i) => ppm !== context.probabilitiesPpm[i])) {
    return findingOf('output', evidence, {
      holds: 'refuted',
      summary: `The receipt states other prices than its trades lead to: ${percent(first)} for “${claim.outcomes[0]}”.`,
      doesNotProve: ALWAYS,
      freshAt: at,
    });
  }
  return findingOf('output', evidence, {
    holds: 'not-shown',
    summary: `Recomputed from its trades, the market's price of “${claim.outcomes[0]}” is ${percent(first)} (${stakes}).`,
    proves: [
      { property: 'integrity', of: 'the list of trades: costs and quantities follow from them' },
      { property: 'reproducibility', of: 'the prices from the trades' },
    ],
    assumes: ['the operator listed every trade and let everybody trade'],
    doesNotProve: ALWAYS,
    freshAt: at,
  });
};
