/** The public feed `court`: one short event for each turn of a case, in the order of the journal. */
import type { Json } from '@surety/core';
import type { Effect, Game } from '../../journal/game.ts';
import type { Move } from '../../journal/host.ts';

export const COURT_FEED = 'court:all';

export type CourtFeedEvent = {
  /** `panel`: somebody is going to be drawn; `moved`: a round was counted or a window ended. */
  readonly kind: 'opened' | 'panel' | 'moved' | 'ended';
  readonly marketId: string;
  readonly at: number;
};

/** The feed as a game: it only counts. */
export const courtFeedGame: Game<number, CourtFeedEvent, Effect> = {
  name: 'court',
  initial: () => 0,
  step: (count) => ({ kind: 'accepted', state: count + 1, effects: [] }),
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as CourtFeedEvent,
  encodeState: (count) => count,
  decodeState: (json) => json as number,
};

/** The feed's line for a turn; goes into the same transaction as the turn itself. */
export const courtFeedMove = (kind: CourtFeedEvent['kind'], marketId: string, at: number): Move => ({
  stream: COURT_FEED,
  event: { kind, marketId, at } satisfies CourtFeedEvent,
});
