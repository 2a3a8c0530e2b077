import type { ModelHistory } from '@surety/sdk/page';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { DriftChart } from '../models/drift-chart.tsx';
import { VersionCard } from '../models/version-card.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';

const Proves = () => (
  <section class="sheet" aria-labelledby="proves-title">
    <h2 id="proves-title">What a checked publication shows, and what not</h2>
    <div class="proves">
      <div>
        <h3>Shown</h3>
        <ul>
          <li>A key for which this publisher’s wallet spoke committed to exactly these bytes.</li>
          <li>The commitment is in the log that the operator signed.</li>
          <li>A revealed program is the one that was committed to before.</li>
        </ul>
      </div>
      <div>
        <h3>Not shown</h3>
        <ul>
          <li>That the model is good, or that its probes are a fair choice: the publisher chose them.</li>
          <li>That it is the model that answers elsewhere.</li>
          <li>Who made it, or that a hidden publication hides a program at all.</li>
          <li>The hour, beyond the operator’s word, unless a witness or the chain dates it.</li>
        </ul>
      </div>
    </div>
  </section>
);

const Ready = ({ history }: { history: ModelHistory }) => (
  <>
    <DriftChart versions={history.versions} />
    <section class="stack" aria-labelledby="versions-title">
      <h2 id="versions-title">Versions, newest first</h2>
      <ol class="list stack" reversed>
        {history.versions.toReversed().map((version) => (
          <VersionCard key={version.publicationId} version={version} />
        ))}
      </ol>
    </section>
    <Proves />
  </>
);

/** One model: its versions, what became of each, and how its answers moved. */
export const ModelView = ({ publisher, name }: { publisher: string; name: string }) => {
  const { state, reload } = useLoaded(`${publisher}/${name}`, () => client.model({ publisher, name }));
  return (
    <div class="column-receipt stack">
      <header class="market-head">
        <h1>{name}</h1>
        <p class="quiet">
          published by <span class="mono address">{publisher}</span>
        </p>
      </header>
      {state.kind === 'loading' && <Waiting what="The model" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && <Ready history={state.value} />}
    </div>
  );
};
