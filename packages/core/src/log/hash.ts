/** Merkle tree hashing of RFC 9162 section 2.1.1 (the same as RFC 6962) with SHA-256. */
import { concatBytes } from '../bytes.ts';
import { sha256 } from '../hash.ts';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** Bytes of a tree hash. */
export const HASH_BYTES = 32;

/** Largest tree this code handles: sizes are exact numbers. */
export const MAX_TREE_SIZE = Number.MAX_SAFE_INTEGER;

/** `SHA-256(0x00 ‖ entry)`. */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concatBytes(LEAF, entry));

/** `SHA-256(0x01 ‖ left ‖ right)`. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concatBytes(NODE, left, right));

/** Root of the tree without leaves: the hash of nothing. */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array(0));
