/** Convolution over reals: positions are unrolled into rows, a few at a time, and multiplied with the filters. */
import type { Pads, Pair } from '../../program.ts';
import { elements, type Shape } from '../../tensor.ts';
import { type Numbers, rowsByRows } from './dot.ts';

type Tensor = { readonly shape: Shape; readonly values: Numbers };
type Geometry = { readonly strides: Pair; readonly dilations: Pair; readonly pads: Pads; readonly groups: number };

/** Output positions unrolled at once: few enough that they stay in the second-level cache. */
const POSITIONS = 64;

export const convolve = (x: Tensor, w: Tensor, bias: Tensor | null, form: Geometry, out: Shape): Float64Array => {
  const [, height, width, channels] = x.shape as [number, number, number, number];
  const [count, kh, kw, depth] = w.shape as [number, number, number, number];
  const [batch, rows, columns] = out as [number, number, number, number];
  const y = new Float64Array(elements(out));
  const perGroup = count / form.groups;
  const unrolled = kh * kw * depth;
  const block = new Float64Array(POSITIONS * unrolled);

  const unroll = (position: number, group: number, to: number): void => {
    const image = Math.floor(position / (rows * columns));
    const i = Math.floor(position / columns) % rows;
    const j = position % columns;
    let at = to;
    for (let p = 0; p < kh; p++) {
      const row = i * form.strides[0] + p * form.dilations[0] - form.pads[0];
      for (let q = 0; q < kw; q++, at += depth) {
        const column = j * form.strides[1] + q * form.dilations[1] - form.pads[1];
        if (row < 0 || row >= height || column < 0 || column >= width) block.fill(0, at, at + depth);
        else {
          const from = ((image * height + row) * width + column) * channels + group * depth;
          for (let c = 0; c < depth; c++) block[at + c] = x.values[from + c]!;
        }
      }
    }
  };

  for (let group = 0; group < form.groups; group++) {
    const filters = { values: w.values, at: group * perGroup * unrolled, rows: perGroup };
    const biases = bias === null ? null : { values: bias.values, at: group * perGroup };
    for (let first = 0; first < batch * rows * columns; first += POSITIONS) {
      const now = Math.min(POSITIONS, batch * rows * columns - first);
      for (let k = 0; k < now; k++) unroll(first + k, group, k * unrolled);
      const to = { values: y, at: first * count + group * perGroup, step: count };
      rowsByRows({ values: block, at: 0, rows: now }, filters, unrolled, biases, to);
    }
  }
  return y;
};
