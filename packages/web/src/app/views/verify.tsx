import type { Verification } from '@surety/sdk/page-verify';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ReceiptSheet } from '../../ui/receipt/receipt-sheet.tsx';
import { FileDrop } from '../receipt/file-drop.tsx';
import { Keys } from '../receipt/keys.tsx';
import { fetchPrograms, programs, verifyHere } from '../receipt/verify-here.ts';
import { announce } from '../state/announce.ts';
import { pinned } from '../state/trust.ts';
import { wallet } from '../state/wallet.ts';

type Given = { readonly name: string; readonly bytes: Uint8Array };

/** Drop a receipt from anywhere; it is verified here and sent nowhere. */
export const VerifyView = () => {
  const [given, setGiven] = useState<Given | null>(null);
  const trust = pinned.value;
  const held = programs.value;
  const verification = useMemo<Verification | null>(
    () => (given === null ? null : verifyHere(given.bytes)),
    [given, trust, held],
  );
  useEffect(() => void fetchPrograms(), []);
  const take = (next: Given): void => {
    setGiven(next);
    announce('Receipt read.');
  };
  return (
    <div class="column-receipt stack">
      <h1>Verify a receipt</h1>
      <p class="lede">Give a receipt.json that somebody handed you. It is checked in this browser and sent nowhere.</p>
      <FileDrop label="Choose receipt.json, or drop it here" accept=".json,application/json" onFile={take} />
      {given !== null && verification !== null && (
        <section class="stack" aria-label="Verification">
          <p class="small quiet">{given.name}</p>
          <ReceiptSheet
            verification={verification}
            file={given.bytes}
            reader={wallet.value?.address ?? null}
            keys="pinned"
          />
        </section>
      )}
      <Keys />
    </div>
  );
};
