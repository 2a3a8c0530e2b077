import type { ReceiptPredicate, Verification } from '@surety/sdk/page-verify';
import { dollarsExact, percent } from '../amount.ts';
import { questionParts } from '../question.ts';
import { RosetteMark } from '../rosette-mark.tsx';
import { StatusChip, statusMeaning } from '../status-chip.tsx';
import { SubjectLine } from '../subject-line.tsx';
import { moment } from '../time.ts';
import { headline, isEven, outcomeWords, sentence } from '../wording.ts';
import { coverWords } from './cover-words.ts';
import { decidedWords } from './decided-words.ts';
import { wordsOf } from './words-of.ts';

const answerWords = ({ claim, outcome, decidedBy, probabilitiesPpm }: ReceiptPredicate): string => {
  if (decidedBy.kind === 'market') return headline(claim.outcomes, probabilitiesPpm).words;
  return outcome === null ? 'Undecided' : sentence(outcomeWords(claim.outcomes, claim.outcomes.indexOf(outcome)));
};

const Line = ({ name, children }: { name: string; children: preact.ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

type Props = { readonly verification: Verification; readonly reader: string | null };

/** What the receipt says, as a printed slip. Whether it may say so is in the verdict above and the links below. */
export const Slip = ({ verification, reader }: Props) => {
  const { statement, receiptId } = verification;
  if (statement === null || receiptId === null) return null;
  const { predicate } = statement;
  const { claim, network, probabilitiesPpm } = predicate;
  return (
    <article class="slip" aria-label="What the receipt says">
      <header>
        <div>
          <p class="eyebrow">Receipt · {network.environment}</p>
          <h2>{questionParts(wordsOf(claim)).question}</h2>
        </div>
        <RosetteMark id={receiptId} size={104} />
      </header>
      <div class="slip-answer">
        <p class="slip-words">{answerWords(predicate)}</p>
        {!isEven(probabilitiesPpm) && <p class="slip-number">{percent(Math.max(...probabilitiesPpm))}</p>}
      </div>
      <p class="slip-status">
        <StatusChip status={predicate.status} /> <span class="quiet">{statusMeaning(predicate.status)}</span>
      </p>
      <p class="quiet">{decidedWords(predicate)}</p>
      <dl class="leaders">
        <Line name="About">
          <SubjectLine subject={claim.subject} />
        </Line>
        <Line name="Prices">
          {claim.outcomes.map((label, index) => `${label} ${percent(probabilitiesPpm[index] ?? 0)}`).join(' · ')}
        </Line>
        <Line name="Issued">{moment(predicate.issuedAt)}</Line>
        <Line name={predicate.status === 'provisional' ? 'Final after' : 'Final since'}>
          {moment(predicate.finalAfter)}
        </Line>
        <Line name="Cost to the asker">{dollarsExact(predicate.costMicroUsd)}</Line>
        <Line name="Cover">{coverWords(predicate.cover, reader)}</Line>
        <Line name="Log">
          {verification.logSize === null
            ? 'not readable'
            : `as of log size ${verification.logSize}; later rulings are not visible in this file`}
        </Line>
        <Line name="Receipt id">
          <span class="mono">{receiptId}</span>
        </Line>
        <Line name="Network">
          chain {network.chainId}, verifier <span class="mono">{network.receiptVerifier}</span>
        </Line>
      </dl>
      {predicate.assumes.length > 0 && (
        <div>
          <h3 class="eyebrow">The whole receipt assumes</h3>
          <ul class="slip-assumes">
            {predicate.assumes.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </div>
      )}
      <p class="small quiet">The rosette is drawn from the receipt’s id, to tell receipts apart. It proves nothing.</p>
    </article>
  );
};
