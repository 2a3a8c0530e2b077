import type { ModelVersion } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';
import { HexText } from '../../ui/hex-text.tsx';
import { moment } from '../../ui/time.ts';
import { now } from '../state/clock.ts';
import { PublicationChecks } from './publication-checks.tsx';
import { STATUS_NAMES, statusSentence } from './status-words.ts';

const Bond = ({ version }: { version: ModelVersion }) => {
  const { bondMicroUsd, heldMicroUsd, status } = version;
  if (BigInt(bondMicroUsd) === 0n) return null;
  const became = BigInt(heldMicroUsd) > 0n ? 'waits for the reveal' : status === 'revealed' ? 'went back' : 'was burnt';
  return (
    <div>
      <dt>Bond</dt>
      <dd>
        {dollars(bondMicroUsd)} {became}
      </dd>
    </div>
  );
};

/** One version: what was committed to, when, and what became of it. */
export const VersionCard = ({ version }: { version: ModelVersion }) => {
  const { publicationId, commitment, program, probes, bundle, publishedAt, status } = version;
  return (
    <li class="sheet version">
      <header class="version-head">
        <h3>Version {version.version}</h3>
        <span class={`stamp stamp-model-${status}`}>{STATUS_NAMES[status]}</span>
      </header>
      <p>{statusSentence(version, now.value)}</p>
      <dl class="leaders">
        <div>
          <dt>Published</dt>
          <dd>{moment(publishedAt)}</dd>
        </div>
        {commitment.kind === 'hidden' && (
          <div>
            <dt>Hidden commitment</dt>
            <dd>
              <HexText text={commitment.hidden} />
            </dd>
          </div>
        )}
        <div>
          <dt>Program</dt>
          <dd>
            {program === null ? (
              'not public'
            ) : (
              <>
                <HexText text={program} />{' '}
                <a href={`/v1/programs/${program}`} download={`${program}.program`}>
                  Download<span class="visually-hidden"> the program of version {version.version}</span>
                </a>
              </>
            )}
          </dd>
        </div>
        <Bond version={version} />
        {probes !== null && (
          <div>
            <dt>Probe set</dt>
            <dd>
              <HexText text={probes} />{' '}
              <a href={`/v1/probes/${probes}`} download={`${probes}.json`}>
                Download<span class="visually-hidden"> the probes of version {version.version}</span>
              </a>
            </dd>
          </div>
        )}
        {bundle !== null && (
          <div>
            <dt>Maker’s signature</dt>
            <dd>
              <HexText text={bundle} />{' '}
              <a href={`/v1/bundles/${bundle}`} download={`${bundle}.json`}>
                Download<span class="visually-hidden"> the signature bundle of version {version.version}</span>
              </a>{' '}
              <span class="small quiet">carried, not checked here</span>
            </dd>
          </div>
        )}
      </dl>
      <PublicationChecks publicationId={publicationId} version={version.version} />
    </li>
  );
};
