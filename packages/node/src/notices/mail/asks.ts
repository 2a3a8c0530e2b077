/**
 * How often mailboxes are asked whether they want notices: accounts are free, and nobody's mailbox is to be filled by them. One stream,
 * written in the transaction that asks, so that a restart forgets nothing. Pure; a mailbox is known by a digest that says nothing of it.
 */
import { createHmac } from 'node:crypto';
import type { Json, Problem } from '@surety/core';
import { fromJson, toJson } from '../../engine/codec.ts';
import type { Effect, Game } from '../../journal/game.ts';
import type { Standing } from '../../places/places.ts';

export const ASKS_STREAM = 'asks:mail';

/** Seconds until the same mailbox may be asked again. */
const MAILBOX_SECONDS = 86_400;
export const HOUR_SECONDS = 3_600;
/** Mailboxes asked in an hour: in all, for accounts that are neither persons nor stakes, and from one network of those. */
export const ASKS_IN_AN_HOUR = { all: 60, free: 40, network: 6 } as const;

export type AsksEvent = {
  readonly kind: 'asked';
  readonly mailbox: string;
  readonly standing: Standing;
  readonly at: number;
};

/** Those of the last day, oldest first. */
export type Asks = readonly Omit<AsksEvent, 'kind'>[];

type Stepped =
  | { readonly kind: 'accepted'; readonly state: Asks; readonly effects: readonly never[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const limited = (limit: string): Stepped => ({
  kind: 'refused',
  problem: {
    code: 'rate.limited',
    message: 'This mailbox was asked already, or too many were.',
    next: 'Confirm by the mail that was sent, or try again tomorrow.',
    field: 'action.to.address',
    limit,
  },
});

/** @param secret keys the digest */
export const mailboxDigest = (secret: string, address: string): string =>
  createHmac('sha256', secret).update(`ask ${address.toLowerCase()}`).digest('hex');

/** Takes note that a mailbox is asked, or refuses. */
export const stepAsks = (state: Asks, { mailbox, standing, at }: AsksEvent): Stepped => {
  const asked = state.filter((each) => each.at + MAILBOX_SECONDS > at);
  if (asked.some((each) => each.mailbox === mailbox)) return limited('once a day for a mailbox');
  const lately = asked.filter((each) => each.at + HOUR_SECONDS > at);
  const { all, free, network } = ASKS_IN_AN_HOUR;
  if (lately.length >= all) return limited(`${all} mailboxes an hour`);
  if (standing.kind === 'free') {
    const others = lately.flatMap((each) => (each.standing.kind === 'free' ? [each.standing.network] : []));
    if (others.length >= free) return limited(`${free} mailboxes an hour without stake or person`);
    const own = others.filter((each) => each !== null && each === standing.network).length;
    if (own >= network) return limited(`${network} mailboxes an hour from a network`);
  }
  return { kind: 'accepted', state: [...asked, { mailbox, standing, at }], effects: [] };
};

export const asksGame: Game<Asks, AsksEvent, Effect> = {
  name: 'asks',
  initial: () => [],
  step: stepAsks,
  encodeEvent: toJson,
  decodeEvent: (json) => fromJson<AsksEvent>(json),
  encodeState: toJson,
  decodeState: (json: Json) => fromJson<Asks>(json),
};
