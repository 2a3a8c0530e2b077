import type { Market } from '@surety/sdk/page';
import { RosetteMark } from '../../ui/rosette-mark.tsx';
import { href } from '../router.ts';

/** The way to the receipt of the answer as it stands. */
export const ReceiptTeaser = ({ market }: { market: Market }) =>
  market.receiptId === null ? (
    <section class="teaser sheet" aria-label="Receipt">
      <p class="quiet">The first receipt is being written.</p>
    </section>
  ) : (
    <section class="teaser sheet" aria-labelledby="teaser">
      <RosetteMark id={market.receiptId} size={84} />
      <div>
        <h2 id="teaser">Receipt, {market.answer.status}</h2>
        <p class="small quiet">What was asked, seen, run and concluded. Checked again in your browser.</p>
        <a class="button" href={href({ kind: 'receipt', receiptId: market.receiptId })}>
          Open and verify
        </a>
      </div>
    </section>
  );
