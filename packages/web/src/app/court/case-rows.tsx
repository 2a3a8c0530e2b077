import { type CaseSummary, phaseWords } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { countdown } from '../../ui/time.ts';
import { href } from '../router.ts';
import { now } from '../state/clock.ts';

/** Cases as rows: the question, where it stands, how long there is. */
export const CaseRows = ({ cases }: { cases: readonly CaseSummary[] }) => (
  <ul class="list market-rows case-rows">
    {cases.map((of) => (
      <li key={of.caseId}>
        <a href={href({ kind: 'case', marketId: of.caseId })}>
          <span class="row-question">{questionParts(of.plainWords).question}</span>
          <span class="row-answer run-row-due">
            {of.endsAt !== null && <strong>{countdown(of.endsAt - now.value)}</strong>}
            <span>{phaseWords(of)}</span>
          </span>
          <span class="row-state small quiet">bonds {dollars(of.bondsMicroUsd)}</span>
        </a>
      </li>
    ))}
  </ul>
);
