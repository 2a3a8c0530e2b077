import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { useFeed } from '../state/feed.ts';
import { MarketRows } from './market-rows.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Waiting } from './waiting.tsx';

/** The newest questions, moving while they move. */
export const RecentMarkets = () => {
  const { state, reload } = useLoaded('recent', () => client.markets({ limit: 6 }));
  useFeed('markets', reload);
  return (
    <section class="recent" aria-labelledby="recent">
      <header class="section-head">
        <h2 id="recent">Asked lately</h2>
        <a href="#/markets">All markets</a>
      </header>
      {state.kind === 'loading' && <Waiting what="The list of markets" lines={4} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' &&
        (state.value.markets.length === 0 ? (
          <p class="empty">Nobody has asked anything yet. The first answer could be yours in a few seconds.</p>
        ) : (
          <MarketRows markets={state.value.markets} />
        ))}
    </section>
  );
};
