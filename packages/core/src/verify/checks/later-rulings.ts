/** Later rulings: what the receipt itself says replaced it, and what a fresh look into the log brings. */
import { claimIdOf } from '../../claim-shape.ts';
import { ok, type Problem, type Result, refuse } from '../../errors.ts';
import { type Checkpoint, openCheckpoint, verifyLogSignature } from '../../log/checkpoint.ts';
import { verifyConsistency } from '../../log/verify-proof.ts';
import type { Receipt, ReceiptPredicate } from '../../receipt.ts';
import { receiptIdOf } from '../../receipt-build.ts';
import { parseStatement } from '../../receipt-shape.ts';
import type { TrustedLog } from '../../trust.ts';
import { broken, type Check, checkOf, type FreshAnswer, type Opened } from '../check.ts';
import { proofHashes } from './log.ts';

const replaced = (message: string, by: string): Problem => ({
  code: 'receipt.replaced',
  message,
  next: 'Rely on the receipt that replaced it.',
  field: 'predicate.status',
  value: by,
});

/** The newer checkpoint, if its log signed it and its tree extends the one of the receipt. */
const extension = (from: Checkpoint, fresh: FreshAnswer, log: TrustedLog): Result<Checkpoint> => {
  const read = openCheckpoint(fresh.checkpoint);
  if (!read.ok) return read;
  const { checkpoint, note } = read.value;
  const signed = verifyLogSignature(note, { name: log.origin, publicKey: log.publicKey });
  if (!signed.ok) return signed;
  const proof = proofHashes(fresh.consistency, 'fresh.consistency');
  if (!proof.ok) return proof;
  const joined = verifyConsistency(from, checkpoint, proof.value);
  if (joined.ok) return ok(checkpoint);
  return refuse({ ...joined.problem, code: 'log.forked', message: `The log forked: ${joined.problem.message}` });
};

/** The ruling of the newest receipt, if it is a receipt of the same claim and was issued no earlier. */
const latestOf = (
  opened: Opened,
  fresh: FreshAnswer,
  isTrusted: (receipt: Receipt) => Problem | null,
): Result<{ readonly receiptId: string; readonly predicate: ReceiptPredicate }> => {
  const untrusted = isTrusted(fresh.latest);
  if (untrusted !== null) return refuse({ ...untrusted, message: `The later receipt: ${untrusted.message}` });
  const statement = parseStatement(fresh.latest);
  if (!statement.ok) return statement;
  const { predicate } = statement.value;
  const sameClaim = claimIdOf(predicate.claim) === claimIdOf(opened.statement.predicate.claim);
  if (!sameClaim || fresh.latest.log.index < opened.receipt.log.index) {
    return refuse({
      code: 'receipt.unrelated',
      message: 'The later receipt is of another claim, or earlier in the log.',
      next: 'Ask again; if it stays so, report the node.',
      field: 'fresh.latest',
    });
  }
  return ok({ receiptId: receiptIdOf(fresh.latest), predicate });
};

const unseen = (logSize: number | null): Check =>
  checkOf('later-rulings', {
    holds: 'not-shown',
    summary: `As of log size ${logSize ?? 'unknown'}; later rulings are not visible.`,
    assumes: ['no later ruling replaced it'],
    doesNotProve: ['that it is still the latest ruling'],
  });

const own = ({ statement }: Opened): Check | null => {
  const { status, supersededBy } = statement.predicate;
  if (supersededBy === null) return null;
  const message = `This answer was ${status}: receipt ${supersededBy} replaced it.`;
  return checkOf('later-rulings', {
    holds: 'shown',
    summary: message,
    proves: [{ property: 'authenticity', of: 'the notice that a later ruling replaced the answer' }],
    doesNotProve: ['that the later ruling is right'],
    problem: replaced(message, supersededBy),
  });
};

/**
 * @param checkpoint of the receipt, where it could be read
 * @param options.fresh what the log answered, if it was asked
 * @param options.isTrusted why a later receipt is not trusted, or `null`
 */
export const checkLaterRulings = (
  opened: Opened,
  checkpoint: Checkpoint | null,
  options: { readonly fresh?: FreshAnswer; readonly isTrusted: (receipt: Receipt) => Problem | null },
): Check => {
  const log = opened.trust.logs.find((each) => each.origin === checkpoint?.origin);
  if (options.fresh === undefined || checkpoint === null || log === undefined) {
    return own(opened) ?? unseen(checkpoint?.size ?? null);
  }
  const newer = extension(checkpoint, options.fresh, log);
  if (!newer.ok) return broken('later-rulings', newer.problem);
  const latest = latestOf(opened, options.fresh, options.isTrusted);
  if (!latest.ok) return broken('later-rulings', latest.problem);
  const { receiptId, predicate } = latest.value;
  const at = `As of log size ${newer.value.size}`;
  const shared = {
    freshAt: predicate.issuedAt,
    assumes: ['the node knows and names the latest ruling in its log'],
    doesNotProve: ['that nobody has ruled otherwise since'],
  } as const;
  if (receiptId === opened.receiptId) {
    const summary = `${at}, the node names no later ruling.`;
    return own(opened) ?? checkOf('later-rulings', { ...shared, holds: 'not-shown', summary });
  }
  const same = predicate.outcome === opened.statement.predicate.outcome;
  const answer = predicate.outcome === null ? 'undecided' : `“${predicate.outcome}”`;
  const summary = `${at}, receipt ${receiptId} replaced this one: ${answer}, ${predicate.status}${same ? ', the same answer' : ''}.`;
  return checkOf('later-rulings', {
    ...shared,
    holds: 'shown',
    summary,
    proves: [
      { property: 'inclusion', of: 'the later receipt, in a pinned log as of its own checkpoint' },
      { property: 'freshness', of: `the ruling as of log size ${newer.value.size}` },
    ],
    problem:
      same && predicate.supersededBy === null && opened.statement.predicate.supersededBy === null
        ? null
        : replaced(summary, receiptId),
  });
};
