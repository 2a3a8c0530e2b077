/** What serving a seat takes in gas, beside what a seat earns. */
import type { Result } from '@surety/core';
import { attempt, type Chain } from '../client.ts';
import { type CourtSetting, isNative } from './case.ts';

/** Usual gas of the steps that a juror takes for one seat, above what the gas report measures (`contracts/gas-report.md`). */
export const SEAT_GAS = {
  commit: 65_000n,
  reveal: 55_000n,
  tally: 100_000n,
  finalise: 230_000n,
  settle: 120_000n,
} as const;

/** Usual gas of drawing a panel: the signature of drand, and a search for each seat. */
export const drawGas = (seats: number): bigint => 420_000n + 80_000n * BigInt(seats);

/** Gas of one seat for a juror who takes every step itself, the draw and the count included. */
export const servingGas = (seats: number): bigint =>
  Object.values(SEAT_GAS).reduce((sum, gas) => sum + gas, drawGas(seats));

/** What gas costs in a court's currency. */
export type GasTerms = {
  readonly gasPriceWei: bigint;
  /** Base units of the court's currency that one whole coin (10^18 wei) of the chain's own is worth. */
  readonly coinUnits: bigint;
};

const COIN_WEI = 10n ** 18n;

/** Gas in base units of the court's currency, rounded up: a cost is never understated. */
export const gasUnits = (gas: bigint, { gasPriceWei, coinUnits }: GasTerms): bigint =>
  (gas * gasPriceWei * coinUnits + COIN_WEI - 1n) / COIN_WEI;

/**
 * What one coin is worth where nobody has to say it: itself in a court of the chain's own currency.
 * @returns `null` where a price is needed
 */
export const ownCoinUnits = (setting: Pick<CourtSetting, 'currency'>): bigint | null =>
  isNative(setting) ? COIN_WEI : null;

/** What a unit of gas costs now, wei. What a rollup charges for its data beside that is not in it. */
export const readGasPrice = (chain: Chain): Promise<Result<bigint>> => attempt(chain, () => chain.reader.getGasPrice());
