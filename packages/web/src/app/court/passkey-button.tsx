import type { Problem, Result } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { announce } from '../state/announce.ts';
import { findPasskey, forgetPasskey, makePasskey, passkey, passkeysWork } from '../state/passkey.ts';

type Props = {
  /** What is done with it, e.g. `Advise with your passkey`. */
  readonly label: string;
  readonly busy: boolean;
  /** Whether what is to be signed is complete. */
  readonly ready: boolean;
  readonly onSign: () => void;
};

const Elsewhere = ({ at }: { at: string }) => (
  <p class="small">
    Passkeys are bound to a name. Open this page at <a href={`${at}/${location.hash}`}>{at}</a> to use one.
  </p>
);

const Making = () => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (ceremony: () => Promise<Result<true>>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const done = await ceremony();
    setBusy(false);
    if (done.ok) announce('Your passkey is ready.');
    else setProblem(done.problem);
  };
  return (
    <div class="stack">
      <p class="button-row">
        <button type="button" class="button" aria-disabled={busy} onClick={() => void run(makePasskey)}>
          {busy ? 'Waiting for your device…' : 'Make a passkey'}
        </button>
        <button type="button" class="button button-plain" aria-disabled={busy} onClick={() => void run(findPasskey)}>
          I have one
        </button>
      </p>
      <p class="small quiet">
        No wallet, no password: your device keeps the key and asks for your finger, face or PIN. Such an account may
        advise. It cannot vote, since anybody can make as many as he likes.
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
};

/** Signs with a passkey; without one, the way to get one. */
export const PasskeyButton = ({ label, busy, ready, onSign }: Props) => {
  const work = passkeysWork();
  if (work === 'nowhere') return <p class="small quiet">This browser has no passkeys.</p>;
  if (work !== 'here') return <Elsewhere at={work.at} />;
  if (passkey.value === null) return <Making />;
  return (
    <div class="stack">
      <p class="button-row">
        <button
          type="button"
          class="button button-main"
          aria-disabled={busy || !ready}
          onClick={() => ready && !busy && onSign()}
        >
          {busy ? 'Waiting for your device…' : label}
        </button>
        <button type="button" class="button button-plain" onClick={forgetPasskey}>
          Forget it here
        </button>
      </p>
      <p class="small quiet">
        Signed as <span class="mono">{passkey.value.account}</span>, the address of its key.
      </p>
    </div>
  );
};
