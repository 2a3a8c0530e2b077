import { plainWords, replayMarket, type Trust, verifyReceipt } from '@surety/sdk/page-verify';
import { useMemo, useState } from 'preact/hooks';
import { ChainMark } from '../ui/chain-mark.tsx';
import { ReceiptSheet } from '../ui/receipt/receipt-sheet.tsx';
import type { Embedded } from './embedded.ts';
import { OwnKeys } from './own-keys.tsx';
import { SaveJson } from './save-json.tsx';

/** The receipt, verified again each time the page is opened or other keys are given. */
export const Page = ({ receipt, trust }: Embedded) => {
  const [own, setOwn] = useState<Trust | null>(null);
  const verification = useMemo(
    () => verifyReceipt(receipt, { trust: own ?? trust, now: Math.floor(Date.now() / 1000), plainWords, replayMarket }),
    [receipt, trust, own],
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
          To stay small, this page does not carry the readers’ programs, so it cannot run them again: their checks read
          “not held here”. <code>surety verify receipt.json</code> runs them.
        </p>
        <OwnKeys own={own} shipped={trust} onTrust={setOwn} />
      </main>
    </>
  );
};
