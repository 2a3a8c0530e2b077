/** A market as canonical JSON: bigints are decimal strings, bytes are hex, derived values are left out. */
import { toHex } from '@surety/core';
import { eachAccount } from './accounts.ts';
import type { AttachedEvidence, Market, MarketTerms, Phase } from './types.ts';

/** {@link Market} as data; `quantities` is what its curve is derived from. */
export type EncodedMarket = {
  readonly type: 'surety/market/v1';
  readonly terms: Omit<MarketTerms, 'subsidyMicroUsd'> & { readonly subsidyMicroUsd: string };
  readonly phase: Phase;
  readonly quantities: readonly string[];
  readonly makerMicroUsd: string;
  readonly feesMicroUsd: string;
  readonly accounts: readonly {
    readonly account: string;
    readonly depositedMicroUsd: string;
    readonly budgetMicroUsd: string;
    readonly shares: readonly string[];
  }[];
  readonly evidence: readonly AttachedEvidence[];
  readonly volumeMicroUsd: string;
  readonly trades: number;
  readonly tradesDigest: string;
};

const text = (value: bigint): string => value.toString();

/** A market as JSON that {@link decodeMarket} reads back exactly. */
export const encodeMarket = (state: Market): EncodedMarket => ({
  type: 'surety/market/v1',
  terms: { ...state.terms, subsidyMicroUsd: text(state.terms.subsidyMicroUsd) },
  phase: state.phase,
  quantities: state.curve.quantities.map(text),
  makerMicroUsd: text(state.makerMicroUsd),
  feesMicroUsd: text(state.feesMicroUsd),
  accounts: Array.from(eachAccount(state.accounts), (holder) => ({
    account: holder.account,
    depositedMicroUsd: text(holder.depositedMicroUsd),
    budgetMicroUsd: text(holder.budgetMicroUsd),
    shares: holder.shares.map(text),
  })),
  evidence: state.evidence,
  volumeMicroUsd: text(state.volumeMicroUsd),
  trades: state.trades,
  tradesDigest: toHex(state.tradesDigest),
});
