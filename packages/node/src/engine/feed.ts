/** The public feed `markets`: one short event for each turn in a question's life, in the order of the journal. */
import type { Host, Move } from '../journal/host.ts';
import { countingGame } from './counting.ts';

export const FEED_STREAM = 'markets:all';

export type FeedEvent = {
  readonly kind: 'opened' | 'closed' | 'resolved' | 'settled';
  readonly marketId: string;
  readonly at: number;
};

export const feedGame = countingGame<FeedEvent>('markets');

/** The feed's line for a turn; goes into the same transaction as the turn itself. */
export const feedMove = (kind: FeedEvent['kind'], marketId: string, at: number): Move => ({
  stream: FEED_STREAM,
  event: { kind, marketId, at } satisfies FeedEvent,
});

const WINDOW = 500;

/** Markets opened before feed position `before`, newest first, and the position to go on from (`null`: no more). */
export const openedBefore = async (
  host: Host,
  before: number,
  limit: number,
): Promise<{ readonly marketIds: readonly string[]; readonly next: number | null }> => {
  const marketIds: string[] = [];
  let end = before;
  while (end > 0 && marketIds.length < limit) {
    const start = Math.max(0, end - WINDOW);
    const events = await host.read(FEED_STREAM, start, end - start);
    for (const event of events.toReversed()) {
      end = event.seq - 1;
      if (event.kind !== 'opened') continue;
      marketIds.push((event.data as unknown as FeedEvent).marketId);
      if (marketIds.length === limit) break;
    }
    if (marketIds.length < limit) end = start;
  }
  return { marketIds, next: end > 0 ? end : null };
};

/** Markets that were opened and are not settled, from the feed's beginning. */
export const liveMarkets = async (host: Host): Promise<Set<string>> => {
  const live = new Set<string>();
  for (let after = 0; ; ) {
    const events = await host.read(FEED_STREAM, after, 5_000);
    for (const event of events) {
      const { marketId } = event.data as unknown as FeedEvent;
      if (event.kind === 'opened') live.add(marketId);
      if (event.kind === 'settled') live.delete(marketId);
    }
    after = events.at(-1)?.seq ?? after;
    if (events.length < 5_000) return live;
  }
};
