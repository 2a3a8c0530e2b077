/** `surety verify`: a receipt, the proof of a run or the renewal of a commitment; offline unless `--fresh` asks the node what came later. */
import { resolve } from 'node:path';
import type { HeldPrograms } from '@surety/sdk/tensor';
import { type FreshAnswer, type Trust, type Verification, type VerifyHere, verify } from '@surety/sdk/verify';
import { nodeUrl } from '../local/environment.ts';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { ownAddress, readReceiptFile, readTrustFile } from '../local/receipt-file.ts';
import { UsageError } from '../refusal.ts';
import { printVerification } from '../report.ts';
import type { Context, Run, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { MAX_PROOF_BYTES, verifyProof } from './verify-proof.ts';
import { verifyRenewed } from './verify-renewal.ts';

/** First bytes of the file of a proof, and of a renewal. */
const PROOF_MAGIC = { run: 'SRTYZKP1', renewal: 'SRTYREN1' } as const;

const OF_PROOFS = ['program', 'architecture', 'input', 'output', 'integers'] as const;

/** What the node's log says now of a receipt. */
const askFresh = async (context: Context, { receiptId, logSize }: Verification): Promise<FreshAnswer> => {
  const { createClient } = await import('@surety/sdk');
  const client = createClient({ url: nodeUrl(context), retries: 1 });
  const status = await client.receiptStatus({ receiptId: receiptId!, ...(logSize === null ? {} : { from: logSize }) });
  return { latest: status.latest, checkpoint: status.checkpoint, consistency: status.consistency?.proof ?? [] };
};

/** The tensor programs of `--programs`; what is no program is said and passed over. */
const holdPrograms = async ({ programs }: Values, { cwd, out }: Context): Promise<HeldPrograms | null> => {
  if (typeof programs !== 'string') return null;
  const { readFolder } = await import('@surety/sdk/tensor');
  const folder = readFolder(resolve(cwd, programs));
  if (!folder.ok) return fail(folder.problem);
  for (const { message } of folder.value.problems) out.note(out.style.yellow(`Not held: ${safe(message)}`));
  return folder.value.held;
};

type Brought = { readonly trust: Trust; readonly held: HeldPrograms | null };

/** One receipt, offline first. */
const check = async (file: string, values: Values, context: Context, brought: Brought): Promise<Verification> => {
  const bytes = readReceiptFile(file, context.cwd);
  const relyingParty = ownAddress(context.home);
  const { trust, held } = brought;
  const options: VerifyHere = {
    trust,
    ...(held === null ? {} : { held }),
    now: Math.floor(Date.now() / 1_000),
    ...(relyingParty === null ? {} : { relyingParty }),
  };
  const offline = await verify(bytes, options);
  return values.fresh === true && offline.receiptId !== null
    ? verify(bytes, { ...options, fresh: await askFresh(context, offline) })
    : offline;
};

type Found = { readonly of: keyof typeof PROOF_MAGIC; readonly bytes: Uint8Array };

/** The bytes of a proof, if the only file is one; receipts are JSON. */
const proofIn = ([file, ...more]: readonly string[], { cwd }: Context): Found | null => {
  if (file === undefined || more.length > 0 || file === '-') return null;
  const bytes = readBytes(resolve(cwd, file), { what: 'The receipt or proof', maxBytes: MAX_PROOF_BYTES });
  const magic = new TextDecoder().decode(bytes.subarray(0, PROOF_MAGIC.run.length));
  if (magic === PROOF_MAGIC.run) return { of: 'run', bytes };
  return magic === PROOF_MAGIC.renewal ? { of: 'renewal', bytes } : null;
};

export const run: Run = async ({ args: files, values, context }) => {
  const { out, home } = context;
  const proof = proofIn(files, context);
  if (proof?.of === 'run') return verifyProof(files[0]!, proof.bytes, values, context);
  if (proof?.of === 'renewal') return verifyRenewed(files[0]!, proof.bytes, values, context);
  const odd = OF_PROOFS.find((name) => values[name] !== undefined);
  if (odd !== undefined)
    throw new UsageError(`--${odd} is for the proof of a run, one at a time.`, `Leave --${odd} out.`, `--${odd}`);
  const { trust, file: trustFile } = readTrustFile(values, context);
  const held = await holdPrograms(values, context);
  const several = files.length > 1;
  const verifications: Verification[] = [];
  for (const [i, file] of files.entries()) {
    const verification = await check(file, values, context, { trust, held });
    verifications.push(verification);
    if (out.json) continue;
    if (several) out.line(`${i > 0 ? '\n' : ''}${out.style.dim(safe(file))}`);
    printVerification(out, verification, { all: values.all === true });
  }
  if (out.json)
    out.data(several ? { receipts: files.map((file, i) => ({ file, ...verifications[i]! })) } : verifications[0]);
  else if (several) {
    const trusted = verifications.filter(({ verdict }) => verdict === 'trusted').length;
    out.line(`\n${trusted} of ${files.length} receipts are trusted.`);
  }
  if (!out.json && trustFile === null)
    out.note(out.style.dim(`No trust file in ${home}: nothing is pinned. Name one with --trust.`));
  return verifications.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
};
