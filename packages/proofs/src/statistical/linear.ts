/**
 * Freivalds' check of one linear node (spec 19.3): what it reads and its exact sums, both folded by the same random elements,
 * have to come to the same.
 */
import type { Tensor } from '@surety/programs';
import { drawElements, drawProducts } from './draw.ts';
import { type Elements, element, elementsOf, foldRows, innerNarrow, innerWide, P, shrink, times } from './field.ts';
import { type createFold, foldHere, weightsOf } from './fold.ts';
import type { Folded, Linear, Parts } from './parts.ts';

type Narrow = Int8Array | Int16Array;
type Get = (id: number) => Tensor;

const narrow = (tensor: Tensor): Narrow => tensor.values as Narrow;

/** What is drawn for a node: one element for each column of the result, and for `conv` one for each of its rows and columns. */
type Drawn = { readonly r: Elements; readonly rows: Elements | null; readonly columns: Float64Array | null };

const draw = ({ node, type, form }: Folded, seed: Uint8Array, vector: number): Drawn => {
  const { shape } = type;
  const of = (part: number, count: number): Float64Array => drawElements(seed, [node, vector, part], count);
  const r = elementsOf(drawProducts(seed, [node, vector, 0], shape.at(-1)!));
  if (form.op === 'matmul') return { r, rows: null, columns: null };
  return { r, rows: elementsOf(of(1, shape[0]! * shape[1]!)), columns: of(2, shape[2]!) };
};

/** One random vector of one node, with all that does not change from run to run folded already. */
type Check = { readonly drawn: Drawn; readonly weights: readonly Float64Array[] | null; readonly bias: number | null };

/** The key of a node: as many independent checks as there are vectors. */
export type NodeKey = { readonly folded: Folded; readonly checks: readonly Check[] };

/**
 * Keys of all folded nodes.
 * @param fold what folds their weights; @param seed 32 bytes; @param vectors how many independent checks, 1 or more
 */
export const nodeKeys = async (
  { program, folded }: Parts,
  fold: ReturnType<typeof createFold>,
  seed: Uint8Array,
  vectors: number,
): Promise<readonly NodeKey[]> => {
  const drawn = folded.map((node) => Array.from({ length: vectors }, (_, vector) => draw(node, seed, vector)));
  const weights = await fold(drawn.map((each) => each.map(({ r }) => r.whole)));
  return folded.map((node, i): NodeKey => {
    const { bias } = node.form;
    const constant = bias === null ? undefined : program.constants[bias - program.inputs.length];
    const values = constant?.read();
    const biasOf = ({ r }: Drawn): number | null => {
      if (bias === null) return 0;
      return values === undefined ? null : innerWide(r, values as Int32Array, 0);
    };
    const checks = drawn[i]!.map((each, v): Check => {
      return { drawn: each, weights: weights[i]?.[v] ?? null, bias: biasOf(each) };
    });
    return { folded: node, checks };
  });
};

type Filled = { readonly drawn: Drawn; readonly weights: readonly Float64Array[]; readonly bias: number };

const filled = ({ drawn, weights, bias }: Check, form: Linear, get: Get): Filled => ({
  drawn,
  weights: weights ?? foldHere(form, get(weightsOf(form)), drawn.r.whole),
  bias: bias ?? innerWide(drawn.r, get(form.bias!).values as Int32Array, 0),
});

/** Index of the first row whose sums do not fit, or -1. */
const wrongRow = (a: Tensor, rowsOfMatrix: number, sums: Int32Array, { drawn, weights, bias }: Filled): number => {
  const values = narrow(a);
  const k = a.shape.at(-1)!;
  const n = drawn.r.low.length;
  const rows = values.length / k;
  for (let row = 0; row < rows; row++) {
    const s = weights.length === 1 ? weights[0]! : weights[Math.floor(row / rowsOfMatrix)]!;
    const wanted = innerNarrow(s, 0, values, row * k, k) + bias;
    if (innerWide(drawn.r, sums, row * n) !== (wanted >= P ? wanted - P : wanted)) return row;
  }
  return -1;
};

type Conv = Extract<Linear, { readonly op: 'conv' }>;

/** The columns of the result that read a column within the image at this offset, and the first of those. */
const inside = (columns: number, width: number, stride: number, offset: number) => {
  const first = Math.max(0, Math.ceil(-offset / stride));
  const end = Math.min(columns, Math.floor((width - 1 - offset) / stride) + 1);
  return { first, end: Math.max(first, end), column: first * stride + offset };
};

