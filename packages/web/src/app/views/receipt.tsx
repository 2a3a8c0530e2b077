import type { Problem } from '@surety/sdk/page';
import { type FreshAnswer, type Receipt, receiptBytes } from '@surety/sdk/page-verify';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ReceiptSheet } from '../../ui/receipt/receipt-sheet.tsx';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Downloads } from '../receipt/download.tsx';
import { LaterNote } from '../receipt/later-note.tsx';
import { TrustNote } from '../receipt/trust-note.tsx';
import { fetchPrograms, programs, verifyHere } from '../receipt/verify-here.ts';
import { href } from '../router.ts';
import { announce } from '../state/announce.ts';
import { pinned } from '../state/trust.ts';
import { wallet } from '../state/wallet.ts';

const Ready = ({ receipt, receiptId }: { receipt: Receipt; receiptId: string }) => {
  const [fresh, setFresh] = useState<FreshAnswer>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const trust = pinned.value;
  const held = programs.value;
  useEffect(() => void fetchPrograms(), []);
  const verification = useMemo(() => verifyHere(receipt, fresh), [receipt, fresh, trust, held]);

  const look = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const status = await client.receiptStatus({
      receiptId,
      ...(verification.logSize === null ? {} : { from: verification.logSize }),
    });
    setBusy(false);
    setProblem(status.ok ? null : status.problem);
    if (!status.ok) return;
    const { latest, checkpoint, consistency } = status.value;
    setFresh({ latest, checkpoint, consistency: consistency?.proof ?? [] });
    announce(status.value.superseded ? 'There is a later receipt.' : 'The node names no later ruling.');
  };

  return (
    <ReceiptSheet
      verification={verification}
      file={receiptBytes(receipt)}
      reader={wallet.value?.address ?? null}
      keys="pinned"
    >
      <div class="receipt-actions">
        <button type="button" class="button" aria-disabled={busy} onClick={() => void look()}>
          {busy ? 'Looking…' : fresh === undefined ? 'Check for later rulings' : 'Check again'}
        </button>
        <Downloads receipt={receipt} receiptId={receiptId} />
        {verification.claimId !== null && (
          <a class="button button-plain" href={href({ kind: 'market', marketId: verification.claimId })}>
            Its market
          </a>
        )}
      </div>
      {fresh !== undefined && <LaterNote verification={verification} latest={fresh.latest} />}
      {problem !== null && <ProblemNotice problem={problem} />}
      <TrustNote />
    </ReceiptSheet>
  );
};

/** A receipt of this node, verified in the reader's browser. */
export const ReceiptView = ({ receiptId }: { receiptId: string }) => {
  const { state, reload } = useLoaded(receiptId, () => client.receipt({ receiptId }));
  return (
    <div class="column-receipt stack">
      <h1 class="visually-hidden">Receipt</h1>
      {state.kind === 'loading' && <Waiting what="The receipt" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && <Ready receipt={state.value} receiptId={receiptId} />}
    </div>
  );
};
