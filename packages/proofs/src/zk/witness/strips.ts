/** Hidden constants as words of rows. */
import { type Shape, stridesOf, type Values } from '@surety/programs';
import { fromInteger } from '../field/ext.ts';
import type { Strip } from '../plan/blocks.ts';

/**
 * Writes words `from .. from + words.length − 1` of a strip; what lies beyond the constant stays 0.
 * @param words all 0; a part of the strip, as long as a power of two
 */
export const fillStrip = (
  words: Uint32Array,
  { starts, vars }: Strip,
  shape: Shape,
  values: Values,
  from: number,
): void => {
  const steps = stridesOf(shape);
  const last = shape.length - 1;
  // Runs along the last axis, or parts of one.
  const run = Math.min(words.length, last < 0 ? 1 : 2 ** vars[last]!);
  for (let to = 0; to < words.length; to += run) {
    let rest = from + to;
    let at = 0;
    let inside = true;
    let room = 1;
    for (let axis = last; axis >= 0; axis--) {
      const size = 2 ** vars[axis]!;
      const index = starts[axis]! + (rest % size);
      rest = Math.floor(rest / size);
      at += index * steps[axis]!;
      if (axis === last) room = Math.min(run, shape[axis]! - index);
      else inside &&= index < shape[axis]!;
    }
    if (!inside) continue;
    for (let i = 0; i < room; i++) words[to + i] = fromInteger(values[at + i]!);
  }
};
