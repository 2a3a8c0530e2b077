import { type ProgramRegistry, plainWords, replayMarket, type Trust, verifyReceipt } from '@surety/sdk/page-verify';
import { useMemo, useState } from 'preact/hooks';
import { ChainMark } from '../ui/chain-mark.tsx';
import { ReceiptSheet } from '../ui/receipt/receipt-sheet.tsx';
import type { Embedded } from './embedded.ts';
import { OwnKeys } from './own-keys.tsx';
import { SaveJson } from './save-json.tsx';

/** The receipt, verified again each time the page is opened or other keys are given. */
export const Page = ({ receipt, trust, programs }: Embedded & { readonly programs: ProgramRegistry | null }) => {
  const [own, setOwn] = useState<Trust | null>(null);
  const verification = useMemo(
    () =>
      verifyReceipt(receipt, {
        trust: own ?? trust,
        now: Math.floor(Date.now() / 1000),
        plainWords,
        replayMarket,
        ...(programs === null ? {} : { programs }),
      }),
    [receipt, trust, programs, own],
  );
  const development = verification.statement?.predicate.network.environment === 'development';
  return (
    <>
      <header class="slip-masthead">
        <ChainMark holds={['plain', 'plain', 'plain', 'plain']} height={20} />
        <strong>Surety receipt</strong>
        {development && <span class="slip-development">development: no real money stands behind it</span>}
      </header>
      <main>
        <h1 class="visually-hidden">Surety receipt</h1>
        <p class={own === null ? 'notice notice-warn' : 'notice'}>
          {own === null ? (
            <span>
              <strong>Verified with the keys this page came with.</strong> A page cannot vouch for its own keys: whoever
              made the page chose them. <a href="#own-keys">Compare them with keys you pinned</a>, or give your own
              trust file.
            </span>
          ) : (
            <span>
              <strong>Verified with the keys you gave.</strong> This page’s program did the work; if you do not trust
              the page, run <code>surety verify receipt.json</code>.
            </span>
          )}
        </p>
        <ReceiptSheet verification={verification} file={receipt} reader={null} keys={own === null ? 'page' : 'given'}>
          <div class="receipt-actions no-print">
            <SaveJson receipt={receipt} receiptId={verification.receiptId} />
            <button type="button" class="button" onClick={() => print()}>
              Print
            </button>
          </div>
        </ReceiptSheet>
        <p class="small quiet">
          {programs === null ? (
            <>
              This page could not run the readers’ programs: their checks read “not held here”.{' '}
              <code>surety verify receipt.json</code> runs them.
            </>
          ) : (
            <>
              This page carries the readers’ programs that its receipt names and has just run them again; a model that
              is too large for a page, or that only its owner holds, reads “not held here”.
            </>
          )}
        </p>
        <OwnKeys own={own} shipped={trust} onTrust={setOwn} />
      </main>
    </>
  );
};
