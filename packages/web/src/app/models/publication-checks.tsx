import type { Problem } from '@surety/sdk/page';
import { NO_TRUST, type PublicationVerification, readPublication, verifyPublication } from '@surety/sdk/page-verify';
import { useState } from 'preact/hooks';
import { FindingRow } from '../../ui/finding-row.tsx';
import { client } from '../client.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { announce } from '../state/announce.ts';
import { trustNow } from '../state/trust.ts';

const NAMES: Readonly<Record<PublicationVerification['checks'][number]['name'], string>> = {
  publisher: 'the publisher’s signature and its wallet’s delegation',
  log: 'the proof of inclusion in the log',
  witnesses: 'the witnesses’ cosignatures',
  reveal: 'the salt and the revealed program',
  program: 'the program file, of which a page has none',
};

type Props = { readonly publicationId: string; readonly version: number };

/** Fetches a publication and checks it in this browser, against the keys pinned here. */
export const PublicationChecks = ({ publicationId, version }: Props) => {
  const [checks, setChecks] = useState<PublicationVerification['checks'] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const look = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await client.publication({ publicationId });
    setBusy(false);
    const read = answer.ok ? readPublication(answer.value) : answer;
    setProblem(read.ok ? null : read.problem);
    if (!read.ok) return;
    const trust = trustNow();
    const found = verifyPublication(read.value, { trust: trust?.ok === true ? trust.value : NO_TRUST, program: null });
    setChecks(found.checks);
    announce(`Version ${version} is checked.`);
  };

  return (
    <div class="version-checks">
      <div class="receipt-actions">
        <button type="button" class="button" aria-disabled={busy} onClick={() => void look()}>
          {busy ? 'Checking…' : checks === null ? 'Check it here' : 'Check again'}
          <span class="visually-hidden">: version {version}</span>
        </button>
        <a
          class="button button-plain"
          href={`/v1/publications/${publicationId}`}
          download={`publication-${version}.json`}
        >
          publication.json<span class="visually-hidden"> of version {version}</span>
        </a>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {checks !== null && (
        <ul class="list">
          {checks.map((check) => (
            <FindingRow key={check.name} shown={{ ...check, source: NAMES[check.name] }} />
          ))}
        </ul>
      )}
    </div>
  );
};
