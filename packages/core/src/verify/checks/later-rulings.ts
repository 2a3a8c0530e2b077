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
import { SAME_TREE } from './witnesses.ts';

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

/** Why a later receipt says nothing of this one, or `null`. Another operator may answer the very same claim. */
const unrelatedBy = (
  opened: Opened,
  { latest }: FreshAnswer,
  { claim, network }: ReceiptPredicate,
  newer: Checkpoint,
): { readonly field: string; readonly message: string } | null => {
  const own = opened.statement.predicate;
  if (network.operator !== own.network.operator || latest.eip712.issuer !== opened.receipt.eip712.issuer) {
    return { field: 'fresh.latest.network.operator', message: 'The later receipt is by another operator.' };
  }
  if (claimIdOf(claim) !== claimIdOf(own.claim)) {
    return { field: 'fresh.latest.claim', message: 'The later receipt is of another claim.' };
  }
  const placed = openCheckpoint(latest.log.checkpoint);
  if (!placed.ok || placed.value.checkpoint.origin !== newer.origin) {
    return { field: 'fresh.latest.log.checkpoint', message: 'The later receipt is in another log.' };
  }
  if (latest.log.index < opened.receipt.log.index) {
    return { field: 'fresh.latest.log.index', message: 'The later receipt is earlier in the log.' };
  }
  if (latest.log.index >= newer.size) {
    return { field: 'fresh.latest.log.index', message: 'The later receipt lies beyond the checkpoint given with it.' };
  }
  return null;
};

/** The ruling of the newest receipt, if it is one of the same operator, claim and log, and entered no earlier. */
const latestOf = (
  opened: Opened,
  fresh: FreshAnswer,
  newer: Checkpoint,
  isTrusted: (receipt: Receipt) => Problem | null,
): Result<{ readonly receiptId: string; readonly predicate: ReceiptPredicate }> => {
  const untrusted = isTrusted(fresh.latest);
  if (untrusted !== null) return refuse({ ...untrusted, message: `The later receipt: ${untrusted.message}` });
  const statement = parseStatement(fresh.latest);
  if (!statement.ok) return statement;
  const { predicate } = statement.value;
  const unrelated = unrelatedBy(opened, fresh, predicate, newer);
  if (unrelated !== null) {
    return refuse({ code: 'receipt.unrelated', next: 'Ask again; if it stays so, report the node.', ...unrelated });
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
  const latest = latestOf(opened, options.fresh, newer.value, options.isTrusted);
  if (!latest.ok) return broken('later-rulings', latest.problem);
  const { receiptId, predicate } = latest.value;
  const at = `As of log size ${newer.value.size}`;
  const shared = {
    freshAt: predicate.issuedAt,
    // No witness is asked about the newer tree: only the log speaks for it.
    assumes: ['the node knows and names the latest ruling in its log', SAME_TREE],
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
