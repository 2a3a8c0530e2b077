/** How a market begins. */
import { NO_ACCOUNTS } from './accounts.ts';
import { NO_TRADES } from './digest.ts';
import { accept, badName, type Refusal, refused } from './guards.ts';
import { MARKET_LIMITS } from './limits.ts';
import { curveAt, liquidityOf, OUTCOMES, SUBSIDY_MICRO_USD } from './lmsr.ts';
import { no } from './problem.ts';
import type { MarketTerms, Step } from './types.ts';

const outside = <Value extends number | bigint>(
  field: keyof MarketTerms,
  value: Value,
  min: Value,
  max: Value,
): Refusal | undefined => {
  const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (whole && value >= min && value <= max) return undefined;
  const next = 'Choose a whole number within the limit.';
  return no('input.out-of-range', field, value, `${min} .. ${max}`, `No market opens with this ${field}.`, next);
};

/** Opens a market with every price equal. The subsidy is the value that comes in. */
export const open = (terms: MarketTerms): Step => {
  const { claimId, outcomes, subsidyMicroUsd, subsidyPayer, closesAt, feePpm, feeRecipient } = terms;
  const wrong =
    outside('outcomes', outcomes, OUTCOMES.min, OUTCOMES.max) ??
    outside('subsidyMicroUsd', subsidyMicroUsd, SUBSIDY_MICRO_USD.min, SUBSIDY_MICRO_USD.max) ??
    outside('feePpm', feePpm, 0, MARKET_LIMITS.feePpm) ??
    outside('closesAt', closesAt, 0, Number.MAX_SAFE_INTEGER) ??
    badName('claimId', claimId) ??
    badName('subsidyPayer', subsidyPayer) ??
    badName('feeRecipient', feeRecipient);
  if (wrong) return refused(wrong);
  return accept({
    terms: { claimId, outcomes, subsidyMicroUsd, subsidyPayer, closesAt, feePpm, feeRecipient },
    phase: { kind: 'open' },
    curve: curveAt(liquidityOf(subsidyMicroUsd, outcomes), new Array<bigint>(outcomes).fill(0n)),
    makerMicroUsd: subsidyMicroUsd,
    feesMicroUsd: 0n,
    accounts: NO_ACCOUNTS(),
    evidence: [],
    volumeMicroUsd: 0n,
    trades: 0,
    tradesDigest: NO_TRADES,
  });
};
