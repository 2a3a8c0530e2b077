import { type CourtCase, isOpen, verdictsOf } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { AccountName } from '../runs/account-name.tsx';
import { actByPasskey } from '../state/passkey.ts';
import { type Acting, useActing } from './acting.ts';
import { OutcomeChoice, verdictName } from './outcome-choice.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { ReasonField } from './reason-field.tsx';

const STANDING: Readonly<Record<CourtCase['advice'][number]['standing'], string | null>> = {
  person: 'one person',
  stake: 'has a stake',
  free: null,
};

/** What others think, and a way to say it: it binds nobody, since anybody can have as many accounts as he likes. */
export const Advice = ({ of, onDone }: { of: CourtCase; onDone: () => void }) => {
  const [outcome, setOutcome] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const byWallet = useActing();
  const byPasskey = useActing(actByPasskey);
  const ready = outcome !== null && reason.trim() !== '';
  const say = async ({ run }: Acting): Promise<void> => {
    if (outcome === null || !ready) return;
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
              <AccountName address={each.account} /> <strong>“{verdictName(of.claim.outcomes, each.outcome)}”</strong>{' '}
              <span class="small quiet">{STANDING[each.standing]}</span>
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
              void say(byWallet);
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
            <PasskeyButton
              label="Advise with your passkey"
              busy={byPasskey.busy}
              ready={ready}
              onSign={() => void say(byPasskey)}
            />
            <p>
              <button type="submit" class="button" aria-disabled={byWallet.busy || !ready}>
                {byWallet.busy ? 'Saying…' : 'Say it with this browser’s wallet'}
              </button>
            </p>
          </form>
        </details>
      )}
      <p class="small quiet">
        Nothing is lost by what is said here, and accounts are free: it is no vote. Persons and stakes come first.
      </p>
      {[byWallet, byPasskey].map(({ problem }) => problem !== null && <ProblemNotice problem={problem} />)}
      {[byWallet, byPasskey].map(({ done }) => done !== '' && <p class="notice small">{done}</p>)}
    </section>
  );
};
