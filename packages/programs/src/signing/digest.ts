/** Digests of files and of parts of files (OMS 1.0, sections 6.3 and 7). */
import { createHash } from 'node:crypto';
import { ok, type Result } from '@surety/core';
import { refused } from './problem.ts';

/** Algorithms that a manifest may name. */
export const HASH_NAMES = ['sha256', 'blake2b', 'blake3'] as const;
export type HashName = (typeof HASH_NAMES)[number];

/** BLAKE3 is in none of the libraries that are kept here: reading it works, recomputing it is refused as unsupported. */
export type ComputedHash = Exclude<HashName, 'blake3'>;

const NODE_NAME: Readonly<Record<ComputedHash, string>> = { sha256: 'sha256', blake2b: 'blake2b512' };

export const DIGEST_BYTES: Readonly<Record<HashName, number>> = { sha256: 32, blake2b: 64, blake3: 32 };

/**
 * One file of a model, read by the caller: its bytes, or what the caller computed while streaming it, since models
 * are larger than memory. Digests are lower-case hex.
 */
export type FileContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'digest'; readonly algorithm: HashName; readonly digest: string }
  | {
      readonly kind: 'shards';
      readonly algorithm: HashName;
      readonly shardBytes: number;
      readonly sizeBytes: number;
      readonly digests: readonly string[];
    };

/** `path` is canonical: relative to the model, `/` between its parts. */
export type ModelFile = { readonly path: string; readonly content: FileContent; readonly isSymlink?: boolean };

export const digestOf = (algorithm: HashName, bytes: Uint8Array): Result<string> =>
  algorithm === 'blake3'
    ? refused(
        'model.bundle-unsupported',
        'predicate.serialization.hash_type',
        'BLAKE3 digests cannot be recomputed here.',
        'Ask the signer for SHA-256, or hand over digests that you computed yourself.',
        { value: algorithm, limit: 'sha256 | blake2b' },
      )
    : ok(createHash(NODE_NAME[algorithm]).update(bytes).digest('hex'));

const otherKind = (file: ModelFile, wanted: string): Result<never> =>
  refused(
    'model.file-refused',
    `files.${file.path}`,
    `The digest given for ${file.path} is not of the kind that was signed.`,
    `Hand over its bytes, or ${wanted}.`,
    { value: file.content.kind, limit: wanted },
  );

/** The digest of a whole file. */
export const wholeDigest = (file: ModelFile, algorithm: HashName): Result<string> => {
  const { content } = file;
  if (content.kind === 'bytes') return digestOf(algorithm, content.bytes);
  if (content.kind === 'digest' && content.algorithm === algorithm) return ok(content.digest);
  return otherKind(file, `its ${algorithm} digest`);
};

export type Shard = { readonly start: number; readonly end: number; readonly digest: string };

/** The digests of a file cut into runs of `shardBytes`, the last one shorter; an empty file has none. */
export const shardDigests = (file: ModelFile, algorithm: HashName, shardBytes: number): Result<readonly Shard[]> => {
  const { content } = file;
  const wanted = `${algorithm} digests of runs of ${shardBytes} bytes`;
  if (content.kind === 'digest') return otherKind(file, wanted);
  const sizeBytes = content.kind === 'bytes' ? content.bytes.length : content.sizeBytes;
  const count = Math.ceil(sizeBytes / shardBytes);
  const given = content.kind === 'shards' ? content : null;
  if (given !== null) {
    const same = given.algorithm === algorithm && given.shardBytes === shardBytes && given.digests.length === count;
    if (!same) return otherKind(file, wanted);
  }
  const shards: Shard[] = [];
  for (let i = 0; i < count; i++) {
    const [start, end] = [i * shardBytes, Math.min((i + 1) * shardBytes, sizeBytes)];
    const digest =
      content.kind === 'bytes' ? digestOf(algorithm, content.bytes.subarray(start, end)) : ok(given!.digests[i]!);
    if (!digest.ok) return digest;
    shards.push({ start, end, digest: digest.value });
  }
  return ok(shards);
};
