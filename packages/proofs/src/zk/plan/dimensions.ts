/** How tensors lie: every dimension padded to a power of two, the last one lowest. */
import { elements, type Shape } from '@surety/programs';
import { bitsOf } from '../field/multilinear.ts';

export type Dimension = { readonly size: number; readonly vars: number };

/** True size and bits of each dimension, outermost first. */
export const dimensionsOf = (shape: Shape): Dimension[] => shape.map((size) => ({ size, vars: bitsOf(size) }));

/** Bits of the index of a padded tensor. */
export const varsOf = (shape: Shape): number => shape.reduce((sum, size) => sum + bitsOf(size), 0);

/** Values that a padded tensor has beyond the true ones. */
export const padsOf = (shape: Shape): number => 2 ** varsOf(shape) - elements(shape);

/** Calls back with where each run along the last axis starts: among the true values, and among the padded ones. */
export const eachRun = (shape: Shape, visit: (from: number, to: number) => void): void => {
  const outer = shape.slice(0, -1);
  const length = shape.at(-1) ?? 1;
  const step = 2 ** bitsOf(length);
  const strides: number[] = [];
  let stride = step;
  for (let axis = outer.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= 2 ** bitsOf(outer[axis]!);
  }
  const index = outer.map(() => 0);
  const runs = elements(outer);
  let to = 0;
  for (let run = 0; run < runs; run++) {
    visit(run * length, to);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      to += strides[axis]!;
      if (++index[axis]! < outer[axis]!) break;
      to -= strides[axis]! * outer[axis]!;
      index[axis] = 0;
    }
  }
};
