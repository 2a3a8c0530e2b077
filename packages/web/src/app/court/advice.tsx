import { type CourtCase, isOpen, verdictsOf } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { AccountName } from '../runs/account-name.tsx';
import { useActing } from './acting.ts';
import { OutcomeChoice, verdictName } from './outcome-choice.tsx';
import { ReasonField } from './reason-field.tsx';

/** What others think, and a way to say it: it binds nobody, since anybody can have as many accounts as he likes. */
export const Advice = ({ of, onDone }: { of: CourtCase; onDone: () => void }) => {
  const [outcome, setOutcome] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const { busy, problem, done, run } = useActing();
  const say = async (): Promise<void> => {
    if (outcome === null || reason.trim() === '') return;
    const body = { type: 'surety/action/advise/v1', marketId: of.caseId, outcome, reason: reason.trim() } as const;
    if (await run(body, () => 'Said. It stands beside the votes, and binds nobody.')) onDone();
  };
  return (
    <section class="sheet stack" aria-labelledby="advice">
      <h2 id="advice">What others say</h2>
      {of.advice.length === 0 && <p class="empty">Nobody has said anything.</p>}
      <ul class="list panel-votes">
        {of.advice.map((each) => (
          <li key={each.account}>
            <p>
              <AccountName address={each.account} /> <strong>“{verdictName(of.claim.outcomes, each.outcome)}”</strong>
            </p>
            <p class="inert small">{each.reason}</p>
          </li>
        ))}
      </ul>
      {isOpen(of) && (
        <details>
          <summary>Say what you think</summary>
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void say();
            }}
          >
            <OutcomeChoice
              legend="I think it is"
              name="advice"
              outcomes={of.claim.outcomes}
              codes={verdictsOf(of.claim.outcomes)}
              value={outcome}
              onChange={setOutcome}
            />
            <ReasonField id="advice-reason" label="Why" hint="Published at once." value={reason} onInput={setReason} />
            <button type="submit" class="button" aria-disabled={busy || outcome === null || reason.trim() === ''}>
              {busy ? 'Saying…' : 'Say it'}
            </button>
          </form>
        </details>
      )}
      <p class="small quiet">No stake stands behind this, and accounts are free: it is no vote.</p>
      {problem !== null && <ProblemNotice problem={problem} />}
      {done !== '' && <p class="notice small">{done}</p>}
    </section>
  );
};
