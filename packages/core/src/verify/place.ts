/** Whether a leaf is in the tree of a checkpoint, and who vouches for that tree. */
import { ok, type Result } from '../errors.ts';
import { openCheckpoint, verifyLogSignature } from '../log/checkpoint.ts';
import { leafHash } from '../log/hash.ts';
import { verifyInclusion } from '../log/verify-proof.ts';
import type { Trust, TrustedLog } from '../trust.ts';
import type { Check } from './check.ts';
import { proofHashes } from './checks/log.ts';
import { checkWitnesses, readWitnesses, type Seen } from './checks/witnesses.ts';

/** Place of a leaf in the log and the checkpoint that covers it. */
export type LeafProof = {
  readonly index: number;
  /** Hashes in base64. */
  readonly inclusion: readonly string[];
  readonly checkpoint: string;
};

export type Placed = {
  readonly origin: string;
  readonly size: number;
  /** Null where no such log is pinned: nobody whom the verifier knows signed the checkpoint. */
  readonly log: TrustedLog | null;
  /** What pinned witnesses show; null without a pinned log. */
  readonly witnesses: Check | null;
  readonly seen: readonly Seen[];
};

/**
 * A leaf in the tree of a checkpoint, which a pinned log signed unless `log` is null.
 * Problems: `log.*`, `input.malformed` for hashes that are none.
 * @param leaf its bytes
 */
export const placeLeaf = (
  leaf: Uint8Array,
  { index, inclusion, checkpoint: text }: LeafProof,
  trust: Trust,
): Result<Placed> => {
  const read = openCheckpoint(text);
  if (!read.ok) return read;
  const { note, checkpoint } = read.value;
  const hashes = proofHashes(inclusion, 'log.inclusion');
  if (!hashes.ok) return hashes;
  const { origin, size, root } = checkpoint;
  const included = verifyInclusion(leafHash(leaf), { index, size }, hashes.value, root);
  if (!included.ok) return included;
  const log = trust.logs.find((each) => each.origin === origin);
  if (log === undefined) return ok({ origin, size, log: null, witnesses: null, seen: [] });
  const signed = verifyLogSignature(note, { name: origin, publicKey: log.publicKey });
  if (!signed.ok) return signed;
  const seen = readWitnesses(note, log);
  if (!seen.ok) return seen;
  return ok({ origin, size, log, witnesses: checkWitnesses(note, log, seen.value), seen: seen.value });
};
