/** Choosing a program, an input and what is hidden; proving in a worker of this tab. */
import type { Problem } from '@surety/sdk/page';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { FileDrop } from '../receipt/file-drop.tsx';
import { announce } from '../state/announce.ts';
import { digitPixels, digitsProgram } from './digit-bytes.ts';
import { DigitsChoice } from './digits-choice.tsx';
import type { Hide, Proved, Told } from './messages.ts';
import { ChoiceOf, duration, SaveBytes, size } from './parts.tsx';
import { ShownProof } from './shown.tsx';
import { startWork } from './work.ts';

export type Held = { readonly name: string; readonly bytes: Uint8Array };

type Working = { readonly words: string; readonly done: number; readonly total: number; readonly stated: string };

type State =
  | { readonly kind: 'idle' }
  | ({ readonly kind: 'working' } & Working)
  | { readonly kind: 'proved'; readonly proved: Proved; readonly name: string }
  | { readonly kind: 'failed'; readonly problem: Problem };

const onThreads = (threads: number): string => (threads === 1 ? 'On one thread' : `On ${threads} threads`);

const STARTING: Working = { words: 'reading the program', done: 0, total: 0, stated: '' };

const HIDE = [
  ['input', 'the input'],
  ['weights', 'the weights'],
  ['both', 'both'],
  ['nothing', 'nothing'],
] as const;

const Progress = ({ at, onStop }: { at: Working; onStop: () => void }) => (
  <div class="prove-progress">
    <p>
      <strong>Proving in this tab:</strong> {at.words}
    </p>
    <progress aria-label="Proving" max={Math.max(at.total, 1)} {...(at.total === 0 ? {} : { value: at.done })} />
    {at.stated !== '' && <p class="small quiet">{at.stated}</p>}
    <p>
      <button type="button" class="button" onClick={onStop}>
        Stop
      </button>
    </p>
  </div>
);

const Result = ({ proved, name }: { proved: Proved; name: string }) => (
  <section class="sheet stack" aria-labelledby="proved-title">
    <h2 id="proved-title" tabIndex={-1}>
      Proved in {duration(proved.milliseconds)}
    </h2>
    <ShownProof shown={proved} />
    {proved.clamped > 0 && (
      <p class="notice notice-warn">{proved.clamped} input numbers lay beyond the program’s range and were clamped.</p>
    )}
    <p class="receipt-actions">
      <SaveBytes bytes={proved.proof} name={`${name}.proof`} main />
      {proved.architecture !== null && (
        <SaveBytes bytes={proved.architecture} name={`${name}.architecture`} main={false} />
      )}
    </p>
    <p class="small quiet">
      The proof has {size(proved.proof.length)}; it was made {onThreads(proved.threads).toLowerCase()}.{' '}
      {proved.architecture === null
        ? 'Whoever verifies needs it and the program.'
        : 'Whoever verifies needs it and the architecture, which has no values of weights. This tab keeps no secret: another proof from here gets another commitment, and so another identity. The command line keeps one.'}
    </p>
  </section>
);

export const ProveHere = () => {
  const [source, setSource] = useState<'digits' | 'file'>('digits');
  const [file, setFile] = useState<Held | null>(null);
  const [digit, setDigit] = useState(7);
  const [text, setText] = useState('');
  const [hide, setHide] = useState<Hide>('input');
  const [state, setState] = useState<State>({ kind: 'idle' });
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const working = state.kind === 'working';
  const ready = !working && (source === 'digits' || (file !== null && text.trim() !== ''));
  const name = source === 'digits' ? 'digits' : (file?.name.replace(/\.program$/, '') ?? 'run');

  const hear = (told: Told): void => {
    if (told.kind === 'proved') {
      setState({ kind: 'proved', proved: told.proved, name });
      announce('The run is proved.');
    } else if (told.kind === 'refused') setState({ kind: 'failed', problem: told.problem });
    else
      setState((before) => {
        const at = before.kind === 'working' ? before : STARTING;
        if (told.kind === 'progress') {
          const { words, done, total } = told;
          return { kind: 'working', words, done, total, stated: at.stated };
        }
        if (told.kind !== 'stated') return before;
        const { memoryBytes, proofBytes, threads } = told.estimate;
        const stated = `It takes at most ${size(memoryBytes)} of memory beside the run, and the proof will have at most ${size(proofBytes)}. ${onThreads(threads)} of this machine.`;
        return { ...at, kind: 'working', words: 'committing', stated };
      });
  };

  const begin = (): void => {
    if (!ready) return;
    setState({ kind: 'working', ...STARTING });
    const task =
      source === 'digits'
        ? { program: digitsProgram(), input: { kind: 'integers', name: 'image', values: digitPixels(digit) } as const }
        : { program: file!.bytes, input: { kind: 'json', text } as const };
    stop.current = startWork({ kind: 'prove', hide, ...task }, hear);
  };

  return (
    <>
      <section class="sheet stack" aria-labelledby="prove-title">
        <h2 id="prove-title">Prove</h2>
        <ChoiceOf
          name="program"
          legend="Program"
          options={[
            ['digits', 'Digits, built in'],
            ['file', 'A program file'],
          ]}
          value={source}
          onValue={setSource}
        />
        {source === 'digits' ? (
          <DigitsChoice digit={digit} onDigit={setDigit} />
        ) : (
          <>
            <FileDrop
              label={file === null ? 'Choose a .program file, or drop it here' : `${file.name}: choose another`}
              accept=".program"
              onFile={setFile}
            />
            <div class="field">
              <label for="prove-input">Input, as JSON</label>
              <textarea
                id="prove-input"
                class="input mono"
                rows={4}
                spellcheck={false}
                placeholder='{"NAME": [numbers]}'
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            </div>
          </>
        )}
        <ChoiceOf name="hide" legend="Hide from whoever verifies" options={HIDE} value={hide} onValue={setHide} />
        {working ? (
          <Progress
            at={state}
            onStop={() => {
              stop.current();
              setState({ kind: 'idle' });
              announce('Stopped.');
            }}
          />
        ) : (
          <p>
            <button type="button" class="button button-main" aria-disabled={!ready} onClick={begin}>
              Prove in this tab
            </button>
          </p>
        )}
      </section>
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} />}
      {state.kind === 'proved' && <Result proved={state.proved} name={state.name} />}
    </>
  );
};
