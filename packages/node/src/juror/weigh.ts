/** Whether drawing a panel pays: nobody has to draw, and whoever sits has to vote. */
import {
  type Chain,
  type ContractCase,
  type CourtAddresses,
  type CourtPanelIntent,
  type CourtSetting,
  DEVELOPMENT_CHAIN_IDS,
  gasUnits,
  ownCoinUnits,
  readGasPrice,
  servingGas,
  wouldSit,
} from '@surety/chain';
import { ok, type Problem, type Result, refuse } from '@surety/core';

type Hex = `0x${string}`;

/** What a juror asks of a case before it draws its panel. */
export type ServingTerms = {
  /** Base units of the court's currency that one coin of the chain's own is worth; 0 where its gas costs nothing. */
  readonly coinUnits: bigint;
  /** Base units that have to be left of a seat's fee once its gas is paid. */
  readonly floorUnits: bigint;
};

type Weighing = {
  readonly chain: Chain;
  readonly court: CourtAddresses;
  readonly me: Hex;
  readonly terms: ServingTerms;
};

type Draw = Extract<CourtPanelIntent, { readonly kind: 'court-draw' | 'court-draw-by-fallback' }>;

/** What a coin is worth on a chain whose money is play, or in a court of it; otherwise somebody has to say so. */
export const coinUnitsOn = (chainId: number, setting: Pick<CourtSetting, 'currency'>): bigint | null =>
  DEVELOPMENT_CHAIN_IDS.includes(chainId) ? 0n : ownCoinUnits(setting);

/** @returns `config.invalid` where nobody said what a coin is worth */
export const coinUnitsOr = (
  named: string | null,
  chainId: number,
  setting: Pick<CourtSetting, 'currency'>,
): Result<bigint> => {
  const units = named === null ? coinUnitsOn(chainId, setting) : BigInt(named);
  if (units !== null) return ok(units);
  return refuse({
    code: 'config.invalid',
    message: `Fees of this court are no coins of chain ${chainId}, so that nobody can say whether they pay for gas.`,
    next: 'Say with --coin what one coin is worth in dollars.',
    field: '--coin',
  });
};

const short = ({ id }: ContractCase, feeUnits: bigint, costUnits: bigint, floorUnits: bigint): Problem => ({
  code: 'court.fee-short',
  message: `A seat in case ${id} earns ${feeUnits} base units, and serving it takes about ${costUnits} of gas: its panel is not drawn from here.`,
  next: 'Whoever has money in the case draws it, or a service with --keep all; seats that are drawn are served in any case.',
  field: 'fee',
  value: String(feeUnits),
  limit: `>= ${costUnits + floorUnits}`,
});

/**
 * Whether to send a draw: only where the own key would sit, and its fee pays for every step that a seat can take.
 * @returns why not: `court.fee-short`, or `court.too-early` where somebody else sits, or nobody can say yet; `null` to go on
 */
export const weighDraw = async (
  { chain, court, me, terms }: Weighing,
  of: ContractCase,
  draw: Draw,
): Promise<Result<Problem | null>> => {
  const { coinUnits, floorUnits } = terms;
  const { feeUnits, seats } = of.policy.rounds[draw.round - 1]!;
  const gasPrice = coinUnits === 0n ? ok(0n) : await readGasPrice(chain);
  if (!gasPrice.ok) return gasPrice;
  const costUnits = gasUnits(servingGas(seats), { gasPriceWei: gasPrice.value, coinUnits });
  if (feeUnits < costUnits + floorUnits) return ok(short(of, feeUnits, costUnits, floorUnits));
  if (costUnits === 0n) return ok(null);
  const sits = await wouldSit(chain, court, draw, { juror: me, seats });
  if (!sits.ok || sits.value === true) return sits.ok ? ok(null) : sits;
  const message = sits.value === null ? 'The draw would be refused now.' : 'Others sit in this panel: they draw it.';
  return ok({ code: 'court.too-early', message, next: 'It is looked at again.' });
};
