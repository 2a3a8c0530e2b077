/** The log: the receipt's leaf is in the tree of a checkpoint that the pinned log signed. */
import { fromBase64 } from '../../bytes.ts';
import { ok, type Result } from '../../errors.ts';
import { type Checkpoint, openCheckpoint, verifyLogSignature } from '../../log/checkpoint.ts';
import { leafHash } from '../../log/hash.ts';
import { verifyInclusion } from '../../log/verify-proof.ts';
import { logLeafBytes, logLeafOf } from '../../receipt-build.ts';
import { broken, type Check, checkOf, type Opened } from '../check.ts';
import { checkWitnesses, readWitnesses, SAME_TREE } from './witnesses.ts';

/** Hashes of a proof in base64, each 32 bytes. */
export const proofHashes = (proof: readonly string[], field: string): Result<readonly Uint8Array[]> => {
  const hashes: Uint8Array[] = [];
  for (const [i, each] of proof.entries()) {
    const hash = fromBase64(each, { bytes: 32, field: `${field}.${i}` });
    if (!hash.ok) return hash;
    hashes.push(hash.value);
  }
  return ok(hashes);
};

const inclusion = ({ receipt, receiptId, statement }: Opened, checkpoint: Checkpoint): Result<true> => {
  const proof = proofHashes(receipt.log.inclusion, 'log.inclusion');
  if (!proof.ok) return proof;
  const leaf = leafHash(logLeafBytes(logLeafOf(statement.predicate, receiptId)));
  return verifyInclusion(leaf, { index: receipt.log.index, size: checkpoint.size }, proof.value, checkpoint.root);
};

const unpinned = (origin: string): Check => {
  const message = `The log ${origin} is not pinned in your trust file.`;
  return checkOf('log', {
    holds: 'not-shown',
    summary: `${message} The inclusion proof leads to the checkpoint, but nobody you know signed that.`,
    assumes: ['the checkpoint is of the log you mean', SAME_TREE],
    doesNotProve: ['that the receipt is in any log'],
    problem: {
      code: 'receipt.unknown-log',
      message,
      next: 'Get the trust file of its issuer from a place you believe.',
      field: 'log.checkpoint',
      value: origin,
    },
  });
};

export type LogChecks = { readonly checks: readonly Check[]; readonly checkpoint: Checkpoint | null };

/** The log checks and, where it could be read, the checkpoint they are about. */
export const checkLog = (opened: Opened): LogChecks => {
  const read = openCheckpoint(opened.receipt.log.checkpoint);
  if (!read.ok) return { checks: [broken('log', { ...read.problem, field: 'log.checkpoint' })], checkpoint: null };
  const { note, checkpoint } = read.value;
  const included = inclusion(opened, checkpoint);
  if (!included.ok) return { checks: [broken('log', included.problem)], checkpoint };
  const log = opened.trust.logs.find((each) => each.origin === checkpoint.origin);
  if (log === undefined) return { checks: [unpinned(checkpoint.origin)], checkpoint };
  const signed = verifyLogSignature(note, { name: log.origin, publicKey: log.publicKey });
  if (!signed.ok) return { checks: [broken('log', signed.problem)], checkpoint };
  const seen = readWitnesses(note, log);
  if (!seen.ok) return { checks: [broken('log', seen.problem)], checkpoint };
  const witnesses = checkWitnesses(note, log, seen.value);
  const logged = checkOf('log', {
    holds: 'shown',
    summary: `Entry ${opened.receipt.log.index} of the log ${log.origin} at size ${checkpoint.size}.`,
    proves: [
      {
        property: 'inclusion',
        of: `the receipt in the tree that the log ${log.origin} signed at size ${checkpoint.size}`,
      },
    ],
    assumes: witnesses.holds === 'shown' ? [] : [SAME_TREE],
    doesNotProve: ['that no later ruling replaced it', 'that what the receipt says is so'],
  });
  return { checks: [logged, witnesses], checkpoint };
};
