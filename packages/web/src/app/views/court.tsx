import type { CaseSummary } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { client } from '../client.ts';
import { CaseRows } from '../court/case-rows.tsx';
import { MyStake } from '../court/my-stake.tsx';
import { useLoaded } from '../loaded.ts';
import { FeedBanner } from '../parts/feed-banner.tsx';
import { Pager } from '../parts/pager.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { href } from '../router.ts';
import { useFeed } from '../state/feed.ts';
import { ensureWallet } from '../state/wallet.ts';

const FILTERS = [
  ['open', 'Open'],
  ['ended', 'Ended'],
] as const;

type Filter = (typeof FILTERS)[number][0];

const PAGE = 25;

const Listed = ({ cases, filter }: { cases: readonly CaseSummary[]; filter: Filter }) =>
  cases.length === 0 ? (
    <p class="empty">
      {filter === 'open' ? 'No answer is before the court.' : 'No case has ended yet.'} An answer is challenged on its
      market’s page.
    </p>
  ) : (
    <CaseRows cases={cases} />
  );

/** The cases there are, and those that are yours to judge. */
export const CourtView = () => {
  const [filter, setFilter] = useState<Filter>('open');
  const [cursor, setCursor] = useState<readonly string[]>([]);
  const at = cursor.at(-1);
  const cases = useLoaded(`cases ${filter} ${at ?? ''}`, () =>
    client.cases({ limit: PAGE, state: filter, ...(at === undefined ? {} : { cursor: at }) }),
  );
  const own = ensureWallet().address;
  const juror = useLoaded(`juror ${own}`, () => client.juror({ address: own }));
  const reload = (): void => {
    cases.reload();
    juror.reload();
  };
  useFeed('court', reload, { onLive: reload });
  const { state } = cases;
  return (
    <div class="market">
      <header class="market-head">
        <h1>Court</h1>
        <p class="lede">
          An answer that somebody contests with money is judged again: by AI jurors first, by people last. Votes are
          secret until all are in, and a panel that is not sure does not guess.
        </p>
        <p class="small quiet">
          An answer that no panel is sure of stands, right or wrong, unless people are called against it; and people can
          be called only where enough of them have put themselves up to judge.
        </p>
        <p class="small">
          <a href={href({ kind: 'chain-court' })}>Cases that contracts asked</a>
        </p>
        <FeedBanner />
      </header>
      <div class="market-main">
        <fieldset class="choice">
          <legend class="visually-hidden">State</legend>
          {FILTERS.map(([value, name]) => (
            <label key={value}>
              <input
                type="radio"
                name="filter"
                checked={filter === value}
                onChange={() => {
                  setFilter(value);
                  setCursor([]);
                }}
              />
              {name}
            </label>
          ))}
        </fieldset>
        {state.kind === 'loading' && <Waiting what="The list of cases" lines={4} />}
        {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
        {state.kind === 'ready' && <Listed cases={state.value.cases} filter={filter} />}
        <Pager passed={cursor} next={state.kind === 'ready' ? state.value.next : null} onGo={setCursor} />
      </div>
      <div class="market-side">
        <MyStake own={own} juror={juror.state.kind === 'ready' ? juror.state.value : null} onDone={juror.reload} />
      </div>
    </div>
  );
};
