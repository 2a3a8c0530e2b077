/** Operations of `matmul`, `conv` and the pools. */
import type { IntegerForm, Stage, Window } from '../program.ts';
import { DTYPE_BYTES, DTYPE_RANGE, elements } from '../tensor.ts';
import { stageWords } from './elementwise.ts';
import { CODE, code, type Operation, type Place } from './operation.ts';

/** Weights as an operation reads them, and the two vectors of its channels. */
export type Weights = {
  readonly place: Place;
  /** Already in tiles (or, of depthwise `conv`, by tap): only constants are. */
  readonly packed: boolean;
  /** Address of bias + rounding, and of 2^(30 − shift): i32, tiles filled up. */
  readonly bias: number;
  readonly mult: number;
  /** A bias that the run computes. */
  readonly extra: Place | null;
};

export const tilesOf = (n: number): number => Math.ceil(n / 8);
const quadsOf = (k: number): number => Math.ceil(k / 4);

/** Bytes of `[n, k]` in tiles. */
export const tileBytes = (dtype: Place['dtype'], n: number, k: number): number =>
  tilesOf(n) * quadsOf(k) * 32 * DTYPE_BYTES[dtype];

/** Rows of a that are widened at a time: a block stays in the second cache. */
const blockRows = (k: number): number => Math.max(4, Math.min(256, Math.floor(131_072 / (quadsOf(k) * 8)) & ~3));

/** Scratch of one thread for products along `k`. */
export const gemmScratchBytes = (k: number): number => (blockRows(k) + 4) * quadsOf(k) * 8 + 64 + quadsOf(k) * 64 + 64;

/** `[m, n]` results of `k` terms, for each of `groups` leading indices or groups of channels. */
type Size = { readonly m: number; readonly n: number; readonly k: number; readonly groups: number };

/** How far it is from one group to the next: bytes, and for the channel vectors channels. */
type Steps = {
  readonly a: number;
  readonly b: number;
  readonly out: number;
  readonly channels: number;
  readonly extra: number;
};

const gemm = (
  { m, n, k, groups }: Size,
  steps: Steps,
  x: Place,
  weights: Weights,
  stage: Stage,
  out: Place,
  rowBytes: number,
  samples: number,
  window: readonly number[],
): Operation => {
  const rows = blockRows(k);
  const { place, extra } = weights;
  return {
    code: CODE.gemm,
    units: groups * Math.ceil(m / rows) * tilesOf(n),
    samples,
    cycles: groups * m * (n * (k / 12 + 4) + k / 4),
    words: [
      window.length > 0 ? 1 : 0,
      code(x.dtype),
      x.address,
      x.stride,
      steps.a,
      m,
      k,
      steps.extra,
      n,
      0,
      code(place.dtype),
      place.address,
      place.stride,
      steps.b,
      weights.packed ? 1 : 0,
      weights.bias,
      weights.mult,
      stage.low,
      stage.high,
      out.address,
      out.stride,
      code(out.dtype),
      steps.out,
      rowBytes,
      rows,
      extra?.address ?? 0,
      extra?.stride ?? 0,
      steps.channels,
      ...window,
    ],
  };
};

/** Whether all samples are rows of one product: what they share is constant, and what they do not lies side by side. */
const folds = (x: Place, { place, extra }: Weights): boolean =>
  x.stride > 0 && place.stride === 0 && (extra === null || extra.stride === 0);

export const matmul = (a: Place, weights: Weights, stage: Stage, out: Place, samples: number): Operation => {
  const { place: b } = weights;
  const [n, k] = [b.shape.at(-2)!, b.shape.at(-1)!];
  const shared = b.shape.length === 2;
  const rows = elements(a.shape) / k;
  const groups = shared ? 1 : elements(b.shape) / (n * k);
  const together = shared && folds(a, weights);
  const m = together ? rows * samples : rows / groups;
  const outBytes = DTYPE_BYTES[out.dtype];
  const steps = {
    a: m * k * DTYPE_BYTES[a.dtype],
    b: weights.packed ? tileBytes(b.dtype, n, k) : n * k * DTYPE_BYTES[b.dtype],
    out: m * n * outBytes,
    channels: 0,
    extra: 0,
  };
  return gemm({ m, n, k, groups }, steps, a, weights, stage, out, n * outBytes, together ? 1 : samples, []);
};

type Conv = Extract<IntegerForm, { readonly op: 'conv' }>;

export const conv = (form: Conv, x: Place, weights: Weights, stage: Stage, out: Place, samples: number): Operation => {
  const [images, height, width, channels] = x.shape as [number, number, number, number];
  const [count, kh, kw, depth] = weights.place.shape as [number, number, number, number];
  const { groups } = form;
  const [rows, columns] = [out.shape[1]!, out.shape[2]!];
  const together = folds(x, weights);
  const outBytes = DTYPE_BYTES[out.dtype];
  const n = count / groups;
  const k = kh * kw * depth;
  const m = images * rows * columns * (together ? samples : 1);
  const steps = {
    a: 0,
    b: weights.packed ? tileBytes(weights.place.dtype, n, k) : n * k * DTYPE_BYTES[weights.place.dtype],
    out: n * outBytes,
    channels: tilesOf(n) * 8,
    extra: n,
  };
  const window = [
    height,
    width,
    channels,
    rows,
    columns,
    kh,
    kw,
    ...form.strides,
    ...form.dilations,
    form.pads[0],
    form.pads[1],
    depth,
  ];
  return gemm({ m, n, k, groups }, steps, x, weights, stage, out, count * outBytes, together ? 1 : samples, window);
};

const windowWords = (x: Place, out: Place, { kernel, strides, dilations, pads }: Window): readonly number[] => [
  x.shape[1]!,
  x.shape[2]!,
  x.shape[3]!,
  out.shape[1]!,
  out.shape[2]!,
  ...kernel,
  ...strides,
  ...dilations,
  pads[0],
  pads[1],
];

const sliding = (kind: number, x: Place, out: Place, window: Window, stage: readonly number[], samples: number) => ({
  units: out.shape[0]! * out.shape[1]!,
  samples,
  cycles: elements(out.shape) * (window.kernel[0] * window.kernel[1] + 2),
  words: [
    kind,
    code(x.dtype),
    x.address,
    x.stride,
    out.address,
    out.stride,
    code(out.dtype),
    ...windowWords(x, out, window),
    ...stage,
  ],
});

export const pool = (window: Window, stage: Stage | null, x: Place, out: Place, samples: number): Operation => {
  const words = stageWords(stage ?? { shift: 0, ...DTYPE_RANGE[out.dtype] });
  return { code: CODE.pool, ...sliding(stage === null ? 1 : 0, x, out, window, words, samples) };
};

export const depthwise = (
  form: Conv,
  x: Place,
  weights: Weights,
  stage: Stage,
  out: Place,
  samples: number,
): Operation => {
  const [, kh, kw] = weights.place.shape as [number, number, number, number];
  const window = { ...form, kernel: [kh, kw] as const };
  const { words, ...rest } = sliding(0, x, out, window, [0, stage.low, stage.high], samples);
  return { code: CODE.depthwise, ...rest, words: [...words, weights.place.address, weights.bias, weights.mult] };
};
