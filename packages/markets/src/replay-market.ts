/** Recomputes a market from the trades in its record: every cost and the last quantities must follow from them. */
import { type MarketRecord, ok, type Problem, type Result, refuse } from '@surety/core';
import {
  belowFloor,
  chargeMicroUsd,
  curveAt,
  liquidityOf,
  MAX_QUANTITY,
  moveCurve,
  OUTCOMES,
  pricesPpm,
  SUBSIDY_MICRO_USD,
} from './lmsr.ts';

const differs = (field: string, value: string, limit: string, message: string): { ok: false; problem: Problem } =>
  refuse({
    code: 'market.replay-differs',
    message,
    next: 'Do not rely on this record: ask its issuer for the whole market.',
    field,
    value,
    limit,
  });

/**
 * The prices that a complete record's trades lead to, in parts per million.
 * @param outcomes number of the claim's outcomes
 */
export const replayMarket = (
  record: MarketRecord,
  outcomes: number,
): Result<{ readonly probabilitiesPpm: readonly number[] }> => {
  const subsidy = BigInt(record.subsidyMicroUsd);
  if (
    subsidy < SUBSIDY_MICRO_USD.min ||
    subsidy > SUBSIDY_MICRO_USD.max ||
    outcomes < OUTCOMES.min ||
    outcomes > OUTCOMES.max
  ) {
    return differs('subsidyMicroUsd', record.subsidyMicroUsd, 'a market that can be', 'No market has these terms.');
  }
  const liquidity = liquidityOf(subsidy, outcomes);
  let curve = curveAt(
    liquidity,
    Array.from({ length: outcomes }, () => 0n),
  );
  for (const [index, trade] of record.trades.entries()) {
    const field = `trades.${index}`;
    const delta = BigInt(trade.deltaMicroShares);
    const reached = (curve.quantities[trade.outcome] ?? MAX_QUANTITY) + delta;
    if (reached > MAX_QUANTITY || reached < -MAX_QUANTITY) {
      return differs(
        field,
        trade.deltaMicroShares,
        `${MAX_QUANTITY}`,
        `Trade ${index} is larger than a market can hold.`,
      );
    }
    const next = moveCurve(curve, trade.outcome, delta);
    if (belowFloor(next) !== -1) {
      return differs(field, trade.deltaMicroShares, 'prices of at least 1e-9', `Trade ${index} takes a price too low.`);
    }
    const cost = chargeMicroUsd(curve, next).toString();
    if (cost !== trade.costMicroUsd) {
      return differs(`${field}.costMicroUsd`, trade.costMicroUsd, cost, `Trade ${index} should have cost ${cost}.`);
    }
    curve = next;
  }
  const wrong = curve.quantities.findIndex((quantity, n) => quantity.toString() !== record.quantities[n]);
  if (wrong !== -1 || record.quantities.length !== outcomes) {
    const right = curve.quantities.join(', ');
    return differs('quantities', record.quantities.join(', '), right, 'The trades lead to other quantities.');
  }
  return ok({ probabilitiesPpm: pricesPpm(curve) });
};
