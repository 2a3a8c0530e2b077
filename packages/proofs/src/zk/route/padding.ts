/**
 * What lies in a strip behind the constant: along each axis the rest of it, in parts whose sizes are powers of two. Each part is
 * 0 if its extension is at a random point.
 */
import type { Shape } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import type { Strip } from '../plan/blocks.ts';
import { splitPoint } from '../relations/axes.ts';
import { bitsOfIndex } from '../relations/maps.ts';

/** Indices `start .. start + 2^vars − 1` of one axis of a strip, all others whole; start is a multiple of 2^vars. */
export type Region = { readonly axis: number; readonly start: number; readonly vars: number };

/** Regions that together are all of a strip that is no part of the constant. */
export const paddingOf = (shape: Shape, { starts, vars }: Strip): Region[] =>
  shape.flatMap((size, axis) => {
    const regions: Region[] = [];
    const end = 2 ** vars[axis]!;
    for (let start = Math.min(size - starts[axis]!, end); start < end; ) {
      let bits = 0;
      while (start % 2 ** (bits + 1) === 0 && start + 2 ** (bits + 1) <= end) bits++;
      regions.push({ axis, start, vars: bits });
      start += 2 ** bits;
    }
    return regions;
  });

/**
 * Where a region lies and its part of a point of the strip: high bits that are fixed choose a part of the place.
 * @param bits what stands for the coordinates 0 and 1
 */
export const regionAt = <C>(
  place: Place,
  { vars }: Strip,
  { axis, start, vars: free }: Region,
  point: readonly C[],
  bits: readonly [C, C],
): { readonly place: Place; readonly point: readonly C[] } => {
  const axes = splitPoint(
    vars.map((each) => 2 ** each),
    point,
  );
  const fixed = bitsOfIndex(start / 2 ** free, vars[axis]! - free).map((bit) => bits[bit]!);
  const whole = axes.map((at, i) => (i === axis ? [...at.slice(0, free), ...fixed] : at));
  if (vars.slice(0, axis).some((each) => each > 0)) return { place, point: whole.toReversed().flat() };
  const left = place.vars - fixed.length;
  const part = { matrix: place.matrix, offset: place.offset + (start / 2 ** free) * 2 ** left, vars: left };
  return { place: part, point: whole.toReversed().flat().slice(0, left) };
};
