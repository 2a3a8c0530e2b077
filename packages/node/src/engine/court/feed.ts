/** The public feed `court`: one short event for each turn of a case, in the order of the journal. */
import type { Move } from '../../journal/host.ts';
import { countingGame } from '../counting.ts';

export const COURT_FEED = 'court:all';

export type CourtFeedEvent = {
  /** `panel`: somebody is going to be drawn; `moved`: a round was counted or a window ended. */
  readonly kind: 'opened' | 'panel' | 'moved' | 'ended';
  readonly marketId: string;
  readonly at: number;
};

export const courtFeedGame = countingGame<CourtFeedEvent>('court');

/** The feed's line for a turn; goes into the same transaction as the turn itself. */
export const courtFeedMove = (kind: CourtFeedEvent['kind'], marketId: string, at: number): Move => ({
  stream: COURT_FEED,
  event: { kind, marketId, at } satisfies CourtFeedEvent,
});
