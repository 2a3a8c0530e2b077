/** Networks of random weights, built directly as programs: what speed is measured on. */
import { unwrap } from '@surety/core';
import {
  allocate,
  type CheckedProgram,
  type Constant,
  checkProgram,
  type Dtype,
  elements,
  type Node,
  type Shape,
  type Tensor,
} from '../src/index.ts';
import { Random } from './random.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** Random values, four from each draw: millions of them. */
const randomBytes = (random: Random, length: number, bits: number): Int8Array => {
  const bytes = new Int8Array(length);
  const words = new Uint32Array(bytes.buffer, 0, length >> 2);
  for (let i = 0; i < words.length; i++) words[i] = random.bits();
  for (let i = 0; i < length; i++) bytes[i] = bytes[i]! >> (8 - bits);
  return bytes;
};

const constant = (dtype: Dtype, shape: Shape, values: Int8Array | Int32Array): Constant => ({
  dtype,
  shape,
  read: () => values,
});

/** Widths of the matmul-heavy network: 4 · 1,536 · 3,072 = 18.9 million weights. */
export const MLP_WIDTHS: readonly number[] = [1536, 3072, 1536, 3072, 1536];

/** Weights and biases of a layer, `[out, in]`. */
export type Layer = { readonly weights: Int8Array; readonly bias: Int32Array; readonly shift: number };

export const randomLayers = (widths: readonly number[], seed: number): Layer[] => {
  const random = new Random(seed);
  return widths.slice(1).map((out, i) => {
    const width = widths[i]!;
    const weights = randomBytes(random, out * width, 6);
    const bias = Int32Array.from({ length: out }, () => random.int(-2_000, 2_000));
    // Weights spread by 18.5, inputs by 74 and later values by 14: sums come back to a spread of about 20.
    const spread = 18.5 * (i === 0 ? 74 : 14) * Math.sqrt(width);
    return { weights, bias, shift: Math.round(Math.log2(spread / 20)) };
  });
};

/** The layers as a program: relu between them, i8 everywhere. */
export const mlpProgram = (widths: readonly number[], layers: readonly Layer[]): CheckedProgram => {
  const constants = layers.flatMap(({ weights, bias }, i) => [
    constant('i8', [widths[i + 1]!, widths[i]!], weights),
    constant('i32', [widths[i + 1]!], bias),
  ]);
  const nodes = layers.map(
    ({ shift }, i): Node => ({
      form: { op: 'matmul', a: i === 0 ? 0 : constants.length + i, b: 1 + 2 * i, bias: 2 + 2 * i },
      dtype: 'i8',
      stage: { shift, low: i + 1 < layers.length ? 0 : -128, high: 127 },
    }),
  );
  const program = {
    inputs: [{ name: 'x', dtype: 'i8' as const, shape: [1, widths[0]!], low: -128, high: 127, encoding: UNIT }],
    constants,
    nodes,
    outputs: [{ name: 'y', value: constants.length + nodes.length, encoding: UNIT }],
    states: [],
  };
  return unwrap(checkProgram(program));
};

/** A random input of a program. */
export const anyInput = (program: CheckedProgram, seed: number): Tensor[] => {
  const random = new Random(seed);
  return program.inputs.map(({ dtype, shape, low, high }) => {
    const values = allocate(dtype, elements(shape));
    for (let i = 0; i < values.length; i++) values[i] = random.int(low, high);
    return { dtype, shape, values };
  });
};

/** A convolutional network of the shape of VGG-16 (Simonyan and Zisserman 2015): widths of 3 × 3 layers, `pool` between. */
export const VGG16: readonly (number | 'pool')[] = [
  ...[64, 64, 'pool', 128, 128, 'pool', 256, 256, 256, 'pool'],
  ...[512, 512, 512, 'pool', 512, 512, 512, 'pool'],
] as const;

/** Such a network over `size × size` images of three channels, with random weights; its last layer gives ten classes. */
export const vggProgram = (widths: readonly (number | 'pool')[], size: number, seed: number): CheckedProgram => {
  const random = new Random(seed);
  const constants: Constant[] = [];
  const makers: ((id: (constant: number) => number, before: number) => Node)[] = [];
  let channels = 3;
  let side = size;
  const weights = (shape: Shape): number => {
    constants.push(constant('i8', shape, randomBytes(random, elements(shape), 6)));
    const bias = Int32Array.from({ length: shape[0]! }, () => random.int(-2_000, 2_000));
    return constants.push(constant('i32', [shape[0]!], bias)) - 2;
  };
  /** As in {@link randomLayers}: sums come back to a spread of about 20. */
  const shiftOf = (terms: number): number => {
    const spread = 18.5 * (makers.length === 0 ? 74 : 14) * Math.sqrt(terms);
    return Math.round(Math.log2(spread / 20));
  };
  for (const width of widths) {
    if (width === 'pool') {
      const window = { kernel: [2, 2], strides: [2, 2], dilations: [1, 1], pads: [0, 0, 0, 0] } as const;
      makers.push((_, x) => ({ form: { op: 'max_pool', x, ...window }, dtype: 'i8', stage: null }));
      side = Math.floor(side / 2);
      continue;
    }
    const w = weights([width, 3, 3, channels]);
    const stage = { shift: shiftOf(9 * channels), low: 0, high: 127 };
    const window = { strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1], groups: 1 } as const;
    makers.push((id, x) => ({ form: { op: 'conv', x, w: id(w), bias: id(w + 1), ...window }, dtype: 'i8', stage }));
    channels = width;
  }
  const features = side * side * channels;
  const w = weights([10, features]);
  const stage = { shift: shiftOf(features), low: -128, high: 127 };
  makers.push((_, x) => ({ form: { op: 'reshape', x, shape: [1, features] }, dtype: 'i8', stage: null }));
  makers.push((id, a) => ({ form: { op: 'matmul', a, b: id(w), bias: id(w + 1) }, dtype: 'i8', stage }));
  const first = 1 + constants.length;
  const nodes = makers.map((make, i) => make((c) => 1 + c, i === 0 ? 0 : first + i - 1));
  const shape = [1, size, size, 3];
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape, low: -128, high: 127, encoding: UNIT }],
      constants,
      nodes,
      outputs: [{ name: 'y', value: first + nodes.length - 1, encoding: UNIT }],
      states: [],
    }),
  );
};
