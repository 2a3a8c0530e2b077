/** Freivalds' check of a `conv` (spec 19.3): its image and its sums, both folded along every axis, have to come to the same. */
import { DTYPE_BYTES, type TensorType } from '@surety/programs';
import { element, times } from './field.ts';
import { type Lanes, RESERVED_BYTES, SLACK_BYTES, up } from './lanes.ts';
import type { Filled } from './linear.ts';
import type { Linear } from './parts.ts';

type Conv = Extract<Linear, { readonly op: 'conv' }>;

/** Words that `foldImage` reads. */
const OPERATION_WORDS = 20;

/** An image in the kernels' memory. */
type Image = { readonly type: TensorType; readonly at: number };

/** `Σ w · X` of each vector, X being the image folded by the rows and columns of the result at every position of the window. */
const foldImage = (
  lanes: Lanes,
  form: Conv,
  { type, at: x }: Image,
  { node, drawn, weights, free }: Filled,
): number[] => {
  const { folded, weightType } = node;
  const [images, height, width, channels] = type.shape as [number, number, number, number];
  const [, kh, kw] = weightType.shape as [number, number, number, number];
  const [, rows, columns] = folded.type.shape as [number, number, number, number];
  const bytes = DTYPE_BYTES[type.dtype];
  const operation = free;
  const scratch = up(operation + 4 * OPERATION_WORDS);
  lanes.reserve(scratch + 4 * (1 + kh) * (channels + 4) + SLACK_BYTES);
  return drawn.map((_, v) => {
    const at = (part: 'rows' | 'columns'): number => RESERVED_BYTES + 4 * (node[part].at + v * node[part].step);
    const shape = [images, height, width, channels, kh, kw, ...form.strides, ...form.dilations];
    const placed = [at('rows'), at('columns'), weights + 4 * v * node.weights.step, scratch];
    lanes.words.set([x, bytes, ...shape, form.pads[0], form.pads[1], rows, columns, ...placed], operation / 4);
    return lanes.kernels.foldImage(operation);
  });
};

/** `Σ rows · columns · r · sums` of each vector. */
const foldSums = (lanes: Lanes, sums: number, { node, drawn, free }: Filled): number[] => {
  const { folded } = node;
  const vectors = drawn.length;
  const [images, rows, columns, channels] = folded.type.shape as [number, number, number, number];
  const places = images * rows * columns;
  lanes.reserve(free + 4 * places * vectors);
  const { at, step } = node.r;
  const r = [RESERVED_BYTES + 4 * at, 4 * step, vectors] as const;
  lanes.kernels.innerRows(free, sums, 0, folded.bytes, 1, places, channels, ...r);
  const { words } = lanes;
  return drawn.map((own, v) => {
    let total = 0;
    for (let line = 0, place = free / 4 + v; line < images * rows; line++) {
      let along = 0;
      for (let j = 0; j < columns; j++, place += vectors)
        along = element(along + times(own.columns[j]!, words[place]!));
      total = element(total + times(own.rows[line]!, along));
    }
    return total;
  });
};

const sumOf = (values: Float64Array): number => values.reduce((sum, x) => element(sum + x), 0);

/** Whether packed sums are those of an image, by every vector. @param sums their address */
export const convFits = (lanes: Lanes, form: Conv, x: Image, sums: number, filled: Filled): boolean => {
  const image = foldImage(lanes, form, x, filled);
  const folded = foldSums(lanes, sums, filled);
  const [count, lines, columns] = filled.node.folded.type.shape as [number, number, number];
  return filled.drawn.every((own, v) => {
    const places = times(sumOf(own.rows.subarray(0, count * lines)), sumOf(own.columns.subarray(0, columns)));
    return folded[v] === element(image[v]! + times(places, filled.bias[v]!));
  });
};
