/** `surety verify`: offline unless `--fresh` asks the node what came later. */
import { type FreshAnswer, type Verification, type VerifyOptions, verify } from '@surety/sdk/verify';
import { nodeUrl } from '../local/environment.ts';
import { ownAddress, readReceiptFile, readTrustFile } from '../local/receipt-file.ts';
import { printVerification } from '../report.ts';
import type { Context, Run } from '../table.ts';

/** What the node's log says now of a receipt. */
const askFresh = async (context: Context, { receiptId, logSize }: Verification): Promise<FreshAnswer> => {
  const { createClient } = await import('@surety/sdk');
  const client = createClient({ url: nodeUrl(context), retries: 1 });
  const status = await client.receiptStatus({ receiptId: receiptId!, ...(logSize === null ? {} : { from: logSize }) });
  return { latest: status.latest, checkpoint: status.checkpoint, consistency: status.consistency?.proof ?? [] };
};

export const run: Run = async ({ args: [file = ''], values, context }) => {
  const { out, home, cwd } = context;
  const bytes = readReceiptFile(file, cwd);
  const { trust, file: trustFile } = readTrustFile(values, context);
  const relyingParty = ownAddress(home);
  const options: VerifyOptions = {
    trust,
    now: Math.floor(Date.now() / 1_000),
    ...(relyingParty === null ? {} : { relyingParty }),
  };
  const offline = await verify(bytes, options);
  const verification =
    values.fresh === true && offline.receiptId !== null
      ? await verify(bytes, { ...options, fresh: await askFresh(context, offline) })
      : offline;
  if (out.json) out.data(verification);
  else {
    printVerification(out, verification, { all: values.all === true });
    if (trustFile === null)
      out.note(out.style.dim(`No trust file in ${home}: nothing is pinned. Name one with --trust.`));
  }
  return verification.exitCode;
};
