import type { Check } from '@surety/sdk/page-verify';
import { FindingRow } from '../finding-row.tsx';

const NAMES: Readonly<Record<Check['name'], string>> = {
  file: 'the file',
  envelope: 'the envelope’s signature',
  parts: 'the digests of its parts',
  'contract-signature': 'the signature for contracts',
  issuer: 'the issuer’s keys',
  network: 'the network',
  log: 'the proof of inclusion in the log',
  witnesses: 'the witnesses’ cosignatures',
  time: 'the times it states',
  cover: 'the cover it states',
  'later-rulings': 'the log, for later rulings',
};

/** Checks of the receipt as a whole: who signed it, where it is logged, which network it belongs to. */
export const Checks = ({ checks }: { checks: readonly Check[] }) => (
  <section class="link checks" aria-labelledby="checks">
    <header>
      <h3 id="checks">The file itself</h3>
      <p class="quiet">Who signed it, where it is logged, whether a byte changed</p>
    </header>
    <ul class="list">
      {checks.map((check) => (
        <FindingRow key={check.name} shown={{ ...check, source: NAMES[check.name] }} />
      ))}
    </ul>
  </section>
);
