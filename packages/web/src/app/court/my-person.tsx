import { type CourtJuror, personToken } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { signingNetwork } from '../state/network.ts';
import { useActing } from './acting.ts';

type Person = NonNullable<CourtJuror['person']>;

/** A page reaches its own node alone: tokens of another issuer are got elsewhere and pasted. */
const isOwn = (directory: string | null): directory is string => directory?.startsWith('/') === true;

const gotten = async ({ issuer, directory, tokenKey }: Person, account: string) => {
  const network = signingNetwork();
  if (!network.ok) return network;
  const { chainId, operator: court } = network.value;
  const url = new URL(directory ?? '', location.href).href;
  return personToken({ directory: url, tokenKey, scope: { issuer, chainId, court, account } });
};

const Shown = ({ issuer, since, outUntil }: Person) => (
  <p>
    You count as one person since {moment(since ?? 0)}, known to <span class="inert">{issuer}</span>.
    {outUntil !== null && <> You missed a vote, and are not drawn before {moment(outUntil)}.</>}
  </p>
);

/** Where people are drawn one by one: shows once that one is a person. */
export const MyPerson = ({ own, person, onDone }: { own: string; person: Person; onDone: () => void }) => {
  const [pasted, setPasted] = useState('');
  const [getting, setGetting] = useState(false);
  const [failed, setFailed] = useState<Parameters<typeof ProblemNotice>[0]['problem'] | null>(null);
  const { busy, problem, done, run } = useActing();
  const direct = isOwn(person.directory);
  const ready = direct || /^[0-9a-f]{708}$/.test(pasted.trim());
  const show = async (): Promise<void> => {
    if (!ready || getting) return;
    setFailed(null);
    setGetting(true);
    const token = direct ? await gotten(person, own) : { ok: true as const, value: pasted.trim() };
    setGetting(false);
    if (!token.ok) return setFailed(token.problem);
    const body = { type: 'surety/action/show-person/v1', token: token.value } as const;
    if (await run(body, () => 'Shown. It counts in panels that are called from now on.')) onDone();
  };
  return (
    <>
      {person.since === null ? (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void show();
          }}
        >
          <p>
            People are drawn here one by one, and lock no money: show once that you are a person to whom{' '}
            <span class="inert">{person.issuer}</span> gave its one token. It does not learn which account this is.
          </p>
          {!direct && (
            <div class="field">
              <label for="person-token">Token for {own}, in hex (surety person gets one)</label>
              <input
                id="person-token"
                class="input"
                autocomplete="off"
                spellcheck={false}
                value={pasted}
                onInput={(event) => setPasted(event.currentTarget.value)}
              />
            </div>
          )}
          <p class="button-row">
            <button type="submit" class="button button-main" aria-disabled={busy || getting || !ready}>
              {busy || getting ? 'Showing…' : direct ? 'Get my token and show it' : 'Show it'}
            </button>
          </p>
        </form>
      ) : (
        <Shown {...person} />
      )}
      {person.environment === 'development' && (
        <p class="notice small">Development: this issuer gives a token to whoever asks. It shows nothing of anybody.</p>
      )}
      {failed !== null && <ProblemNotice problem={failed} />}
      {problem !== null && <ProblemNotice problem={problem} />}
      {done !== '' && <p class="notice small">{done}</p>}
    </>
  );
};
