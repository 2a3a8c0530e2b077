import type { Problem, Reading } from '@surety/sdk/page';
import { useEffect, useRef, useState } from 'preact/hooks';
import { RosetteMark } from '../../ui/rosette-mark.tsx';
import { AskBox } from '../ask/ask-box.tsx';
import { DEFAULT_TERMS, readQuestion, type Terms } from '../ask/read-question.ts';
import { ReadingCard } from '../ask/reading-card.tsx';
import { FourLinks } from '../parts/four-links.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { RecentMarkets } from '../parts/recent-markets.tsx';
import { announce } from '../state/announce.ts';

/** Drawn beside the ask box; any id would do. */
const HERO_ROSETTE = '5ab3e2f19c7740d6a18b3c5577e0942f';

type Step =
  | { readonly kind: 'typing' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'confirm'; readonly question: string; readonly reading: Reading }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Type a question → see how it was understood → confirm. */
export const AskView = ({ question }: { question: string }) => {
  const [step, setStep] = useState<Step>({ kind: 'typing' });
  const [terms, setTerms] = useState<Terms>(DEFAULT_TERMS);
  const turn = useRef(0);

  const read = async (text: string, on: Terms): Promise<void> => {
    const mine = ++turn.current;
    if (step.kind !== 'confirm' || step.question !== text) setStep({ kind: 'reading' });
    const result = await readQuestion(text, on);
    if (mine !== turn.current) return;
    if (!result.ok) {
      setStep({ kind: 'refused', problem: result.problem });
      return;
    }
    setStep({ kind: 'confirm', question: text, reading: result.value });
    announce(`Read as: ${result.value.plainWords}`);
  };

  useEffect(() => {
    if (question !== '') void read(question, terms);
  }, [question]);

  const change = (next: Terms): void => {
    setTerms(next);
    if (step.kind === 'confirm') void read(step.question, next);
  };

  const confirming = step.kind === 'confirm';
  return (
    <div class={confirming ? 'ask ask-confirming' : 'ask'}>
      <div class="hero">
        <div class="hero-rosette">
          <RosetteMark id={HERO_ROSETTE} size={470} />
        </div>
        <h1>Ask. Get an answer you can check.</h1>
        {!confirming && (
          <p class="lede">
            Independent readers put money on what they see. The answer comes with a receipt that shows what was looked
            at, what was not, and that anyone can verify.
          </p>
        )}
        <AskBox
          start={question}
          busy={step.kind === 'reading'}
          examples={!confirming}
          onAsk={(text) => void read(text, terms)}
          onEdit={() => setStep({ kind: 'typing' })}
        />
        {step.kind === 'refused' && <ProblemNotice problem={step.problem} />}
      </div>
      {step.kind === 'confirm' ? (
        <ReadingCard reading={step.reading} terms={terms} onTerms={change} />
      ) : (
        <>
          <RecentMarkets />
          <FourLinks />
        </>
      )}
    </div>
  );
};
