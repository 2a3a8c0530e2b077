import { nextMove, programName, type Run, type StreamEvent, stageOf, stepsWords } from '@surety/sdk/page';
import { useEffect, useRef } from 'preact/hooks';
import { FindingRow } from '../../ui/finding-row.tsx';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { FeedBanner } from '../parts/feed-banner.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { AccountName } from '../runs/account-name.tsx';
import { useChainNow } from '../runs/chain-clock.ts';
import { ClaimFacts } from '../runs/claim-facts.tsx';
import { Moves } from '../runs/moves.tsx';
import { OutcomesTable } from '../runs/outcomes-table.tsx';
import { SpotCard } from '../runs/spot-card.tsx';
import { StageStamp } from '../runs/stage-stamp.tsx';
import { WhoseMove } from '../runs/whose-move.tsx';
import { announce } from '../state/announce.ts';
import { useFeed } from '../state/feed.ts';

const Ready = ({ run }: { run: Run }) => {
  const at = useChainNow(run.chain);
  const stage = stageOf(run, at);
  const said = useRef(stage);
  useEffect(() => {
    if (said.current !== stage) announce(nextMove(run, at).what);
    said.current = stage;
  }, [stage]);
  return (
    <>
      <header class="market-head run-head">
        <p class="eyebrow">Claim about a run</p>
        <h1>{programName(run)}</h1>
        <p class="run-head-state">
          <StageStamp stage={stage} />
          <span class="quiet">
            run by <AccountName address={run.provider} />
            {stepsWords(run) !== '' && `, ${stepsWords(run)}`}
          </span>
        </p>
        <FeedBanner />
      </header>
      <div class="run-glance">
        <WhoseMove run={run} at={at} />
        <SpotCard run={run} />
      </div>
      <OutcomesTable run={run} />
      <Moves run={run} at={at} />
      <section class="sheet" aria-labelledby="shows">
        <h2 id="shows">What this shows, and what not</h2>
        <h3 class="visually-hidden">Whether the program was run as claimed</h3>
        <ul class="list">
          <FindingRow shown={run.finding} origin="Read from the chain by this node: claim" refutedWord="refuted" open />
        </ul>
      </section>
      <ClaimFacts run={run} />
    </>
  );
};

/** One claim: whose move it is, what is disputed, what it is worth to whom, and every move so far. */
export const RunView = ({ claimId }: { claimId: string }) => {
  const { state, reload } = useLoaded(claimId, () => client.run({ claimId }));
  const hear = (event: StreamEvent): void => {
    if ((event.data as { readonly claimId?: unknown }).claimId === claimId) reload();
  };
  useFeed('runs', hear, { onLive: reload });
  if (state.kind === 'ready')
    return (
      <div class="column-receipt stack run">
        <Ready run={state.value} />
      </div>
    );
  return (
    <div class="column-receipt stack">
      <h1>Claim about a run</h1>
      {state.kind === 'loading' ? (
        <Waiting what="The claim" lines={6} />
      ) : (
        <ProblemNotice problem={state.problem} onRetry={reload} />
      )}
    </div>
  );
};
