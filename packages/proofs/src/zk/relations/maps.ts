/** What an axis of an operand has to do with an axis of the result: which index goes where. */
import type { Pads, Pair } from '@surety/programs';
import { type Ext, ONE, ZERO } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Axis, Weights } from './linear.ts';
import { eqVector, zeros } from './vectors.ts';

/** Pairs of indices: element `to[n]` of the operand counts in element `from[n]` of the result. */
export type Pairs = { readonly to: Uint32Array; readonly from: Uint32Array };

/** A point of the result, and what it counts. */
export type Term = { readonly point: readonly Ext[]; readonly scale: Ext };

/**
 * `Σ_terms scale·Σ_n eq(point, from[n])` at each `to[n]`. The cost for both sides is one addition a pair, and a table of each
 * axis.
 */
export const scattered = (vars: number, terms: readonly Term[], { to, from }: Pairs): Weights => ({
  vars,
  make: (memory: ProofMemory) => {
    const out = zeros(memory, 2 ** vars);
    const mark = memory.mark();
    const [a, b] = [memory.base(to.length), memory.base(from.length)];
    memory.words(a).set(to);
    memory.words(b).set(from);
    for (const { point, scale } of terms) {
      const inside = memory.mark();
      const table = eqVector(memory, point, scale);
      const { address, stride } = out;
      memory.kernels.scatter(address, stride, table.address, table.stride, a.address, b.address, to.length);
      memory.release(inside);
    }
    memory.release(mark);
    return out;
  },
});

/** One point, counting once. */
export const only = (point: readonly Ext[]): readonly Term[] => [{ point, scale: ONE }];

/** Bits of an index, the lowest first, as coordinates. */
export const bitPoint = (index: number, vars: number): Ext[] =>
  bitsOfIndex(index, vars).map((bit) => (bit === 1 ? ONE : ZERO));

/** Bits of an index, the lowest first. */
export const bitsOfIndex = (index: number, vars: number): (0 | 1)[] =>
  Array.from({ length: vars }, (_, j) => (Math.floor(index / 2 ** j) % 2 === 1 ? 1 : 0));

/**
 * The operand's axis of `size`, of which the result has `length` elements from `start` in steps of `step`: where bits only
 * move, the point says where it is bound.
 */
export const progression = (size: number, length: number, start: number, step: number, point: readonly Ext[]): Axis => {
  const vars = bitsOf(size);
  const shift = length === 1 ? 0 : Math.log2(step);
  if (Number.isInteger(shift) && shift >= 0) {
    const [low, high] = [start % 2 ** shift, Math.floor(start / 2 ** shift)];
    const aligned = shift + point.length <= vars && high % 2 ** point.length === 0;
    // Where the result is padded, the operand must be too.
    if (aligned && (length === 2 ** point.length || start + length * step >= size)) {
      const above = bitPoint(Math.floor(high / 2 ** point.length), vars - shift - point.length);
      return { at: [...bitPoint(low, shift), ...point, ...above] };
    }
  }
  const indices = Uint32Array.from({ length }, (_, i) => i);
  return { weights: scattered(vars, only(point), { to: indices.map((i) => start + i * step), from: indices }) };
};

/** A window along one axis: of the operand's `size`, of the result's `count`, and of its taps. */
export type Slide = {
  readonly size: number;
  readonly count: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
};

/** Windows along rows and along columns. */
export const slidesOf = (
  size: Pair,
  count: Pair,
  { kernel, strides, dilations, pads }: { kernel: Pair; strides: Pair; dilations: Pair; pads: Pads },
): readonly [Slide, Slide] => {
  const along = (i: 0 | 1): Slide => ({
    size: size[i],
    count: count[i],
    taps: kernel[i],
    stride: strides[i],
    dilation: dilations[i],
    before: pads[i],
  });
  return [along(0), along(1)];
};

/** Calls back with each tap of each window that meets the operand. */
export const eachTap = (slide: Slide, visit: (index: number, window: number, tap: number) => void): void => {
  for (let window = 0; window < slide.count; window++) {
    for (let tap = 0; tap < slide.taps; tap++) {
      const index = window * slide.stride + tap * slide.dilation - slide.before;
      if (index >= 0 && index < slide.size) visit(index, window, tap);
    }
  }
};

/** Which indices windows have, the taps told apart by so many places each window, or not (1). */
const windowPairs = (slide: Slide, places: number): Pairs => {
  const to: number[] = [];
  const from: number[] = [];
  eachTap(slide, (index, window, tap) => {
    to.push(index);
    from.push(window * places + (tap % places));
  });
  return { to: Uint32Array.from(to), from: Uint32Array.from(from) };
};

/** Weights of an axis by windows, each tap counting `tapWeight` of it; all alike if none is given. */
export const windowAxis = (slide: Slide, point: readonly Ext[], taps: readonly Ext[]): Axis => {
  const whole = slide.count === slide.size && slide.taps === 1 && slide.stride === 1 && slide.before === 0;
  if (whole && taps.length === 0) return { at: point };
  return {
    weights: scattered(bitsOf(slide.size), only([...taps, ...point]), windowPairs(slide, 2 ** taps.length)),
  };
};

/** `Σ_window eq(point, window)` at each index that the window has at a tap. */
export const tapWeights = (memory: ProofMemory, slide: Slide, point: readonly Ext[], tap: number): ExtVector => {
  const one = { ...slide, taps: 1, before: slide.before - tap * slide.dilation };
  return scattered(bitsOf(slide.size), only(point), windowPairs(one, 1)).make(memory);
};
