import {
  type ChainCase,
  chainPhaseWords,
  dueWords,
  endWords,
  personsWords,
  servingWords,
  unruledWords,
} from '@surety/sdk/page';
import { useEffect, useState } from 'preact/hooks';
import { countdown, moment, span } from '../../ui/time.ts';
import { client } from '../client.ts';
import { askedBy } from '../court/asked-by.ts';
import { ChainGoOn } from '../court/chain-go-on.tsx';
import { ChainPayout } from '../court/chain-payout.tsx';
import { MyChainSeat } from '../court/chain-seat.tsx';
import { Ladder } from '../court/ladder.tsx';
import { PanelVotes } from '../court/panel-votes.tsx';
import { useLoaded } from '../loaded.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { href } from '../router.ts';
import { AccountName } from '../runs/account-name.tsx';
import { useChainNow } from '../runs/chain-clock.ts';
import { LOOK_AGAIN_MS } from './chain-court.tsx';

const Where = ({ of }: { of: ChainCase }) => {
  const at = useChainNow(of.chain);
  const due = dueWords(of);
  const end = endWords(of);
  return (
    <section class="sheet whose-move" aria-labelledby="where">
      <h2 id="where">Where it stands</h2>
      <p class="whose-move-what">{chainPhaseWords(of)}</p>
      {of.endsAt !== null && (
        <p class="whose-move-clock">
          <strong role="timer" aria-label={`Time left: ${span(Math.max(0, of.endsAt - at))}`}>
            {countdown(Math.max(0, of.endsAt - at))}
          </strong>
          <span class="small quiet">
            left, until {moment(of.endsAt)}
            {of.latestEnd !== null && (
              <>
                <br />
                over by {moment(of.latestEnd)} at the latest
              </>
            )}
          </span>
        </p>
      )}
      {due !== null && <p class="small">{due}</p>}
      {end !== null && <p class="small">{end}</p>}
      {of.calledBack !== null && (
        <p class="small">
          {of.calledBack
            ? 'The contract was told, and acted on it.'
            : 'The contract was told and did not take it: it can be asked to act by hand.'}
        </p>
      )}
    </section>
  );
};

const Asked = ({ of }: { of: ChainCase }) => (
  <section class="sheet stack" aria-labelledby="asked">
    <h2 id="asked">What was asked</h2>
    {of.plainWords === null ? (
      <p>
        Only the digest of the question is known here. Jurors who cannot read it abstain, and without a ruling everybody
        is refunded.
      </p>
    ) : (
      <p class="inert">{of.plainWords}</p>
    )}
    <dl class="leaders small">
      <div>
        <dt>Asked by</dt>
        <dd>
          <AccountName address={of.asker} />
        </dd>
      </div>
      {of.proposer !== null && (
        <div>
          <dt>Proposed by</dt>
          <dd>
            <AccountName address={of.proposer} />
          </dd>
        </div>
      )}
      <div>
        <dt>Court</dt>
        <dd>
          <span class="mono" title={of.chain.court}>
            {of.chain.court.slice(0, 8)}…
          </span>{' '}
          on chain {of.chain.chainId} ({of.chain.environment})
        </dd>
      </div>
    </dl>
    {personsWords(of) !== null && <p class="small inert">{personsWords(of)}</p>}
    <p class="small quiet">
      {of.claimFrom === null
        ? `Digest ${of.question.slice(0, 18)}…`
        : `The text was published ${of.claimFrom === 'chain' ? 'on the chain' : 'at this node'}, and hashes to the question.`}
    </p>
  </section>
);

/** What to know before money is put on it. */
const Terms = ({ of }: { of: ChainCase }) => {
  if (of.endsAt === null) return null;
  const serving = servingWords(of);
  return (
    <section class="sheet stack case-terms" aria-labelledby="terms">
      <h2 id="terms">Before you rely on it</h2>
      <p class="small">{unruledWords(of)}</p>
      {serving !== null && <p class="small">{serving}</p>}
      {serving !== null && of.due === 'draw' && (
        <p class="small">
          At a terminal:{' '}
          <code class="inert">
            surety court draw chain:{of.caseId} --court {of.chain.court}
          </code>
        </p>
      )}
    </section>
  );
};

const SEATS_SHOW =
  'Each seat committed to its vote and to the digest of its reason before any vote was open; the reason is shown where its text has that digest. That an AI seat runs the family it registered with is what its operator says, and two seats of different operators may be one person’s. No seat shows that its vote is right.';

const Ready = ({ of, reload }: { of: ChainCase; reload: () => void }) => {
  const shown = { ...of, claim: { outcomes: of.labels } };
  const [said, say] = useState('');
  return (
    <div class="market case">
      <header class="market-head">
        <p class="eyebrow">Case {of.caseId} of a contract</p>
        <h1>{askedBy(of)}</h1>
        <p class="small">
          <a href={href({ kind: 'chain-court' })}>All cases of contracts</a>
        </p>
      </header>
      <div class="market-main">
        <Ladder of={shown} />
        <Asked of={of} />
        <Terms of={of} />
        <PanelVotes of={shown} shows={SEATS_SHOW} />
      </div>
      <div class="market-side">
        <Where of={of} />
        <MyChainSeat of={of} say={say} onDone={reload} />
        <ChainGoOn key={`${of.phase} ${of.round}`} of={of} say={say} onDone={reload} />
        <ChainPayout of={of} say={say} onDone={reload} />
        {said !== '' && (
          <p class="notice small" role="status">
            {said}
          </p>
        )}
      </div>
    </div>
  );
};

/** One case that a contract asked: where it stands, the whole ladder, and what one can do with a wallet or a command. */
export const ChainCaseView = ({ caseId }: { caseId: string }) => {
  const { state, reload } = useLoaded(`chain case ${caseId}`, () => client.chainCase({ caseId }));
  useEffect(() => {
    const timer = setInterval(reload, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (state.kind === 'ready') return <Ready of={state.value} reload={reload} />;
  return (
    <div class="column stack">
      <h1>Case of a contract</h1>
      {state.kind === 'loading' ? (
        <Waiting what="The case" lines={6} />
      ) : (
        <ProblemNotice problem={state.problem} onRetry={reload} />
      )}
    </div>
  );
};
