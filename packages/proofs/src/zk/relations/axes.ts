/** Points of padded tensors, axis by axis: the last axis takes the lowest bits. */

import type { Shape } from '@surety/programs';
import type { Ext } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';

/** Bits of the index of a padded tensor. */
export const varsOf = (shape: Shape): number => shape.reduce((sum, size) => sum + bitsOf(size), 0);

/** Coordinates of each axis, outermost first. */
export const splitPoint = (shape: Shape, point: readonly Ext[]): (readonly Ext[])[] => {
  let end = point.length;
  return shape.map((size) => {
    const start = end - bitsOf(size);
    const part = point.slice(start, end);
    end = start;
    return part;
  });
};

/** The point whose axes, outermost first, have these coordinates. */
export const joinPoint = (axes: readonly (readonly Ext[])[]): Ext[] => [...axes].reverse().flat();
