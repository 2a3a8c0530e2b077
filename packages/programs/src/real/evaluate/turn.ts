/** A matrix turned around, tile by tile: neither rows nor columns are walked through memory from end to end. */
import type { Numbers } from './dot.ts';

const TILE = 32;

/** `into[column · rows + row] = values[row · columns + column]`. */
export const turnMatrix = (values: Numbers, rows: number, columns: number, into: Numbers): void => {
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(top + TILE, rows);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(left + TILE, columns);
      for (let column = left; column < right; column++) {
        for (let row = top; row < bottom; row++) into[column * rows + row] = values[row * columns + column]!;
      }
    }
  }
};
