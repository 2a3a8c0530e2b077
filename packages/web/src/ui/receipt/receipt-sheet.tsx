import { allFindings, type Verification } from '@surety/sdk/page-verify';
import type { ComponentChildren } from 'preact';
import { LinkStrip, Links } from '../links.tsx';
import { withBrokenPart } from './broken-part.ts';
import { Checks } from './checks.tsx';
import { Slip } from './slip.tsx';
import { VerdictBanner } from './verdict.tsx';
import type { KeysFrom } from './verdict-words.ts';

type Props = {
  readonly verification: Verification;
  /** The file that was verified. */
  readonly file: Uint8Array;
  /** EIP-55 address of whoever reads it, for whether the cover is theirs. */
  readonly reader: string | null;
  /** Whose keys it was verified against. */
  readonly keys: KeysFrom;
  /** What can be done with it; stands beside the slip. */
  readonly children?: ComponentChildren;
};

/** A verified receipt: the verdict, the four links at a glance, what it says, and every check. */
export const ReceiptSheet = ({ verification, file, reader, keys, children }: Props) => {
  const findings = withBrokenPart(verification, allFindings(verification), file);
  return (
    <div class="receipt">
      <div class="receipt-top">
        <VerdictBanner verification={verification} keys={keys} />
        <LinkStrip findings={findings} />
        {children}
      </div>
      <Slip verification={verification} reader={reader} />
      <div class="receipt-findings">
        <h2>What it shows, link by link</h2>
        <p class="quiet">
          Everything below was worked out here just now from the evidence in the file. Green: shown. Dashed: not shown,
          which is not the same as false. Red: contradicted.
        </p>
        <Links findings={findings} />
        <Checks checks={verification.checks} />
      </div>
    </div>
  );
};
