import { type ChainCase, chainPhaseWords } from '@surety/sdk/page';
import { useEffect } from 'preact/hooks';
import { dollars } from '../../ui/amount.ts';
import { countdown } from '../../ui/time.ts';
import { client } from '../client.ts';
import { askedBy } from '../court/asked-by.ts';
import { ChainDuties } from '../court/chain-duties.tsx';
import { useLoaded } from '../loaded.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { href } from '../router.ts';
import { useChainNow } from '../runs/chain-clock.ts';

/** How often the chain is looked at again, ms. */
export const LOOK_AGAIN_MS = 4_000;

const Row = ({ of }: { of: ChainCase }) => {
  const at = useChainNow(of.chain);
  return (
    <li>
      <a href={href({ kind: 'chain-case', caseId: String(of.caseId) })}>
        <span class="row-question">{askedBy(of)}</span>
        <span class="row-answer run-row-due">
          {of.endsAt !== null && <strong>{countdown(Math.max(0, of.endsAt - at))}</strong>}
          <span>{chainPhaseWords(of)}</span>
        </span>
        <span class="row-state small quiet">
          case {of.caseId} · bonds {dollars(of.bondsMicroUsd)}
        </span>
      </a>
    </li>
  );
};

const Nothing = ({ court }: { court: string }) => (
  <div class="stack">
    <p class="empty">No contract has asked anything of late.</p>
    <p class="small quiet">
      A contract asks the court at <span class="mono inert">{court}</span>. Without one, at a terminal:
    </p>
    <p class="small">
      <code class="inert">surety court ask "Is uniswap-claim-rewards.app a scam?" --court {court} --policy ID</code>
    </p>
  </div>
);

/** Cases that contracts asked at the court that this node follows. */
export const ChainCourtView = () => {
  const { state, reload } = useLoaded('chain cases', () => client.chainCases());
  useEffect(() => {
    const timer = setInterval(reload, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <div class="column stack">
      <h1>Court of contracts</h1>
      <p class="lede">
        Contracts ask this court, and act on what it says. Bonds, votes and windows are on the chain; a ruling shows how
        many said so, not that it is right.
      </p>
      {state.kind === 'loading' && <Waiting what="The list of cases" lines={4} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && <ChainDuties chain={state.value.chain} cases={state.value.cases} />}
      {state.kind === 'ready' &&
        (state.value.cases.length === 0 ? (
          <Nothing court={state.value.chain.court} />
        ) : (
          <ul class="list market-rows case-rows">
            {state.value.cases.map((of) => (
              <Row key={of.caseId} of={of} />
            ))}
          </ul>
        ))}
    </div>
  );
};
