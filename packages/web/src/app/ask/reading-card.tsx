import type { Problem, Reading } from '@surety/sdk/page';
import { useEffect, useRef, useState } from 'preact/hooks';
import { dollars } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { SubjectLine } from '../../ui/subject-line.tsx';
import { span } from '../../ui/time.ts';
import { outcomeWords } from '../../ui/wording.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { go } from '../router.ts';
import { announce } from '../state/announce.ts';
import { confirmReading } from './confirm-reading.ts';
import { decisionWords } from './decision-words.ts';
import type { Terms } from './read-question.ts';
import { TermsChoice } from './terms-choice.tsx';

type Props = { readonly reading: Reading; readonly terms: Terms; readonly onTerms: (terms: Terms) => void };

/** How the question was understood, what will be looked at, and what it costs: signed only after this. */
export const ReadingCard = ({ reading, terms, onTerms }: Props) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { claim } = reading;
  const { question, terms: termsWords } = questionParts(reading.plainWords);

  useEffect(() => heading.current?.focus(), []);

  const confirm = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    announce('Signing and asking.');
    const result = await confirmReading(reading);
    setBusy(false);
    if (result.ok) go({ kind: 'market', marketId: result.value.marketId });
    else setProblem(result.problem);
  };

  return (
    <section class="reading sheet" aria-labelledby="reading-words">
      <p class="eyebrow">Read back to you</p>
      <h2 id="reading-words" class="reading-words" ref={heading} tabIndex={-1}>
        {question}
      </h2>
      {reading.warnings.length > 0 && (
        <div class="notice notice-warn reading-warnings">
          <strong>Look twice</strong>
          <ul>
            {reading.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <dl class="leaders">
        <div>
          <dt>About</dt>
          <dd>
            <SubjectLine subject={claim.subject} />
          </dd>
        </div>
        <div>
          <dt>Possible answers</dt>
          <dd>{claim.outcomes.map((_, index) => outcomeWords(claim.outcomes, index)).join(' · ')}</dd>
        </div>
        <div>
          <dt>What is looked at</dt>
          <dd>
            <ul class="list">
              {reading.looksAt.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>Who decides</dt>
          <dd>{decisionWords(claim.rule)}</dd>
        </div>
        <div>
          <dt>You pay at most</dt>
          <dd>
            <strong>{dollars(claim.budgetMicroUsd)}</strong> <span class="quiet">of your development money</span>
          </dd>
        </div>
        <div>
          <dt>First answer</dt>
          <dd>
            within seconds, provisional;{' '}
            <span class="quiet">the market closes {span(terms.closeSeconds)} after you ask</span>
          </dd>
        </div>
      </dl>
      <TermsChoice terms={terms} onTerms={onTerms} />
      {problem !== null && <ProblemNotice problem={problem} />}
      <div class="reading-actions">
        <button type="button" class="button button-main button-big" aria-disabled={busy} onClick={() => void confirm()}>
          {busy ? 'Asking…' : `Ask and pay ${dollars(claim.budgetMicroUsd)}`}
        </button>
        <p class="small quiet">
          Your browser’s development wallet signs the question above and these words: <q>{termsWords}</q> If that is not
          what you meant, change your words.
        </p>
      </div>
    </section>
  );
};
