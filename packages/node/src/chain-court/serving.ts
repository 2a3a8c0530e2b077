/** What a seat earns beside what serving it takes. */
import { type ContractCase, gasUnits, hasEnded, servingGas } from '@surety/chain';
import type { ChainCase } from '@surety/protocol';

/** What gas costs, as far as it is known. */
export type GasPrice = { readonly gasPriceWei: bigint; readonly coinUnits: bigint };

/** A seat's fee beside its gas, of the round that is to be drawn, now or next. */
export const servingOf = (of: ContractCase, price: GasPrice | null): ChainCase['serving'] => {
  const last = of.rounds.at(-1);
  const round = last !== undefined && last.result === null ? last.number : of.rounds.length + 1;
  const terms = of.policy.rounds[round - 1];
  const isDrawn = last !== undefined && last.result === null && last.panel.drawn === 'whole';
  if (hasEnded(of) || isDrawn || terms === undefined) return null;
  const gas = servingGas(terms.seats);
  return {
    ...{ round, feeMicroUsd: String(terms.feeUnits), gas: Number(gas) },
    costMicroUsd: price && String(gasUnits(gas, price)),
  };
};
