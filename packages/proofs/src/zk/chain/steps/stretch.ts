/** What a step reads of its stretch of the data, and sums over it. */
import { nodeHash } from '@surety/core';
import { add, type Ext, fromInteger, mul, P, scale, sub, ZERO } from '../../field/ext.ts';
import { eqAt } from '../../field/multilinear.ts';
import { fail } from './failure.ts';
import { WORD_BYTES } from './machine.ts';

export class Stretch {
  private readonly all: Uint8Array;
  private readonly view: DataView;

  constructor(all: Uint8Array) {
    this.all = all;
    this.view = new DataView(all.buffer, all.byteOffset, all.length);
  }

  bytes(offset: number, length: number): Uint8Array {
    return this.all.subarray(offset, offset + length);
  }

  /** @throws StepFailure for coordinates that are not below p */
  element(offset: number): Ext {
    const coordinates = [0, 4, 8, 12].map((at) => this.view.getUint32(offset + at, true));
    if (coordinates.some((coordinate) => coordinate >= P)) fail('what should be an element is none');
    return coordinates as unknown as Ext;
  }

  /** 2^vars of them. */
  elements(offset: number, vars: number): Ext[] {
    return Array.from({ length: 2 ** vars }, (_, i) => this.element(offset + 16 * i));
  }

  private integer(offset: number, size: number): number {
    if (size === 1) return this.view.getInt8(offset);
    return size === 2 ? this.view.getInt16(offset, true) : this.view.getInt32(offset, true);
  }

  /**
   * `Σ_i eq(point, i)·integer i`.
   * @param described what `integersOf` makes
   * @throws StepFailure for an integer out of its range
   */
  integers(point: readonly Ext[], described: Uint8Array): Ext {
    const view = new DataView(described.buffer, described.byteOffset, described.length);
    const size = 2 ** (view.getUint8(0) - 1);
    const [low, high] = [view.getInt32(1), view.getInt32(5)];
    const [count, offset] = [view.getUint16(9), view.getUint16(11)];
    let sum = ZERO;
    for (let i = 0; i < count; i++) {
      const x = this.integer(offset + i * size, size);
      if (x < low || x > high) fail('a value is out of its range');
      sum = add(sum, scale(eqAt(point, i), fromInteger(x)));
    }
    return sum;
  }

  /**
   * `Σ_i by[i]·word i`, words big-endian.
   * @throws StepFailure for a word that is no element of the base field
   */
  dot(by: readonly Ext[], offset: number): Ext {
    return by.reduce((sum, each, i) => {
      const word = this.view.getUint32(offset + 4 * i);
      if (word >= P) fail('a word of a column is no element');
      return add(sum, scale(each, word));
    }, ZERO);
  }

  /** The root of a tree in which a leaf is at a position, by the nodes beside its way. */
  root(leaf: Uint8Array, position: number, levels: number, offset: number): Uint8Array {
    let node = leaf;
    for (let level = 0; level < levels; level++) {
      const beside = this.bytes(offset + WORD_BYTES * level, WORD_BYTES);
      node = (position >> level) & 1 ? nodeHash(beside, node) : nodeHash(node, beside);
    }
    return node;
  }
}

/** `Σ_i eq(point, i)·values[i]`. */
export const folded = (values: readonly Ext[], point: readonly Ext[]): Ext => {
  let left = values;
  for (const r of point.toReversed()) {
    const half = left.length / 2;
    left = left.slice(0, half).map((low, i) => add(low, mul(r, sub(left[half + i]!, low))));
  }
  return left[0]!;
};

/** `Σ_i Π_j factors[j]^(bit j of i)·values[i]`, of factors of the base field. */
export const foldedPowers = (values: readonly Ext[], factors: readonly Ext[]): Ext => {
  let left = values;
  for (const [factor] of factors.toReversed()) {
    const half = left.length / 2;
    left = left.slice(0, half).map((low, i) => add(low, scale(left[half + i]!, factor)));
  }
  return left[0]!;
};
