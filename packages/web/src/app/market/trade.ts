import type { Json, StreamEvent } from '@surety/sdk/page';

/** One trade as the feed shows it. */
export type Trade = {
  readonly seq: number;
  readonly at: number;
  readonly account: string;
  readonly outcome: number;
  /** Micro-shares gained; below zero: given up. */
  readonly deltaMicroShares: bigint;
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

/** What came of an order stands in the event's `result`. */
const resultOf = (event: StreamEvent): Json => {
  const data = event.data as Json;
  return field(data, 'result') ?? data;
};

/** Prices carried by an event, if any. */
export const pricesOf = (event: StreamEvent): readonly number[] | null => {
  const prices = field(resultOf(event), 'probabilitiesPpm');
  return Array.isArray(prices) && prices.length >= 2 && prices.every((price) => typeof price === 'number')
    ? (prices as number[])
    : null;
};

/** The trade in an event; `null` for events of another kind and for any that this page does not understand. */
export const tradeOf = (event: StreamEvent): Trade | null => {
  if (event.kind !== 'traded') return null;
  const data = resultOf(event);
  const account = field(data, 'account');
  const outcome = field(data, 'outcome');
  const deltaMicroShares = amount(field(data, 'deltaMicroShares'));
  const cost = amount(field(data, 'costMicroUsd'));
  if (typeof account !== 'string' || typeof outcome !== 'number' || deltaMicroShares === null || cost === null)
    return null;
  const costMicroUsd = cost + (amount(field(data, 'feeMicroUsd')) ?? 0n);
  return {
    seq: event.seq,
    at: event.at,
    account,
    outcome,
    deltaMicroShares,
    costMicroUsd,
    probabilitiesPpm: pricesOf(event) ?? [],
  };
};
