/** Trees of RFC 9162 held whole, their subtrees by level and position, and openings of neighbouring leaves (spec 15.5). */
import { concatBytes, emptyRoot, keccak256, nodeHash } from '@surety/core';
import { type Reader, unreadable, type Writer } from './bytes.ts';

export type Join = (left: Uint8Array, right: Uint8Array) => Uint8Array;

/** Nodes of the trees over words of data: `keccak256(left ‖ right)`. */
export const joinWords: Join = (left, right) => keccak256(concatBytes(left, right));

/**
 * What is known of a tree. Subtree `position` of `level` holds the leaves `position · 2^level` and so many after it, fewer at
 * the end of the tree.
 */
export type Tree = {
  readonly size: number;
  /** Hash of a subtree, or null where it is not known. */
  readonly hash: (level: number, position: number) => Uint8Array | null;
};

/** Least level at which a tree of so many leaves is one subtree. */
export const heightOf = (size: number): number => (size <= 1 ? 0 : Math.ceil(Math.log2(size)));

/** How many subtrees of a level there are. */
export const blocksOf = (size: number, level: number): number => Math.ceil(size / 2 ** level);

/** A whole tree over leaf hashes. */
export class HashTree implements Tree {
  readonly size: number;
  private readonly levels: readonly (readonly Uint8Array[])[];

  constructor(leaves: readonly Uint8Array[], join: Join = nodeHash) {
    this.size = leaves.length;
    // The tree of no leaves has a root, the hash of nothing.
    const levels = [leaves.length === 0 ? [emptyRoot()] : leaves];
    for (let below = leaves; below.length > 1; ) {
      const above: Uint8Array[] = [];
      for (let i = 0; i < below.length; i += 2) {
        const right = below[i + 1];
        above.push(right === undefined ? below[i]! : join(below[i]!, right));
      }
      levels.push(above);
      below = above;
    }
    this.levels = levels;
  }

  hash(level: number, position: number): Uint8Array {
    return this.levels[Math.min(level, this.levels.length - 1)]![position]!;
  }

  get root(): Uint8Array {
    return this.hash(heightOf(this.size), 0);
  }
}

/** A tree by blocks of 2^level leaves: it has the same root (spec 15.5). */
export const inBlocks = (tree: Tree, level: number): Tree => ({
  size: blocksOf(tree.size, level),
  hash: (above, position) => tree.hash(level + above, position),
});

/** First leaf of the right half of `lo .. hi − 1`. */
const middle = (lo: number, hi: number): number => {
  let half = 1;
  while (half * 2 < hi - lo) half *= 2;
  return lo + half;
};

/** A run of leaves `first .. first + count − 1`. */
export type Run = { readonly first: number; readonly count: number };

/** Thrown by writers where a hash they need is not known. */
export class UnknownHash extends Error {}

/**
 * Writes `open(size, first, count; what)`.
 * @param leaf writes what is shown of a leaf
 * @throws {UnknownHash} where the tree does not know a hash beside the leaves
 */
export const writeOpening = (out: Writer, tree: Tree, { first, count }: Run, leaf: (index: number) => void): void => {
  const write = (lo: number, hi: number): void => {
    if (hi <= first || lo >= first + count) {
      const level = heightOf(hi - lo);
      const hash = tree.hash(level, lo / 2 ** level);
      if (hash === null) throw new UnknownHash(`subtree ${lo} .. ${hi - 1} of ${tree.size}`);
      out.raw(hash);
    } else if (hi - lo === 1) leaf(lo);
    else {
      const at = middle(lo, hi);
      write(lo, at);
      write(at, hi);
    }
  };
  if (tree.size > 0) write(0, tree.size);
};

/** Told of each subtree that an opening shows. */
export type Seen = (level: number, position: number, hash: Uint8Array) => void;

/**
 * Reads an opening of one leaf or more of a tree of `size`.
 * @param leaf reads what is shown of a leaf and gives its hash
 * @returns the root that it leads to
 */
export const readOpening = (
  from: Reader,
  size: number,
  { first, count }: Run,
  leaf: (index: number) => Uint8Array,
  options: { readonly join?: Join; readonly seen?: Seen } = {},
): Uint8Array => {
  const { join = nodeHash, seen } = options;
  if (count < 1 || first + count > size) unreadable(`leaves ${first} and ${count - 1} more are not among ${size}`);
  const read = (lo: number, hi: number): Uint8Array => {
    let hash: Uint8Array;
    if (hi <= first || lo >= first + count) hash = from.hash();
    else if (hi - lo === 1) hash = leaf(lo);
    else {
      const at = middle(lo, hi);
      const left = read(lo, at);
      hash = join(left, read(at, hi));
    }
    if (seen !== undefined) {
      const level = heightOf(hi - lo);
      seen(level, lo / 2 ** level, hash);
    }
    return hash;
  };
  return read(0, size);
};
