import { type CourtCase, isOpen, type Market, phaseWords, type StreamEvent } from '@surety/sdk/page';
import { useEffect, useRef } from 'preact/hooks';
import { dollars } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { countdown, moment, span } from '../../ui/time.ts';
import { client } from '../client.ts';
import { Advice } from '../court/advice.tsx';
import { FollowCase } from '../court/be-told.tsx';
import { GoOn } from '../court/go-on.tsx';
import { Ladder } from '../court/ladder.tsx';
import { MySeat } from '../court/my-seat.tsx';
import { PanelVotes } from '../court/panel-votes.tsx';
import { Sides } from '../court/sides.tsx';
import { useLoaded } from '../loaded.ts';
import { FeedBanner } from '../parts/feed-banner.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { href } from '../router.ts';
import { announce } from '../state/announce.ts';
import { now } from '../state/clock.ts';
import { useFeed } from '../state/feed.ts';
import { ensureWallet } from '../state/wallet.ts';

const Where = ({ of }: { of: CourtCase }) => (
  <section class="sheet whose-move" aria-labelledby="where">
    <h2 id="where">Where it stands</h2>
    <p class="whose-move-what">{phaseWords(of)}</p>
    {of.endsAt !== null && (
      <p class="whose-move-clock">
        <strong role="timer" aria-label={`Time left: ${span(Math.max(0, of.endsAt - now.value))}`}>
          {countdown(of.endsAt - now.value)}
        </strong>
        <span class="small quiet">
          left, until {moment(of.endsAt)}
          <br />
          over by {moment(of.latestEnd)} at the latest
        </span>
      </p>
    )}
    {of.bribe !== null && (
      <p class="small quiet">
        Buying the next panel would take {dollars(of.bribe.budgetMicroUsd)} that {of.bribe.seats} jurors believe in.
        That is a price, not a wall.
      </p>
    )}
  </section>
);

type Props = { readonly of: CourtCase; readonly market: Market | null; readonly reload: () => void };

const Ready = ({ of, market, reload }: Props) => {
  const own = ensureWallet().address;
  const juror = useLoaded(`juror ${own} ${of.phase} ${of.round}`, () => client.juror({ address: own }));
  const duty =
    juror.state.kind === 'ready' ? juror.state.value.duties.find(({ caseId }) => caseId === of.caseId) : undefined;
  const said = useRef(of.phase);
  useEffect(() => {
    if (said.current !== of.phase) announce(phaseWords(of));
    said.current = of.phase;
  }, [of.phase]);
  const done = (): void => {
    reload();
    juror.reload();
  };
  useFeed(`case:${of.caseId}`, done);
  return (
    <div class="market case">
      <header class="market-head">
        <p class="eyebrow">Case of the court</p>
        <h1>{questionParts(of.plainWords).question}</h1>
        <p class="small">
          <a href={href({ kind: 'market', marketId: of.caseId })}>The question and its market</a>
        </p>
        <FeedBanner />
      </header>
      <div class="market-main">
        <Ladder of={of} />
        <Sides of={of} market={market} />
        <PanelVotes of={of} />
        <Advice of={of} onDone={done} />
      </div>
      <div class="market-side">
        <Where of={of} />
        {duty !== undefined && <MySeat of={of} duty={duty} onDone={done} />}
        {isOpen(of) && <FollowCase caseId={of.caseId} wallet={own} />}
        <GoOn key={`${of.phase} ${of.round}`} of={of} onDone={done} />
      </div>
    </div>
  );
};

/** One case: where it stands, the whole ladder, both sides, who judged and why, and what one can do. */
export const CaseView = ({ marketId }: { marketId: string }) => {
  const { state, reload } = useLoaded(`case ${marketId}`, () => client.case({ marketId }));
  const market = useLoaded(`case market ${marketId}`, () => client.market({ marketId }));
  const hear = (event: StreamEvent): void => {
    if ((event.data as { readonly marketId?: unknown }).marketId === marketId) reload();
  };
  useFeed('court', hear, { onLive: reload });
  if (state.kind === 'ready')
    return (
      <Ready of={state.value} market={market.state.kind === 'ready' ? market.state.value : null} reload={reload} />
    );
  return (
    <div class="column stack">
      <h1>Case of the court</h1>
      {state.kind === 'loading' ? (
        <Waiting what="The case" lines={6} />
      ) : (
        <ProblemNotice problem={state.problem} onRetry={reload} />
      )}
    </div>
  );
};