/** `Σ w · X`, X being the image folded by the rows and columns of the result at every position of the window. */
const foldImage = (
  form: Conv,
  x: Tensor,
  outShape: readonly number[],
  w: readonly number[],
  { drawn, weights }: Filled,
): number => {
  const [images, height, width, channels] = x.shape as [number, number, number, number];
  const [kh, kw, depth] = [w[1]!, w[2]!, w[3]!];
  const outRows = outShape[1]!;
  const values = narrow(x);
  const { rows, columns } = drawn;
  const line = new Float64Array(channels);
  const [high, low] = [new Float64Array(kh * channels), new Float64Array(kh * channels)];
  let total = 0;
  for (let q = 0; q < kw; q++) {
    high.fill(0);
    low.fill(0);
    const stride = form.strides[1];
    const { first, end, column } = inside(columns!.length, width, stride, q * form.dilations[1] - form.pads[1]);
    const along = columns!.subarray(first, end);
    let since = 0;
    for (let image = 0; image < images; image++) {
      for (let y = 0; y < height; y++) {
        let folded = false;
        for (let p = 0; p < kh; p++) {
          const shifted = y + form.pads[0] - p * form.dilations[0];
          const i = shifted / form.strides[0];
          if (!Number.isInteger(i) || i < 0 || i >= outRows) continue;
          if (!folded) {
            const from = ((image * height + y) * width + column) * channels;
            foldRows(along, { values, from, width: channels, step: stride * channels }, line);
          }
          folded = true;
          const [h, l] = [rows!.high[image * outRows + i]!, rows!.low[image * outRows + i]!];
          for (let c = 0, at = p * channels; c < channels; c++, at++) {
            high[at] = high[at]! + h * line[c]!;
            low[at] = low[at]! + l * line[c]!;
          }
        }
        // Each y adds at most one product of 2^47 to an accumulator.
        if (folded && ++since === 32) {
          for (let at = 0; at < high.length; at++) {
            high[at] = shrink(high[at]!);
            low[at] = shrink(low[at]!);
          }
          since = 0;
        }
      }
    }
    for (let p = 0; p < kh; p++) {
      for (let c = 0; c < channels; c++) {
        const at = p * channels + c;
        const folded = element(element(high[at]!) * 2 ** 16 + shrink(low[at]!));
        const weight = weights[Math.floor(c / depth)]![(p * kw + q) * depth + (c % depth)]!;
        total = element(total + times(folded, weight));
      }
    }
  }
  return total;
};

/** `Σ rows · columns · r · sums`. */
const foldSums = (
  sums: Int32Array,
  [images, rows, columns, channels]: readonly number[],
  { drawn }: Filled,
): number => {
  let total = 0;
  for (let line = 0; line < images! * rows!; line++) {
    let along = 0;
    for (let j = 0; j < columns!; j++) {
      const position = line * columns! + j;
      along = element(along + times(drawn.columns![j]!, innerWide(drawn.r, sums, position * channels!)));
    }
    total = element(total + times(drawn.rows!.whole[line]!, along));
  }
  return total;
};

const sumOf = (values: Float64Array): number => values.reduce((sum, x) => element(sum + x), 0);

const convFits = (form: Conv, get: Get, sums: Tensor, check: Filled): boolean => {
  const image = foldImage(form, get(form.x), sums.shape, get(form.w).shape, check);
  const places = times(sumOf(check.drawn.rows!.whole), sumOf(check.drawn.columns!));
  return foldSums(sums.values as Int32Array, sums.shape, check) === element(image + times(places, check.bias));
};

/** Where the sums of a node do not fit what it reads; a row where one can be named. */
export type Misfit = { readonly node: number; readonly row: number | null };

/**
 * Whether the sums of a node are what its operands give; null where every check agrees.
 * @param get operands by number
 */
export const misfitOf = ({ folded, checks }: NodeKey, get: Get, sums: Tensor): Misfit | null => {
  const { form, node } = folded;
  for (const check of checks) {
    const whole = filled(check, form, get);
    if (form.op === 'conv') {
      if (!convFits(form, get, sums, whole)) return { node, row: null };
      continue;
    }
    const row = wrongRow(get(form.a), folded.type.shape.at(-2)!, sums.values as Int32Array, whole);
    if (row >= 0) return { node, row };
  }
  return null;
};
