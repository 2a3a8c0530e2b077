import type { Json, StreamEvent } from '@surety/sdk/page';

/** One trade as the feed shows it. */
export type Trade = {
  readonly seq: number;
  readonly at: number;
  readonly account: string;
  /** Micro-shares gained of each outcome it touched; below zero: given up. */
  readonly legs: readonly { readonly outcome: number; readonly sharesMicro: bigint }[];
  /** Paid to the maker with the fee on top; below zero: received. */
  readonly costMicroUsd: bigint;
  readonly probabilitiesPpm: readonly number[];
};

const INTEGER = /^-?[0-9]{1,40}$/;

const field = (data: Json | undefined, name: string): Json | undefined =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data as { readonly [key: string]: Json })[name]
    : undefined;

const amount = (value: Json | undefined): bigint | null =>
  typeof value === 'string' && INTEGER.test(value) ? BigInt(value) : null;

/** Prices carried by an event, if any. */
export const pricesOf = (event: StreamEvent): readonly number[] | null => {
  const prices = field(event.data as Json, 'probabilitiesPpm');
  return Array.isArray(prices) && prices.length >= 2 && prices.every((price) => typeof price === 'number')
    ? (prices as number[])
    : null;
};

const legOf = (data: Json | undefined): Trade['legs'][number] | null => {
  const outcome = field(data, 'outcome');
  const sharesMicro = amount(field(data, 'sharesMicro') ?? field(data, 'deltaMicroShares'));
  return typeof outcome === 'number' && sharesMicro !== null ? { outcome, sharesMicro } : null;
};

/** The trade in an event; `null` for events of another kind and for any that this page does not understand. */
export const tradeOf = (event: StreamEvent): Trade | null => {
  if (event.kind !== 'traded') return null;
  const data = event.data as Json;
  const account = field(data, 'account');
  const cost = amount(field(data, 'costMicroUsd'));
  const listed = field(data, 'legs');
  const legs = (Array.isArray(listed) ? (listed as readonly Json[]) : [data]).map(legOf).filter((leg) => leg !== null);
  if (typeof account !== 'string' || cost === null || legs.length === 0) return null;
  const fee = amount(field(data, 'feeMicroUsd')) ?? 0n;
  return {
    seq: event.seq,
    at: event.at,
    account,
    legs,
    costMicroUsd: cost + fee,
    probabilitiesPpm: pricesOf(event) ?? [],
  };
};
