/** A tree that somebody else committed to, known in parts, beside the own tree that it should be. */
import { nodeHash, sameBytes } from '@surety/core';
import type { Blocks } from './question.ts';
import { blocksOf, heightOf, type Tree } from './tree.ts';

/** Most levels that one answer goes down: 2^7 = 128 hashes. */
const ANSWER_LEVELS = 7;

export class ClaimedTree implements Tree {
  readonly size: number;
  private readonly own: Tree | null;
  private readonly shown = new Map<string, Uint8Array>();
  /** Subtrees that hold something shown. */
  private readonly touched = new Set<string>();

  /** @param own the own tree of the same size; null where there is none to compare with */
  constructor(size: number, own: Tree | null) {
    this.size = size;
    this.own = own;
  }

  private height(level: number): number {
    return Math.min(level, heightOf(this.size));
  }

  note(level: number, position: number, hash: Uint8Array): void {
    const from = this.height(level);
    this.shown.set(`${from} ${position}`, hash);
    for (let up = from, at = position; up <= heightOf(this.size); up++, at = Math.floor(at / 2)) {
      this.touched.add(`${up} ${at}`);
    }
  }

  /** Whether a subtree is known to be the own one: it, or one around it, was shown with the own hash. */
  private isOwn(level: number, position: number): boolean {
    if (this.own === null) return false;
    for (let up = level, at = position; up <= heightOf(this.size); up++, at = Math.floor(at / 2)) {
      const shown = this.shown.get(`${up} ${at}`);
      if (shown !== undefined) {
        const own = this.own.hash(up, at);
        return own !== null && sameBytes(shown, own);
      }
    }
    return false;
  }

  hash(asked: number, position: number): Uint8Array | null {
    const level = this.height(asked);
    const shown = this.shown.get(`${level} ${position}`);
    if (shown !== undefined) return shown;
    if (this.isOwn(level, position)) return this.own!.hash(level, position);
    if (level === 0 || !this.touched.has(`${level} ${position}`)) return null;
    const left = this.hash(level - 1, 2 * position);
    if (left === null || 2 * position + 1 >= blocksOf(this.size, level - 1)) return left;
    const right = this.hash(level - 1, 2 * position + 1);
    return right === null ? null : nodeHash(left, right);
  }

  /** Where the claimed tree, of another root than the own one, first differs: a leaf, or the blocks to ask for next. */
  firstDifference(own: Tree): { readonly leaf: number } | { readonly ask: Blocks } {
    let level = heightOf(this.size);
    let position = 0;
    while (level > 0) {
      const left = this.hash(level - 1, 2 * position);
      if (left === null) return { ask: blocksUnder(this.size, level, position) };
      // Of a block without a right half, the left one is all of it.
      position = 2 * position + (sameBytes(left, own.hash(level - 1, 2 * position)!) ? 1 : 0);
      level--;
    }
    return { leaf: position };
  }
}

/** The fewest questions lead from a block to its leaves when each goes down as far as the others. */
export const blocksUnder = (size: number, level: number, position: number): Blocks => {
  const down = Math.ceil(level / Math.max(1, Math.ceil(level / ANSWER_LEVELS)));
  const first = position * 2 ** down;
  const count = Math.min(2 ** down, blocksOf(size, level - down) - first);
  return { level: level - down, first, count };
};
