import type { RunSummary, Runs } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { FeedBanner } from '../parts/feed-banner.tsx';
import { Pager } from '../parts/pager.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useChainNow } from '../runs/chain-clock.ts';
import { RunRows } from '../runs/run-rows.tsx';
import { useFeed } from '../state/feed.ts';

const FILTERS = [
  ['all', 'All'],
  ['open', 'Open'],
  ['final', 'Final'],
  ['void', 'Void'],
  ['annulled', 'Annulled'],
] as const satisfies readonly (readonly [RunSummary['state'] | 'all', string])[];

type Filter = (typeof FILTERS)[number][0];

const PAGE = 25;

const Empty = ({ filter }: { filter: Filter }) =>
  filter === 'all' ? (
    <p class="empty">
      No claim has been made on this chain. <code>surety run … --prove optimistic --bond 50</code> makes the first one.
    </p>
  ) : (
    <p class="empty">No claim is {filter}.</p>
  );

const Ready = ({ of, filter }: { of: Runs; filter: Filter }) => {
  const at = useChainNow(of.chain);
  return of.runs.length === 0 ? <Empty filter={filter} /> : <RunRows runs={of.runs} at={at} />;
};

/** Every claim about a run that the node sees on its chain, newest first. */
export const RunsView = () => {
  const [filter, setFilter] = useState<Filter>('all');
  const [cursor, setCursor] = useState<readonly string[]>([]);
  const at = cursor.at(-1);
  const { state, reload } = useLoaded(`runs ${filter} ${at ?? ''}`, () =>
    client.runs({
      limit: PAGE,
      ...(filter === 'all' ? {} : { state: filter }),
      ...(at === undefined ? {} : { cursor: at }),
    }),
  );
  useFeed('runs', reload, { onLive: reload });
  const choose = (next: Filter): void => {
    setFilter(next);
    setCursor([]);
  };
  const next = state.kind === 'ready' ? state.value.next : null;
  return (
    <div class="column-receipt stack">
      <h1>Runs</h1>
      <p class="lede">
        A provider says that a program on an input gave an output, and stands in for it with a bond. Whoever finds it
        wrong can show so and is paid out of that bond.
      </p>
      <fieldset class="choice">
        <legend class="visually-hidden">State</legend>
        {FILTERS.map(([value, name]) => (
          <label key={value}>
            <input type="radio" name="filter" checked={filter === value} onChange={() => choose(value)} />
            {name}
          </label>
        ))}
      </fieldset>
      <FeedBanner />
      {state.kind === 'loading' && <Waiting what="The list of claims" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && <Ready of={state.value} filter={filter} />}
      <Pager passed={cursor} next={next} onGo={setCursor} />
    </div>
  );
};
