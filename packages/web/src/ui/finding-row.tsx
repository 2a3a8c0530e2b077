import type { Finding } from '@surety/sdk/page';
import { HoldsIcon } from './holds-icon.tsx';
import { HOLDS_WORDS } from './link-state.ts';

const Words = ({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) => (
  <div class="finding-words">
    <h4>{title}</h4>
    {items.length === 0 ? (
      <p class="quiet">{empty}</p>
    ) : (
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    )}
  </div>
);

/** One check: what came of it, and on request what it proves, assumes and does not prove. */
export const FindingRow = ({ finding }: { finding: Finding }) => (
  <li class={`finding finding-${finding.holds}`}>
    <HoldsIcon holds={finding.holds} />
    <div>
      <p>
        <span class={`holds-word holds-${finding.holds}`}>{HOLDS_WORDS[finding.holds]}</span> {finding.summary}
      </p>
      <details open={finding.holds === 'refuted'}>
        <summary>What this proves and what it does not</summary>
        <div class="finding-detail">
          <Words
            title="Proves"
            items={
              finding.holds === 'shown'
                ? finding.proves.map(({ property, of }) => `${property.replaceAll('-', ' ')} of ${of}`)
                : []
            }
            empty={finding.holds === 'shown' ? 'Nothing on its own.' : 'Nothing, because this check did not pass.'}
          />
          <Words title="Assumes" items={finding.assumes} empty="Nothing further." />
          <Words title="Does not prove" items={finding.doesNotProve} empty="" />
        </div>
        <p class="small quiet">
          Recomputed from <span class="mono">{finding.source}</span>
        </p>
      </details>
    </div>
  </li>
);
