/** Small models of many operators, written here: what fuzzing starts from on any machine. */
import {
  type ModelSpec,
  modelBytes,
  type NodeSpec,
  type TensorSpec,
} from '../../packages/programs/training/onnx-writer.ts';

const int64 = (name: string, ...values: readonly number[]): TensorSpec => ({
  name,
  dims: [values.length],
  type: 7,
  ints: values,
});

const float = (name: string, dims: readonly number[]): TensorSpec => ({
  name,
  dims,
  floats: Array.from({ length: dims.reduce((n, size) => n * size, 1) }, (_, i) => Math.sin(i + 1)),
});

const chain = (
  shape: readonly number[],
  initializers: readonly TensorSpec[],
  steps: readonly NodeSpec[],
): ModelSpec => ({
  nodes: steps,
  inputs: [{ name: 'x', shape }],
  outputs: [{ name: 'y', shape: [] }],
  initializers,
});

const node = (op: string, inputs: string, output: string, attributes: NodeSpec['attributes'] = {}): NodeSpec => ({
  op,
  inputs: inputs.split(' '),
  outputs: [output],
  attributes,
});

const IMAGE = [1, 3, 8, 8];

export const SEED_SPECS: readonly ModelSpec[] = [
  chain(
    IMAGE,
    [float('w', [4, 3, 3, 3]), float('b', [4]), float('s', [4]), int64('shape', 1, -1), float('m', [64, 5])],
    [
      node('Conv', 'x w b', 'a', { pads: [1, 1, 1, 1], strides: [1, 1] }),
      node('BatchNormalization', 'a s s s b', 'n', { epsilon: { float: 1e-3 } }),
      node('Relu', 'n', 'r'),
      node('MaxPool', 'r', 'p', { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }),
      node('Reshape', 'p shape', 'f'),
      node('MatMul', 'f m', 'l'),
      node('Softmax', 'l', 'y'),
    ],
  ),
  chain(
    [2, 4, 6],
    [float('g', [6]), int64('axes', -1), int64('starts', 0), int64('ends', 2), int64('pads', 0, 1, 0, 0, 1, 0)],
    [
      node('LayerNormalization', 'x g g', 'n'),
      node('Gelu', 'n', 'e'),
      node('Transpose', 'e', 't', { perm: [0, 2, 1] }),
      node('Slice', 't starts ends axes', 's'),
      node('Pad', 's pads', 'p', { mode: 'reflect' }),
      node('ReduceMean', 'p axes', 'm', { keepdims: 1 }),
      node('Concat', 'p m', 'c', { axis: 2 }),
      node('ArgMax', 'c', 'y', { axis: 1 }),
    ],
  ),
  chain(
    IMAGE,
    [
      float('w', [3, 2, 3, 3]),
      float('scales', [4]),
      int64('i', 0, 2, 1),
      int64('times', 1, 1, 2, 1),
      { ...int64('k', 1), dims: [] },
    ],
    [
      node('ConvTranspose', 'x w', 'a', { strides: [2, 2], output_padding: [1, 1] }),
      node('Tile', 'a times', 't'),
      node('AveragePool', 't', 'p', { kernel_shape: [3, 3], auto_pad: 'SAME_UPPER', count_include_pad: 1 }),
      node('Gather', 'p i', 'q', { axis: 3 }),
      node('CumSum', 'q k', 'y'),
    ],
  ),
  chain(
    [2, 3, 4],
    [int64('depth', 5), float('two', [1]), float('values', [2]), int64('e', 2, 3, 4), { ...int64('k', 1), dims: [] }],
    [
      node('Einsum', 'x x', 'p', { equation: 'bij,bkj->bik' }),
      node('Trilu', 'p k', 't', { upper: 0 }),
      node('Cast', 't', 'c', { to: 7 }),
      node('OneHot', 'c depth values', 'h'),
      node('ReduceLogSumExp', 'h', 'r', { axes: [1, 2] }),
      node('Mod', 'r two', 'y', { fmod: 1 }),
    ],
  ),
].map((spec) => ({ ...spec, opset: 20, outputs: [{ name: 'y', shape: [1] }] }));

export const SEEDS: readonly Uint8Array[] = SEED_SPECS.map(modelBytes);
