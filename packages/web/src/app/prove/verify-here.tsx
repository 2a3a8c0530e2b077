/** Checking the file of a proof in a worker of this tab. */
import type { Problem } from '@surety/sdk/page';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { FileDrop } from '../receipt/file-drop.tsx';
import { announce } from '../state/announce.ts';
import { digitsProgram } from './digit-bytes.ts';
import type { Shown, Told } from './messages.ts';
import { ChoiceOf, duration } from './parts.tsx';
import type { Held } from './prove-here.tsx';
import { ShownProof } from './shown.tsx';
import { startWork } from './work.ts';

type State =
  | { readonly kind: 'idle' | 'working' }
  | { readonly kind: 'verified'; readonly shown: Shown }
  | { readonly kind: 'failed'; readonly problem: Problem };

export const VerifyProofHere = () => {
  const [source, setSource] = useState<'digits' | 'file'>('digits');
  const [held, setHeld] = useState<Held | null>(null);
  const [proof, setProof] = useState<Held | null>(null);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const stop = useRef<() => void>(() => undefined);

  useEffect(() => {
    const against = source === 'digits' ? digitsProgram() : held?.bytes;
    setState({ kind: 'idle' });
    if (proof === null || against === undefined) return;
    setState({ kind: 'working' });
    const hear = (told: Told): void => {
      if (told.kind === 'verified') setState({ kind: 'verified', shown: told.shown });
      if (told.kind === 'refused') setState({ kind: 'failed', problem: told.problem });
      announce(told.kind === 'verified' ? 'The proof holds.' : 'The proof does not hold.');
    };
    stop.current = startWork({ kind: 'verify', proof: proof.bytes, held: against }, hear);
    return () => stop.current();
  }, [source, held, proof]);

  return (
    <section class="sheet stack" aria-labelledby="verify-proof-title">
      <h2 id="verify-proof-title">Verify a proof</h2>
      <ChoiceOf
        name="against"
        legend="Of which program"
        options={[
          ['digits', 'Digits, built in'],
          ['file', 'A program or architecture file'],
        ]}
        value={source}
        onValue={setSource}
      />
      {source === 'file' && (
        <FileDrop
          label={held === null ? 'Choose a .program or .architecture file' : `${held.name}: choose another`}
          accept=".program,.architecture"
          onFile={setHeld}
        />
      )}
      <FileDrop
        label={proof === null ? 'Choose a .proof file, or drop it here' : `${proof.name}: choose another`}
        accept=".proof"
        onFile={setProof}
      />
      {state.kind === 'working' && <p>Checking …</p>}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} />}
      {state.kind === 'verified' && (
        <div class="stack verified">
          <h3>Checked in {duration(state.shown.milliseconds)}, in this tab</h3>
          <ShownProof shown={state.shown} />
        </div>
      )}
    </section>
  );
};
