/** Who makes room for a new subscription where all places are taken. Pure. */
import { type Places, placeFor, placesIn, type Standing } from '../places/places.ts';
import type { SubscriptionState } from './game.ts';

/** Subscriptions of a node, by what their accounts stand for. */
export const SUBSCRIPTION_PLACES: Places = { person: 8_000, stake: 4_000, free: 8_000 };

export type Room = {
  readonly places: Places;
  readonly standingOf: (held: SubscriptionState) => Standing;
  readonly isOpen: (caseId: string) => boolean;
};

/**
 * Whose subscription ends for a new one: `null` where there is room, `full` where nobody's does. First goes who has nothing to be told,
 * since it can be drawn for nothing and follows no case that is open; of these, who asked for notices longest ago.
 */
export const displacedBy = (
  newcomer: Standing,
  held: readonly SubscriptionState[],
  { places, standingOf, isOpen }: Room,
): SubscriptionState | 'full' | null => {
  if (held.length < placesIn(places)) return null;
  const inOrder = held.toSorted((a, b) => a.setAt - b.setAt);
  const standings = inOrder.map(standingOf);
  const idle = inOrder.find(({ cases }, i) => standings[i]!.kind === 'free' && !cases.some(isOpen));
  if (idle !== undefined) return idle;
  const place = placeFor(standings, newcomer, places);
  return place.kind === 'instead' ? inOrder[place.of]! : 'full';
};
