import type { MarketSummary } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { MarketRows } from '../parts/market-rows.tsx';
import { Pager } from '../parts/pager.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useFeed } from '../state/feed.ts';

const FILTERS = [
  ['all', 'All'],
  ['open', 'Open'],
  ['closed', 'Being decided'],
  ['resolved', 'Decided'],
  ['settled', 'Settled'],
] as const;

type Filter = (typeof FILTERS)[number][0];

const PAGE = 25;

/** Every market, newest first, by state and by word. */
export const MarketsView = () => {
  const [filter, setFilter] = useState<Filter>('all');
  const [words, setWords] = useState('');
  const [cursor, setCursor] = useState<readonly string[]>([]);
  const at = cursor.at(-1);
  const { state, reload } = useLoaded(`${filter} ${at ?? ''}`, () =>
    client.markets({
      limit: PAGE,
      ...(filter === 'all' ? {} : { status: filter }),
      ...(at === undefined ? {} : { cursor: at }),
    }),
  );
  useFeed('markets', reload);
  const wanted = words.trim().toLowerCase();
  const fits = (market: MarketSummary): boolean => market.plainWords.toLowerCase().includes(wanted);
  const choose = (next: Filter): void => {
    setFilter(next);
    setCursor([]);
  };
  const markets = state.kind === 'ready' ? state.value.markets.filter(fits) : [];
  const next = state.kind === 'ready' ? state.value.next : null;
  return (
    <div class="column-receipt stack">
      <h1>Markets</h1>
      <div class="filters">
        <fieldset class="choice">
          <legend class="visually-hidden">State</legend>
          {FILTERS.map(([value, name]) => (
            <label key={value}>
              <input type="radio" name="filter" checked={filter === value} onChange={() => choose(value)} />
              {name}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="words" class="visually-hidden">
            Words in the question
          </label>
          <input
            id="words"
            class="input"
            type="search"
            placeholder="Find words on this page"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </div>
      </div>
      {state.kind === 'loading' && <Waiting what="The list of markets" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && markets.length === 0 && (
        <p class="empty">
          {wanted === '' ? 'No market is in this state.' : `No question on this page contains “${words.trim()}”.`}{' '}
          <a href="#/">Ask something</a>.
        </p>
      )}
      {markets.length > 0 && <MarketRows markets={markets} />}
      <Pager passed={cursor} next={next} onGo={setCursor} />
    </div>
  );
};
