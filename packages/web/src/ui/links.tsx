import type { Finding } from '@surety/sdk/page-verify';
import { FindingRow } from './finding-row.tsx';
import { LINK_QUESTION, linkStates, linkSummary } from './link-state.ts';
import { WideChain } from './wide-chain.tsx';
import { sentence } from './wording.ts';

/** Moves to a link's section without touching the address, which belongs to the router. */
const jump = (event: Event, link: string): void => {
  event.preventDefault();
  const heading = document.getElementById(`link-${link}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
};

/** The four links at a glance: a chain whose rings are whole, dashed or torn, with the words beside it. */
export const LinkStrip = ({ findings }: { findings: readonly Finding[] }) => {
  const states = linkStates(findings);
  return (
    <div class="links-strip">
      <WideChain states={states} />
      <ol class="list">
        {states.map((state) => (
          <li key={state.link}>
            <a href={`#link-${state.link}`} onClick={(event) => jump(event, state.link)}>
              {sentence(state.link)}
            </a>
            <span class={`holds-word holds-${state.holds}`}>{linkSummary(state)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
};

/** Every finding under its link, recomputed. */
export const Links = ({ findings }: { findings: readonly Finding[] }) => (
  <div class="links">
    {linkStates(findings).map((state) => (
      <section key={state.link} class={`link link-${state.holds}`} aria-labelledby={`link-${state.link}`}>
        <header>
          <h3 id={`link-${state.link}`} tabIndex={-1}>
            {sentence(state.link)}
          </h3>
          <p class="quiet">{LINK_QUESTION[state.link]}</p>
          <p class={`link-summary holds-${state.holds}`}>{linkSummary(state)}</p>
        </header>
        <ul class="list">
          {state.findings.map((finding, index) => (
            <FindingRow key={`${finding.source}-${index}`} shown={finding} />
          ))}
        </ul>
      </section>
    ))}
  </div>
);
