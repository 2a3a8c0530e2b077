import type { Problem } from '@surety/sdk/page';
import { parseTrust } from '@surety/sdk/page-verify';
import { useState } from 'preact/hooks';
import { TrustKeys } from '../../ui/receipt/trust-keys.tsx';
import { moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { nodeChangedItsKeys, pin, pinned, trustOfNode } from '../state/trust.ts';
import { FileDrop } from './file-drop.tsx';

/** Which keys verification believes in, where they came from, and how to use others. */
export const Keys = () => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const now = pinned.value;
  const offered = trustOfNode();
  const useFile = (bytes: Uint8Array): void => {
    const trust = parseTrust(bytes);
    setProblem(trust.ok ? null : trust.problem);
    if (trust.ok) pin(trust.value, 'file');
  };
  return (
    <section class="sheet stack" aria-labelledby="pinned">
      <h2 id="pinned">Keys you have pinned</h2>
      {now === null ? (
        <p class="empty">None yet. Every receipt reads as “self-signed, not trusted”.</p>
      ) : (
        <>
          <p>
            {now.from === 'file'
              ? `From the file you gave on ${moment(now.since)}.`
              : `Taken from this node on your first visit, ${moment(now.since)}. A node cannot vouch for itself: compare these keys with a second source.`}
          </p>
          <TrustKeys trust={now.trust} />
        </>
      )}
      {nodeChangedItsKeys() && offered?.ok === true && (
        <div class="notice notice-warn">
          <p>
            <strong>The node now names these keys instead:</strong>
          </p>
          <TrustKeys trust={offered.value} />
          <p>
            <button type="button" class="button" onClick={() => pin(offered.value, 'node')}>
              Believe the new keys
            </button>
          </p>
        </div>
      )}
      <FileDrop label="Use another trust file" accept=".json,application/json" onFile={({ bytes }) => useFile(bytes)} />
      {problem !== null && <ProblemNotice problem={problem} />}
      {now?.from === 'file' && offered?.ok === true && (
        <button type="button" class="button button-plain" onClick={() => pin(offered.value, 'node')}>
          Go back to the keys of this node
        </button>
      )}
    </section>
  );
};
