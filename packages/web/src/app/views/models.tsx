import type { ModelSummary } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { moment } from '../../ui/time.ts';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { STATUS_NAMES } from '../models/status-words.ts';
import { Pager } from '../parts/pager.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { href } from '../router.ts';

const PAGE = 50;

const Row = ({ model }: { model: ModelSummary }) => {
  const { publisher, name, versions, latest } = model;
  return (
    <li>
      <a href={href({ kind: 'model', publisher, name })}>
        <span class="row-question">{name}</span>
        <span class={`stamp stamp-model-${latest.status}`}>{STATUS_NAMES[latest.status]}</span>
        <span class="row-state small quiet">
          by{' '}
          <span class="mono" title={publisher}>
            {publisher.slice(0, 8)}…{publisher.slice(-4)}
          </span>{' '}
          · {versions} version{versions === 1 ? '' : 's'} · newest {moment(latest.publishedAt)}
        </span>
      </a>
    </li>
  );
};

/** Every published model, in the order of publishers and names. */
export const ModelsView = () => {
  const [cursor, setCursor] = useState<readonly string[]>([]);
  const at = cursor.at(-1);
  const { state, reload } = useLoaded(`models ${at ?? ''}`, () =>
    client.models({ limit: PAGE, ...(at === undefined ? {} : { cursor: at }) }),
  );
  const next = state.kind === 'ready' ? state.value.next : null;
  return (
    <div class="column-receipt stack">
      <h1>Models</h1>
      <p class="lede">
        Publishers commit to an exact program, at once in the open or hidden until a date, with money that burns if they
        do not keep it.
      </p>
      {state.kind === 'loading' && <Waiting what="The list of models" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && state.value.models.length === 0 && (
        <p class="empty">
          No model is published here. <code>surety model publish</code> makes the first one.
        </p>
      )}
      {state.kind === 'ready' && state.value.models.length > 0 && (
        <ul class="list market-rows model-rows">
          {state.value.models.map((model) => (
            <Row key={model.model} model={model} />
          ))}
        </ul>
      )}
      <Pager passed={cursor} next={next} onGo={setCursor} names={['Back', 'Further']} />
    </div>
  );
};
