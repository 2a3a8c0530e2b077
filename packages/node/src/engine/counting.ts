/** A public feed as a game: it takes every event, and only counts. */
import type { Json } from '@surety/core';
import type { Effect, Game } from '../journal/game.ts';

/** The feed of a name; its events are plain JSON. */
export const countingGame = <Event>(name: string): Game<number, Event, Effect> => ({
  name,
  initial: () => 0,
  step: (count) => ({ kind: 'accepted', state: count + 1, effects: [] }),
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as Event,
  encodeState: (count) => count,
  decodeState: (json) => json as number,
});
