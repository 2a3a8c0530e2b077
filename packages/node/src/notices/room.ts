/** Whether there is room for another subscription, and who makes it where all places are taken. Pure. */
import { ok, type Result, refuse } from '@surety/core';
import type { NoticeTarget } from '@surety/protocol';
import { type Places, placeFor, placesIn, type Standing } from '../places/places.ts';
import type { SubscriptionState } from './game.ts';

/** Subscriptions of a node, by what their accounts stand for. */
export const SUBSCRIPTION_PLACES: Places = { person: 8_000, stake: 4_000, free: 8_000 };

const PER_ACCOUNT = 8;
/** Mailboxes of an account that wait to be confirmed. */
const WAITING_PER_ACCOUNT = 1;

export type Newcomer = { readonly account: string; readonly to: NoticeTarget; readonly standing: Standing };

export type Room = {
  readonly places: Places;
  readonly standingOf: (held: SubscriptionState) => Standing;
  readonly isOpen: (caseId: string) => boolean;
};

const full = (limit: string): Result<never> =>
  refuse({
    code: 'input.too-large',
    message: 'There is no room for another subscription to notices.',
    next: 'End one first; one may follow many cases.',
    field: 'action.to',
    limit,
  });

/**
 * Id of the subscription that ends for a new one; `null` where none has to. First goes who has nothing to be told, since it can be drawn
 * for nothing and follows no case that is open; of these, who asked for notices longest ago.
 * @param held all that have not ended
 */
export const roomFor = (
  { account, to, standing }: Newcomer,
  held: readonly SubscriptionState[],
  { places, standingOf, isOpen }: Room,
): Result<string | null> => {
  const others = held.filter((each) => each.account === account);
  if (others.length >= PER_ACCOUNT) return full(`${PER_ACCOUNT} of an account`);
  const waiting = others.filter(({ status }) => status === 'waiting').length;
  if (to.kind === 'mail' && waiting >= WAITING_PER_ACCOUNT)
    return full(`${WAITING_PER_ACCOUNT} mailbox of an account that is not confirmed`);
  if (held.length < placesIn(places)) return ok(null);
  const inOrder = held.toSorted((a, b) => a.setAt - b.setAt);
  const standings = inOrder.map(standingOf);
  const idle = inOrder.find(({ cases }, i) => standings[i]!.kind === 'free' && !cases.some(isOpen));
  if (idle !== undefined) return ok(idle.subscriptionId);
  const place = placeFor(standings, standing, places);
  return place.kind === 'instead' ? ok(inOrder[place.of]!.subscriptionId) : full(`${placesIn(places)} at this node`);
};
