import { idOf, parseTrust, type Trust } from '@surety/sdk/page-verify';
import { useState } from 'preact/hooks';
import { TrustKeys } from '../ui/receipt/trust-keys.tsx';

type Props = { readonly own: Trust | null; readonly shipped: Trust; readonly onTrust: (trust: Trust | null) => void };

/** The keys the page came with, to compare; and a place to give one's own. */
export const OwnKeys = ({ own, shipped, onTrust }: Props) => {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState('');
  const use = (): void => {
    const trust = parseTrust(new TextEncoder().encode(text));
    setWrong(trust.ok ? '' : trust.problem.message);
    if (trust.ok) onTrust(trust.value);
  };
  return (
    <section class="sheet stack" id="own-keys" aria-labelledby="keys-title">
      <h2 id="keys-title">The keys this page came with</h2>
      <p class="quiet">Compare them, letter by letter, with keys that you got from somewhere else.</p>
      <TrustKeys trust={shipped} />
      {own !== null && (
        <p class="notice">
          {idOf(own) === idOf(shipped)
            ? 'Your trust file names exactly these keys.'
            : 'Your trust file names other keys, and those are the ones in use.'}{' '}
          <button type="button" class="button button-plain" onClick={() => onTrust(null)}>
            Go back to the page’s keys
          </button>
        </p>
      )}
      <div class="field no-print">
        <label for="trust-text">Your trust file, pasted</label>
        <textarea
          id="trust-text"
          class="input mono"
          rows={4}
          spellcheck={false}
          value={text}
          placeholder='{"type":"surety/trust/v1", …}'
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {wrong !== '' && (
          <p class="small field-problem" role="alert">
            {wrong}
          </p>
        )}
        <button type="button" class="button" onClick={use}>
          Verify with these keys
        </button>
      </div>
    </section>
  );
};
