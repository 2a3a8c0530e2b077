/**
 * Handwritten-like digits, drawn here: strokes of each digit, bent, turned, scaled and blurred at random. And a small
 * convolutional network that reads them.
 */
import { Adam, Tape, type Var, variable, weights } from './autograd.ts';
import { floats, integers, type OnnxGraph } from './onnx-writer.ts';
import { random, shuffled } from './random.ts';

export const DIGIT_SIDE = 16;

type Point = readonly [number, number];

/** Strokes as polylines in a unit square, y downwards. */
const STROKES: readonly (readonly (readonly Point[])[])[] = [
  [
    [
      [0.5, 0.05],
      [0.2, 0.25],
      [0.2, 0.75],
      [0.5, 0.95],
      [0.8, 0.75],
      [0.8, 0.25],
      [0.5, 0.05],
    ],
  ],
  [
    [
      [0.3, 0.25],
      [0.55, 0.05],
      [0.55, 0.95],
    ],
  ],
  [
    [
      [0.2, 0.25],
      [0.45, 0.05],
      [0.8, 0.2],
      [0.75, 0.45],
      [0.2, 0.95],
      [0.85, 0.95],
    ],
  ],
  [
    [
      [0.2, 0.15],
      [0.5, 0.05],
      [0.8, 0.25],
      [0.5, 0.48],
      [0.82, 0.7],
      [0.5, 0.95],
      [0.18, 0.85],
    ],
  ],
  [
    [
      [0.65, 0.95],
      [0.65, 0.05],
      [0.15, 0.65],
      [0.9, 0.65],
    ],
  ],
  [
    [
      [0.8, 0.05],
      [0.25, 0.05],
      [0.22, 0.45],
      [0.6, 0.4],
      [0.82, 0.65],
      [0.6, 0.93],
      [0.2, 0.9],
    ],
  ],
  [
    [
      [0.7, 0.05],
      [0.3, 0.35],
      [0.2, 0.7],
      [0.5, 0.95],
      [0.8, 0.72],
      [0.55, 0.5],
      [0.22, 0.65],
    ],
  ],
  [
    [
      [0.15, 0.07],
      [0.85, 0.07],
      [0.45, 0.95],
    ],
    [
      [0.35, 0.5],
      [0.75, 0.5],
    ],
  ],
  [
    [
      [0.5, 0.05],
      [0.2, 0.25],
      [0.5, 0.47],
      [0.82, 0.72],
      [0.5, 0.95],
      [0.18, 0.72],
      [0.5, 0.47],
      [0.8, 0.25],
      [0.5, 0.05],
    ],
  ],
  [
    [
      [0.78, 0.3],
      [0.5, 0.5],
      [0.22, 0.3],
      [0.48, 0.05],
      [0.78, 0.25],
      [0.75, 0.6],
      [0.5, 0.95],
    ],
  ],
];

const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

const distance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy + 1e-9)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};

/** One digit as `DIGIT_SIDE²` numbers in 0 .. 1. */
export const drawDigit = (digit: number, next: () => number): Float32Array => {
  const turn = 0.18 * normal(next);
  const [sx, sy] = [0.78 + 0.1 * normal(next), 0.85 + 0.07 * normal(next)];
  const shear = 0.15 * normal(next);
  const [tx, ty] = [0.06 * normal(next), 0.05 * normal(next)];
  const width = 0.055 + 0.025 * next();
  const place = ([x, y]: Point): Point => {
    const [u, v] = [(x - 0.5 + 0.035 * normal(next)) * sx, (y - 0.5 + 0.035 * normal(next)) * sy];
    const [a, b] = [u + shear * v, v];
    return [0.5 + a * Math.cos(turn) - b * Math.sin(turn) + tx, 0.5 + a * Math.sin(turn) + b * Math.cos(turn) + ty];
  };
  const lines = STROKES[digit]!.map((stroke) => stroke.map(place));
  const image = new Float32Array(DIGIT_SIDE ** 2);
  for (let at = 0; at < image.length; at++) {
    const pixel: Point = [((at % DIGIT_SIDE) + 0.5) / DIGIT_SIDE, (Math.floor(at / DIGIT_SIDE) + 0.5) / DIGIT_SIDE];
    let near = 9;
    for (const line of lines) {
      for (let i = 1; i < line.length; i++) near = Math.min(near, distance(pixel, line[i - 1]!, line[i]!));
    }
    const ink = 1 / (1 + Math.exp((near - width) * 60)) + 0.08 * normal(next);
    image[at] = Math.min(1, Math.max(0, ink));
  }
  return image;
};

export type Labelled = { readonly inputs: readonly Float32Array[]; readonly labels: Int32Array };

