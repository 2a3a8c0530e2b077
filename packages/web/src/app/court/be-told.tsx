import type { ActionResult, Problem, Result } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { announce } from '../state/announce.ts';
import { beTold, noticesWork, type Send, stopTelling, subscriptionOf } from '../state/notices.ts';
import { actByPasskey, passkey } from '../state/passkey.ts';
import { act } from '../state/session.ts';
import { ByMail } from './by-mail.tsx';

export type Telling = {
  /** Whose seats are told of. */
  readonly account: string;
  readonly send: Send;
  /** The case to follow; without one, seats alone. */
  readonly caseId?: string;
};

const ByPush = ({ account, send, caseId }: Telling) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const kept = subscriptionOf(account, 'push');
  const isTold = kept !== undefined && (caseId === undefined || kept.cases.includes(caseId));
  const others = (kept?.cases ?? []).filter((each) => each !== caseId);
  const change = async (work: () => Promise<Result<ActionResult>>, words: string): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const done = await work();
    setBusy(false);
    if (done.ok) announce(words);
    else setProblem(done.problem);
  };
  const start = (): Promise<void> =>
    change(() => beTold(account, caseId === undefined ? others : [...others, caseId], send), 'This browser is told.');
  const stop = (): Promise<void> =>
    change(
      () =>
        caseId === undefined || others.length === 0
          ? stopTelling(account, 'push', send)
          : beTold(account, others, send),
      'This browser is not told any more.',
    );
  const [does, doing] =
    caseId === undefined ? ['Tell me in this browser', 'Stop telling me'] : ['Follow this case', 'Stop following it'];
  return (
    <div class="stack">
      <p>
        <button type="button" class="button" aria-disabled={busy} onClick={() => void (isTold ? stop() : start())}>
          {busy ? 'One moment…' : isTold ? doing : does}
        </button>
      </p>
      <p class="small quiet">
        {isTold
          ? 'This browser is told by a push message, closed or not.'
          : 'By a push message that says what the public feed says. Its service sees that you are told, and not what.'}
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
};

/** Being told by push messages: of one's seats, and of a case that one follows. */
export const BeTold = (props: Telling) => {
  const work = noticesWork();
  if (work === 'not-by-node') return <p class="small quiet">This node sends no push messages.</p>;
  if (work === 'not-in-browser') return <p class="small quiet">This browser takes no push messages.</p>;
  return <ByPush {...props} />;
};

/** Following one case, signed by the passkey where there is one. */
export const FollowCase = ({ caseId, wallet }: { caseId: string; wallet: string }) => (
  <section class="sheet stack" aria-labelledby="follow">
    <h2 id="follow">Be told</h2>
    <BeTold
      caseId={caseId}
      account={passkey.value?.account ?? wallet}
      send={passkey.value === null ? act : actByPasskey}
    />
    <ByMail
      caseId={caseId}
      account={passkey.value?.account ?? wallet}
      send={passkey.value === null ? act : actByPasskey}
    />
  </section>
);
