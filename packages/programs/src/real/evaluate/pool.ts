/** Sums and maxima over windows and over the last axis, of reals. */
import type { Window } from '../../program.ts';
import { elements, type Shape } from '../../tensor.ts';
import type { Numbers } from './dot.ts';

type Tensor = { readonly shape: Shape; readonly values: Numbers };

/** `fold` of each window, channel by channel, from `start`. */
export const pool = (
  x: Tensor,
  { kernel, strides, dilations, pads }: Window,
  out: Shape,
  start: number,
  fold: (so: number, far: number) => number,
): Float64Array => {
  const [, height, width] = x.shape as [number, number, number, number];
  const [batch, rows, columns, channels] = out as [number, number, number, number];
  const y = new Float64Array(elements(out)).fill(start);
  let to = 0;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, to += channels) {
        for (let p = 0; p < kernel[0]; p++) {
          const row = i * strides[0] + p * dilations[0] - pads[0];
          if (row < 0 || row >= height) continue;
          for (let q = 0; q < kernel[1]; q++) {
            const column = j * strides[1] + q * dilations[1] - pads[1];
            if (column < 0 || column >= width) continue;
            const from = ((b * height + row) * width + column) * channels;
            for (let c = 0; c < channels; c++) y[to + c] = fold(y[to + c]!, x.values[from + c]!);
          }
        }
      }
    }
  }
  return y;
};

/** One number for each run along the last axis. */
export const reduceRows = (x: Tensor, reduce: (values: Numbers, from: number, to: number) => number): Float64Array => {
  const size = x.shape.at(-1)!;
  const y = new Float64Array(x.values.length / size);
  for (let row = 0; row < y.length; row++) y[row] = reduce(x.values, row * size, (row + 1) * size);
  return y;
};
