import type { ModelVersion } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { type Bar, barsOf, MEASURES, type Measure, significant, topOf } from './drift-scale.ts';
import { DriftTable } from './drift-table.tsx';

/** A bar of the scale's height, drawn from below; its number stands above it in words. */
const Column = ({ bar, top }: { bar: Bar; top: number }) => (
  <li class="drift-column">
    <span class={bar.value === null ? 'drift-words small quiet' : 'drift-words small'}>{bar.words}</span>
    <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="drift-rail" width="10" height="100" />
      {bar.value !== null && (
        <rect class="drift-bar" width="10" y={100 - (100 * bar.value) / top} height={(100 * bar.value) / top} />
      )}
    </svg>
    <span class="drift-version small">{bar.from === null ? `v${bar.version}` : `v${bar.from} → v${bar.version}`}</span>
  </li>
);

/** How answers moved from each public version to the next, on probes that everybody can run. */
export const DriftChart = ({ versions }: { versions: readonly ModelVersion[] }) => {
  const [measure, setMeasure] = useState<Measure>('choices');
  const bars = barsOf(versions, measure);
  const top = topOf(bars, measure);
  const whole = measure === 'choices' ? `${significant(top * 100)} %` : significant(top);
  return (
    <section class="chart sheet drift" aria-labelledby="drift-title">
      <header class="section-head">
        <h2 id="drift-title">How answers drifted</h2>
        <p class="small quiet">full height: {whole}</p>
      </header>
      <fieldset class="choice">
        <legend class="visually-hidden">What is shown</legend>
        {MEASURES.map(([value, name]) => (
          <label key={value}>
            <input type="radio" name="measure" checked={measure === value} onChange={() => setMeasure(value)} />
            {name}
          </label>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where there are many versions, and keys must reach it */}
      <section class="drift-scroll" tabIndex={0} aria-label="Drift of each version, oldest first">
        <ol class="list drift-columns">
          {bars.map((bar) => (
            <Column key={bar.version} bar={bar} top={top} />
          ))}
        </ol>
      </section>
      {versions.some(({ drift }) => drift !== null) ? (
        <>
          <p class="small quiet">
            Measured by this node on a probe set that the publisher chose; run it yourself with{' '}
            <code>surety model drift</code>.
          </p>
          <DriftTable versions={versions} />
        </>
      ) : (
        <p class="small quiet">Nothing is measured yet: it takes two public versions and a probe set.</p>
      )}
    </section>
  );
};
