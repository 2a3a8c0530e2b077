import type { Finding } from '@surety/sdk/page';
import { ChainMark } from './chain-mark.tsx';
import { FindingRow } from './finding-row.tsx';
import { HOLDS_WORDS, LINK_QUESTION, linkStates, linkSummary } from './link-state.ts';
import { sentence } from './wording.ts';

/** The four links of a receipt, recomputed: the chain at a glance, then every check under its link. */
export const Links = ({ findings }: { findings: readonly Finding[] }) => {
  const states = linkStates(findings);
  return (
    <div class="links">
      <div class="links-strip">
        <ChainMark holds={states.map((state) => state.holds)} height={44} />
        <ol class="list">
          {states.map((state) => (
            <li key={state.link}>
              <a href={`#link-${state.link}`} onClick={(event) => jump(event, state.link)}>
                {sentence(state.link)}
              </a>
              <span class={`holds-word holds-${state.holds}`}>{HOLDS_WORDS[state.holds]}</span>
            </li>
          ))}
        </ol>
      </div>
      {states.map((state) => (
        <section key={state.link} class={`link link-${state.holds}`} aria-labelledby={`link-${state.link}`}>
          <header>
            <h3 id={`link-${state.link}`} tabIndex={-1}>
              {sentence(state.link)}
            </h3>
            <p class="quiet">{LINK_QUESTION[state.link]}</p>
            <p class={`link-summary holds-${state.holds}`}>{linkSummary(state)}</p>
          </header>
          {state.findings.length === 0 ? (
            <p class="quiet small">Nothing in this receipt speaks to this link. Treat it as unknown.</p>
          ) : (
            <ul class="list">
              {state.findings.map((finding, index) => (
                <FindingRow key={`${finding.source}-${index}`} finding={finding} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
};

/** Moves to a link's section without touching the address, which belongs to the router. */
const jump = (event: Event, link: string): void => {
  event.preventDefault();
  const heading = document.getElementById(`link-${link}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
};
