/** Points of padded tensors, axis by axis: the last axis takes the lowest bits. */

import type { Shape } from '@surety/programs';
import { bitsOf } from '../field/multilinear.ts';

/** Bits of the index of a padded tensor. */
export const varsOf = (shape: Shape): number => shape.reduce((sum, size) => sum + bitsOf(size), 0);

/** Coordinates of each axis, outermost first, whatever stands for one. */
export const splitPoint = <C>(shape: Shape, point: readonly C[]): (readonly C[])[] => {
  let end = point.length;
  return shape.map((size) => {
    const start = end - bitsOf(size);
    const part = point.slice(start, end);
    end = start;
    return part;
  });
};

/** The point whose axes, outermost first, have these coordinates. */
export const joinPoint = <C>(axes: readonly (readonly C[])[]): C[] => axes.toReversed().flatMap((axis) => [...axis]);
