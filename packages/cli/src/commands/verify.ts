/**
 * `surety verify`: a receipt, the proof of a run or of a training, or the renewal of a commitment; offline unless `--fresh` asks the node
 * what came later.
 */
import { resolve } from 'node:path';
import type { HeldPrograms } from '@surety/sdk/tensor';
import { type FreshAnswer, type Trust, type Verification, type VerifyHere, verify } from '@surety/sdk/verify';
import { nodeUrl } from '../local/environment.ts';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { ownAddress, readReceiptFile, readTrustFile } from '../local/receipt-file.ts';
import { beginsWith } from '../local/training-file.ts';
import { UsageError } from '../refusal.ts';
import { printVerification } from '../report.ts';
import type { Context, Run, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { MAX_PROOF_BYTES, verifyProof } from './verify-proof.ts';
import { verifyRenewed } from './verify-renewal.ts';
import { verifyTrainingFile } from './verify-training.ts';

/** First bytes of the file of a proof, of one of training, and of a renewal. */
const PROOF_MAGIC = 'SRTYZKP1';
const TRAINING_MAGIC = 'SRTYTRN1';
const RENEWAL_MAGIC = 'SRTYREN1';

const OF_PROOFS = ['program', 'architecture', 'input', 'output', 'integers'] as const;
const OF_TRAININGS = ['data', 'audit', 'model', 'parity', 'logged'] as const;

const refuseOdd = (values: Values, names: readonly string[], what: string): void => {
  const odd = names.find((name) => values[name] !== undefined);
  if (odd !== undefined)
    throw new UsageError(`--${odd} is for ${what}, one at a time.`, `Leave --${odd} out.`, `--${odd}`);
};

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

/** The only file, if it begins as a proof does; receipts are JSON. */
const proofIn = ([file, ...more]: readonly string[], { cwd }: Context, magic: string): string | null => {
  if (file === undefined || more.length > 0 || file === '-') return null;
  const path = resolve(cwd, file);
  return beginsWith(path, magic) ? path : null;
};

export const run: Run = async ({ args: files, values, context }) => {
  const { out, home } = context;
  const trained = proofIn(files, context, TRAINING_MAGIC);
  if (trained !== null) {
    refuseOdd(values, OF_PROOFS, 'the proof of a run');
    return verifyTrainingFile(files[0]!, trained, values, context);
  }
  refuseOdd(values, OF_TRAININGS, 'the proof of a training');
  const renewal = proofIn(files, context, RENEWAL_MAGIC);
  if (renewal !== null) {
    const bytes = readBytes(renewal, { what: 'The renewal', maxBytes: MAX_PROOF_BYTES });
    return verifyRenewed(files[0]!, bytes, values, context);
  }
  const proof = proofIn(files, context, PROOF_MAGIC);
  if (proof !== null) {
    const bytes = readBytes(proof, { what: 'The proof', maxBytes: MAX_PROOF_BYTES });
    return verifyProof(files[0]!, bytes, values, context);
  }
  refuseOdd(values, OF_PROOFS, 'the proof of a run');
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
