import type { Problem } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { announce } from '../state/announce.ts';
import { beMailed, nodeSendsMail, stopTelling, subscriptionOf } from '../state/notices.ts';
import type { Telling } from './be-told.tsx';

const Stop = ({ account, send }: Telling) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = async (): Promise<void> => {
    const done = await stopTelling(account, 'mail', send);
    if (done.ok) announce('No more mails are sent.');
    else setProblem(done.problem);
  };
  return (
    <div class="stack">
      <p class="small">A mail asks you to confirm; then notices come by mail. Each has a link that ends them.</p>
      <p>
        <button type="button" class="button" onClick={() => void stop()}>
          Stop the mails
        </button>
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
};

const Start = ({ account, send, caseId }: Telling) => {
  const [address, setAddress] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const start = async (): Promise<void> => {
    if (busy || address.trim() === '') return;
    setBusy(true);
    setProblem(null);
    const done = await beMailed(account, address.trim(), caseId === undefined ? [] : [caseId], send);
    setBusy(false);
    if (done.ok) announce('A mail asks you to confirm.');
    else setProblem(done.problem);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div class="field">
        <label for="mail-address">Or by mail, to</label>
        <input
          id="mail-address"
          class="input"
          type="email"
          autocomplete="email"
          value={address}
          aria-describedby="mail-hint"
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <p id="mail-hint" class="small quiet">
          Nothing but one question is sent before you confirm. The address is kept by this node alone, and deleted when
          you stop.
        </p>
      </div>
      <p>
        <button type="submit" class="button" aria-disabled={busy || address.trim() === ''}>
          {busy ? 'One moment…' : 'Send me mails'}
        </button>
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </form>
  );
};

/** Being told by mail. */
export const ByMail = (props: Telling) => {
  if (!nodeSendsMail()) return <p class="small quiet">This node sends no mails.</p>;
  const kept = subscriptionOf(props.account, 'mail');
  const follows = kept !== undefined && (props.caseId === undefined || kept.cases.includes(props.caseId));
  return follows ? <Stop {...props} /> : <Start {...props} />;
};
