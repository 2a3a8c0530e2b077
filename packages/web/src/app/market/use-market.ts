import type { Market, StreamEvent } from '@surety/sdk/page';
import { useEffect, useRef, useState } from 'preact/hooks';
import { client } from '../client.ts';
import { type Loaded, useLoaded } from '../loaded.ts';
import { useFeed } from '../state/feed.ts';
import { pricesOf, type Trade, tradeOf } from './trade.ts';

/** A point of the price history. */
export type PricePoint = Market['priceHistory'][number];

export type LiveMarket = {
  readonly market: Loaded<Market>;
  /** Prices now: the market's, or those of a later event. */
  readonly prices: readonly number[];
  readonly history: readonly PricePoint[];
  /** Newest first. */
  readonly trades: readonly Trade[];
  readonly reload: () => void;
};

const TRADES_KEPT = 200;
const POINTS_KEPT = 1_000;

type Tail = { readonly points: readonly PricePoint[]; readonly trades: readonly Trade[] };

const addEvent = (tail: Tail, event: StreamEvent): Tail => {
  const prices = pricesOf(event);
  const trade = tradeOf(event);
  return {
    points:
      prices === null
        ? tail.points
        : [...tail.points, { at: event.at, seq: event.seq, probabilitiesPpm: [...prices] }].slice(-POINTS_KEPT),
    trades:
      trade === null || tail.trades.some(({ seq }) => seq === trade.seq)
        ? tail.trades
        : [trade, ...tail.trades].slice(0, TRADES_KEPT),
  };
};

/**
 * A market that moves: a picture of it, and every event after that picture. Events carry prices and trades
 * at once; whatever else changed is fetched again, at most once in 400 ms.
 */
export const useMarket = (marketId: string): LiveMarket => {
  const { state, reload } = useLoaded(marketId, () => client.market({ marketId }));
  const [tail, setTail] = useState<Tail>({ points: [], trades: [] });
  const soon = useRef<ReturnType<typeof setTimeout> | null>(null);
  const start = useRef<number | null>(null);
  if (state.kind === 'ready') start.current ??= state.value.seq;

  useEffect(() => {
    if (start.current === null) return;
    const after = Math.max(0, start.current - TRADES_KEPT);
    void client.marketEvents({ marketId, after, limit: TRADES_KEPT }).then((page) => {
      if (page.ok)
        setTail((now) =>
          page.value.events.reduce((sum, event) => ({ ...addEvent(sum, event), points: sum.points }), now),
        );
    });
  }, [state.kind]);

  useFeed(
    `market:${marketId}`,
    (event) => {
      setTail((now) => addEvent(now, event));
      soon.current ??= setTimeout(() => {
        soon.current = null;
        reload();
      }, 400);
    },
    { after: start.current },
  );
  useEffect(() => () => clearTimeout(soon.current ?? undefined), []);

  if (state.kind !== 'ready') return { market: state, prices: [], history: [], trades: [], reload };
  const known = state.value.priceHistory;
  const lastSeq = known.at(-1)?.seq ?? 0;
  const history = [...known, ...tail.points.filter((point) => point.seq > lastSeq)];
  const newest = tail.points.at(-1);
  const prices =
    newest !== undefined && newest.seq > state.value.seq ? newest.probabilitiesPpm : state.value.probabilitiesPpm;
  const trades = [...tail.trades].sort((a, b) => b.seq - a.seq);
  return { market: state, prices, history, trades, reload };
};
