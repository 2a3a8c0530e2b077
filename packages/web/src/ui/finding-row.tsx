import type { Finding } from '@surety/sdk/page-verify';
import { HexText } from './hex-text.tsx';
import { HoldsIcon } from './holds-icon.tsx';
import { HOLDS_WORDS } from './link-state.ts';

/** A finding about a link, or a check of the receipt as a whole. */
export type Shown = Pick<Finding, 'holds' | 'summary' | 'proves' | 'assumes' | 'doesNotProve'> & {
  readonly source: string;
};

const Words = ({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) => (
  <div class="finding-words">
    <h4>{title}</h4>
    {items.length === 0 ? (
      <p class="quiet">{empty}</p>
    ) : (
      <ul>
        {items.map((item) => (
          <li key={item}>
            <HexText text={item} />
          </li>
        ))}
      </ul>
    )}
  </div>
);

const provesWords = ({ proves }: Shown): readonly string[] =>
  proves.map(({ property, of }) => `${property.replaceAll('-', ' ')}: ${of}`);

type RowProps = {
  readonly shown: Shown;
  /** Where it comes from, when it was not recomputed in this browser. */
  readonly origin?: string;
  /** What `refuted` is called; of a link, broken. */
  readonly refutedWord?: string;
  /** Whether its details are open from the start. */
  readonly open?: boolean;
};

/** One check: what came of it, and on request what it proves, assumes and does not prove. */
export const FindingRow = ({
  shown,
  origin = 'Recomputed here from',
  refutedWord = HOLDS_WORDS.refuted,
  open = shown.holds === 'refuted',
}: RowProps) => (
  <li class={`finding finding-${shown.holds}`}>
    <HoldsIcon holds={shown.holds} />
    <div>
      <p>
        <span class={`holds-word holds-${shown.holds}`}>
          {shown.holds === 'refuted' ? refutedWord : HOLDS_WORDS[shown.holds]}
        </span>{' '}
        <HexText text={shown.summary} />
      </p>
      <details open={open}>
        <summary>Proves, assumes, does not prove</summary>
        <div class="finding-detail">
          <Words title="Proves" items={provesWords(shown)} empty="Nothing." />
          <Words title="Assumes" items={shown.assumes} empty="Nothing further." />
          <Words title="Does not prove" items={shown.doesNotProve} empty="" />
        </div>
        <p class="small quiet">
          {origin} <HexText text={shown.source} />
        </p>
      </details>
    </div>
  </li>
);
