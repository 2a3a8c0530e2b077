/** A tree that somebody else committed to, known in parts, beside the own tree that it should be. */
import { nodeHash, sameBytes } from '@surety/core';
import type { Blocks } from './question.ts';
import { blocksOf, heightOf, type Tree } from './tree.ts';

/** Most levels that one answer goes down: 2^7 = 128 hashes. */
const ANSWER_LEVELS = 7;

/** Subtree `position` of the subtrees of 2^level leaves. */
export type Subtree = { readonly level: number; readonly position: number };

type Place = { readonly level: number; readonly position: number; readonly key: string };

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

  /**
   * A subtree by the least level at which it is one: a block that the end of the tree cuts off is the same as a smaller one.
   * Levels above the root are the root's.
   */
  private place(level: number, position: number): Place {
    const top = heightOf(this.size);
    const first = position * 2 ** Math.min(level, top);
    const least = heightOf(Math.min(2 ** Math.min(level, top), this.size - first));
    return { level: least, position: first / 2 ** least, key: `${least} ${first / 2 ** least}` };
  }

  /** A subtree and all around it, the root last. */
  private *upFrom(place: Place): Generator<Place> {
    yield place;
    let { level, position, key } = place;
    while (level < heightOf(this.size)) {
      level++;
      position = Math.floor(position / 2);
      const around = this.place(level, position);
      if (around.key !== key) yield around;
      key = around.key;
    }
  }

  note(level: number, position: number, hash: Uint8Array): void {
    const place = this.place(level, position);
    this.shown.set(place.key, hash);
    for (const { key } of this.upFrom(place)) this.touched.add(key);
  }

  /** Whether a subtree is known to be the own one: it, or one around it, was shown with the own hash. */
  private isOwn(place: Place): boolean {
    if (this.own === null) return false;
    for (const { level, position, key } of this.upFrom(place)) {
      const shown = this.shown.get(key);
      if (shown === undefined) continue;
      const own = this.own.hash(level, position);
      return own !== null && sameBytes(shown, own);
    }
    return false;
  }

  hash(asked: number, at: number): Uint8Array | null {
    const place = this.place(asked, at);
    const { level, position, key } = place;
    const shown = this.shown.get(key);
    if (shown !== undefined) return shown;
    if (this.isOwn(place)) return this.own!.hash(level, position);
    if (level === 0 || !this.touched.has(key)) return null;
    // At its least level a subtree has two halves.
    const left = this.hash(level - 1, 2 * position);
    const right = this.hash(level - 1, 2 * position + 1);
    return left === null || right === null ? null : nodeHash(left, right);
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

  /** Subtrees that were shown to be others than the own ones, small ones first. */
  differences(own: Tree): readonly Subtree[] {
    const all = [...this.shown].map(([key, hash]) => {
      const [level, position] = key.split(' ').map(Number);
      return { level: level!, position: position!, hash };
    });
    return all
      .filter(({ level, position, hash }) => !sameBytes(hash, own.hash(level, position)!))
      .sort((a, b) => a.level - b.level);
  }
}

/** The fewest questions lead from a block to its leaves when each goes down as far as the others. */
export const blocksUnder = (size: number, level: number, position: number): Blocks => {
  const down = Math.ceil(level / Math.max(1, Math.ceil(level / ANSWER_LEVELS)));
  const first = position * 2 ** down;
  const count = Math.min(2 ** down, blocksOf(size, level - down) - first);
  return { level: level - down, first, count };
};