export const drawDigits = (count: number, seed: number): Labelled => {
  const next = random(seed);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  return { inputs: Array.from(labels, (digit) => drawDigit(digit, next)), labels };
};

/** Convolutions of 8 and 16 channels, each with a pool, then a layer of ten. */
export type DigitsModel = {
  readonly conv1: Var;
  readonly b1: Var;
  readonly conv2: Var;
  readonly b2: Var;
  readonly fc: Var;
  readonly b3: Var;
};

const forward = (tape: Tape, model: DigitsModel, x: Var): Var => {
  const count = x.shape[0]!;
  const first = tape.maxPool2(tape.relu(tape.conv3(x, model.conv1, model.b1)));
  const second = tape.maxPool2(tape.relu(tape.conv3(first, model.conv2, model.b2)));
  return tape.linear(tape.reshape(second, [count, (DIGIT_SIDE / 4) ** 2 * 16]), model.fc, model.b3);
};

/** Trains on drawn digits. */
export const trainDigits = (options: {
  readonly count: number;
  readonly epochs: number;
  readonly seed: number;
}): DigitsModel => {
  const next = random(options.seed);
  const model: DigitsModel = {
    conv1: weights([8, 3, 3, 1], next),
    b1: variable([8]),
    conv2: weights([16, 3, 3, 8], next),
    b2: variable([16]),
    fc: weights([10, (DIGIT_SIDE / 4) ** 2 * 16], next),
    b3: variable([10]),
  };
  const data = drawDigits(options.count, options.seed + 1);
  const adam = new Adam(Object.values(model));
  const batch = 32;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffled(options.count, next);
    for (let at = 0; at + batch <= options.count; at += batch) {
      const chosen = order.subarray(at, at + batch);
      const x = variable([batch, DIGIT_SIDE, DIGIT_SIDE, 1]);
      chosen.forEach((i, row) => {
        x.data.set(data.inputs[i]!, row * DIGIT_SIDE ** 2);
      });
      const tape = new Tape();
      tape.crossEntropy(
        forward(tape, model, x),
        Int32Array.from(chosen, (i) => data.labels[i]!),
      );
      tape.backward();
      adam.step(0.004 * 0.5 ** epoch);
    }
  }
  return model;
};

/** `[o, h, w, c]` as ONNX orders it, `[o, c, h, w]`. */
const channelsFirst = ({ data, shape }: Var): Var => {
  const [o, h, w, c] = shape as [number, number, number, number];
  const moved = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const [k, d] = [Math.floor(at / (h * w * c)), at % c];
    const pixel = Math.floor(at / c) % (h * w);
    moved[(k * c + d) * h * w + pixel] = data[at]!;
  }
  return variable([o, c, h, w], moved);
};

/** The model as ONNX: `image` `[1, 1, 16, 16]` to `logits` `[1, 10]`. */
export const digitsOnnx = (model: DigitsModel): OnnxGraph => {
  const conv = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  const pool = { kernel_shape: [2, 2], strides: [2, 2] };
  // The network reads its last maps in NHWC order; ONNX flattens NCHW, so the layer's columns move.
  const [side, channels] = [DIGIT_SIDE / 4, 16];
  const fc = channelsFirst({ ...model.fc, shape: [10, side, side, channels] });
  return {
    name: 'digits',
    inputs: [{ name: 'image', type: 'float', shape: [1, 1, DIGIT_SIDE, DIGIT_SIDE] }],
    outputs: [{ name: 'logits', type: 'float', shape: [1, 10] }],
    constants: {
      conv1: floats(channelsFirst(model.conv1)),
      b1: floats(model.b1),
      conv2: floats(channelsFirst(model.conv2)),
      b2: floats(model.b2),
      fc: floats(fc, [10, side * side * channels]),
      b3: floats(model.b3),
      flat: integers(1, -1),
    },
    nodes: [
      { op: 'Conv', inputs: ['image', 'conv1', 'b1'], outputs: ['c1'], attributes: conv },
      { op: 'Relu', inputs: ['c1'], outputs: ['r1'] },
      { op: 'MaxPool', inputs: ['r1'], outputs: ['p1'], attributes: pool },
      { op: 'Conv', inputs: ['p1', 'conv2', 'b2'], outputs: ['c2'], attributes: conv },
      { op: 'Relu', inputs: ['c2'], outputs: ['r2'] },
      { op: 'MaxPool', inputs: ['r2'], outputs: ['p2'], attributes: pool },
      { op: 'Reshape', inputs: ['p2', 'flat'], outputs: ['features'] },
      { op: 'Gemm', inputs: ['features', 'fc', 'b3'], outputs: ['logits'], attributes: { transB: 1 } },
    ],
  };
};
