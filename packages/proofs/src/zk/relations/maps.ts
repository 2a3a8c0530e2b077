/** What an axis of an operand has to do with an axis of the result: which index goes where. */
import type { Pads, Pair } from '@surety/programs';
import type { Arithmetic } from '../field/arithmetic.ts';
import { type Ext, ONE } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Axis } from './linear.ts';
import { type Pairs, scattered, spread } from './weights.ts';

/** Bits of an index, the lowest first, as coordinates. */
export const bitPoint = <C>({ number }: Pick<Arithmetic<C>, 'number'>, index: number, vars: number): C[] =>
  bitsOfIndex(index, vars).map(number);

/** Bits of an index, the lowest first. */
export const bitsOfIndex = (index: number, vars: number): (0 | 1)[] =>
  Array.from({ length: vars }, (_, j) => (Math.floor(index / 2 ** j) % 2 === 1 ? 1 : 0));

/** Elements of an axis of `size`: `length` of them from `start` in steps of `step`. */
export type Progression = {
  readonly size: number;
  readonly length: number;
  readonly start: number;
  readonly step: number;
};

/** The operand's axis of which the result has a progression: where bits only move, the point says where it is bound. */
export const progression = <C>(
  arithmetic: Pick<Arithmetic<C>, 'number'>,
  { size, length, start, step }: Progression,
  point: readonly C[],
): Axis<C> => {
  const vars = bitsOf(size);
  const shift = length === 1 ? 0 : Math.log2(step);
  if (Number.isInteger(shift) && shift >= 0) {
    const [low, high] = [start % 2 ** shift, Math.floor(start / 2 ** shift)];
    const aligned = shift + point.length <= vars && high % 2 ** point.length === 0;
    // Where the result is padded, the operand must be too.
    if (aligned && (length === 2 ** point.length || start + length * step >= size)) {
      const above = bitPoint(arithmetic, Math.floor(high / 2 ** point.length), vars - shift - point.length);
      return { at: [...bitPoint(arithmetic, low, shift), ...point, ...above] };
    }
  }
  const indices = Uint32Array.from({ length }, (_, i) => i);
  const pairs = { to: indices.map((i) => start + i * step), from: indices };
  return { weights: scattered(vars, [{ point, scale: arithmetic.number(1) }], pairs) };
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

/** Weights of an axis by windows, each tap counting its part at `taps`; all alike if none is given. @param one 1 */
export const windowAxis = <C>(one: C, slide: Slide, point: readonly C[], taps: readonly C[]): Axis<C> => {
  const whole = slide.count === slide.size && slide.taps === 1 && slide.stride === 1 && slide.before === 0;
  if (whole && taps.length === 0) return { at: point };
  const term = { point: [...taps, ...point], scale: one };
  return { weights: scattered(bitsOf(slide.size), [term], windowPairs(slide, 2 ** taps.length)) };
};

/** `Σ_window eq(point, window)` at each index that the window has at a tap. */
export const tapWeights = (memory: ProofMemory, slide: Slide, point: readonly Ext[], tap: number): ExtVector => {
  const one = { ...slide, taps: 1, before: slide.before - tap * slide.dilation };
  return spread(memory, scattered(bitsOf(slide.size), [{ point, scale: ONE }], windowPairs(one, 1)));
};
