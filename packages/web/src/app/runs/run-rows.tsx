import { isIterated, nextMove, programName, type RunSummary, spotWords, stageOf, stepsWords } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';
import { ago, countdown } from '../../ui/time.ts';
import { href } from '../router.ts';
import { StageStamp } from './stage-stamp.tsx';

/** Who has to move and how long there is, or how it ended. */
const Due = ({ run, at }: { run: RunSummary; at: number }) => {
  const { what, before } = nextMove(run, at);
  return (
    <span class="row-answer run-row-due">
      {before !== null && <strong>{countdown(before - at)}</strong>}
      <span>{what}</span>
    </span>
  );
};

const Spot = ({ run }: { run: RunSummary }) => {
  if (run.spot === null) return null;
  const { place, elements } = spotWords(run.spot, isIterated(run));
  return <span>{elements === null ? `about ${place}` : `about ${elements} of ${place}`} · </span>;
};

const disputesWords = ({ disputes, openDisputes }: RunSummary): string => {
  if (disputes === 0) return 'no dispute';
  const all = `${disputes} dispute${disputes === 1 ? '' : 's'}`;
  return openDisputes === 0 ? all : `${all}, ${openDisputes} open`;
};

/** Claims as rows: program, state, whose move it is. */
export const RunRows = ({ runs, at }: { runs: readonly RunSummary[]; at: number }) => (
  <ul class="list market-rows run-rows">
    {runs.map((run) => (
      <li key={run.claimId}>
        <a href={href({ kind: 'run', claimId: run.claimId })}>
          <span class="row-question">
            {programName(run)} <small class="quiet">{stepsWords(run)}</small>
          </span>
          <StageStamp stage={stageOf(run, at)} />
          <Due run={run} at={at} />
          <span class="row-state small quiet">
            claim <span class="mono">{run.claimId.slice(0, 6)}</span> · <Spot run={run} />
            bond {dollars(run.bondMicroUsd)} · {disputesWords(run)} · claimed {ago(run.madeAt, at)}
          </span>
        </a>
      </li>
    ))}
  </ul>
);
