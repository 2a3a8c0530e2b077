/**
 * Which subtrees a proof consists of (RFC 9162 sections 2.1.3.1 and 2.1.4.1), and their hashes out of complete nodes.
 * Planning is pure; reading is the caller's, from tiles, a database or memory.
 */
import { SuretyError } from '../errors.ts';
import { nodeHash } from './hash.ts';

/** The leaves `start .. end − 1`, whose subtree root is one hash of a proof. */
export type LeafRange = { readonly start: number; readonly end: number };

/** Hash of the complete subtree of `2^level` leaves that starts at leaf `index · 2^level`. */
export type ReadNode = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

const outside = (what: string, limit: string): never => {
  throw new SuretyError({
    code: 'input.out-of-range',
    message: `There is no proof for ${what}.`,
    next: `Ask for ${limit}.`,
    field: 'index',
    limit,
  });
};

/** Largest power of two below `n` (n ≥ 2). */
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/**
 * The subtrees of the inclusion proof of leaf `index` in the tree of `size` leaves, lowest first.
 * @throws {SuretyError} `input.out-of-range` unless 0 ≤ index < size
 */
export const inclusionRanges = (index: number, size: number): readonly LeafRange[] => {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
    return outside(`leaf ${index} of ${size}`, `an index in 0 .. ${size - 1}`);
  }
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
};

/**
 * The subtrees of the consistency proof between the trees of `first` and `second` leaves.
 * @throws {SuretyError} `input.out-of-range` unless 1 ≤ first ≤ second
 */
export const consistencyRanges = (first: number, second: number): readonly LeafRange[] => {
  if (!(Number.isSafeInteger(first) && first >= 1 && first <= second)) {
    return outside(`sizes ${first} and ${second}`, 'sizes 1 <= first <= second');
  }
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = second;
  let known = true;
  while (first !== end) {
    const middle = start + split(end - start);
    if (first <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      known = false;
    }
  }
  if (!known) ranges.push({ start, end });
  return ranges.reverse();
};

/** The complete subtrees that make up a range of a proof, largest first. */
export const completeNodes = (range: LeafRange): readonly { readonly level: number; readonly index: number }[] => {
  const nodes: { level: number; index: number }[] = [];
  let at = range.start;
  while (at < range.end) {
    let level = 0;
    let width = 1;
    while (at + width * 2 <= range.end && at % (width * 2) === 0) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
};

/** The root of a range's subtree. */
export const rangeHash = async (range: LeafRange, readNode: ReadNode): Promise<Uint8Array> => {
  const hashes = await Promise.all(completeNodes(range).map(({ level, index }) => readNode(level, index)));
  return hashes.reduceRight((right, left) => nodeHash(left, right));
};

/** Inclusion proof of leaf `index` in the tree of `size` leaves, lowest hash first. */
export const proveInclusion = (index: number, size: number, readNode: ReadNode): Promise<Uint8Array[]> =>
  Promise.all(inclusionRanges(index, size).map((range) => rangeHash(range, readNode)));

/** Proof that the tree of `first` leaves is a prefix of the tree of `second`. */
export const proveConsistency = (first: number, second: number, readNode: ReadNode): Promise<Uint8Array[]> =>
  Promise.all(consistencyRanges(first, second).map((range) => rangeHash(range, readNode)));
