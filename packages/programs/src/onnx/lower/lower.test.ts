import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttributeValue, modelBytes, type TensorSpec } from '../../../training/onnx-writer.ts';
import { evaluateGraph } from '../../real/evaluate.ts';
import { bytesSource } from '../../source.ts';
import { importOnnx } from '../import.ts';
import { erf, halfToEven } from './functions.ts';

type One = {
  readonly op: string;
  readonly x: readonly number[];
  readonly values: readonly number[];
  readonly more?: readonly TensorSpec[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly type?: number;
  readonly opset?: number;
};

/** The output of one operator on one input. */
const run = ({ op, x, values, more = [], attributes = {}, type = 1, opset = 20 }: One): number[] => {
  const result = importOnnx(
    bytesSource(
      modelBytes({
        opset,
        nodes: [{ op, inputs: ['x', ...more.map(({ name }) => name)], outputs: ['y'], attributes }],
        inputs: [{ name: 'x', shape: x, type }],
        outputs: [{ name: 'y', shape: [] }],
        initializers: more.filter(({ name }) => name !== ''),
      }),
    ),
  );
  assert.ok(result.ok, result.ok ? '' : result.problem.message);
  const [out] = evaluateGraph(result.graph, [{ x: Float64Array.from(values) }]);
  return [...out!.y!.values].map((v) => Math.round(v * 1e6) / 1e6);
};

const ints = (name: string, ...values: readonly number[]): TensorSpec => ({
  name,
  dims: [values.length],
  type: 7,
  ints: values,
});

const floats = (name: string, dims: readonly number[], ...values: readonly number[]): TensorSpec => ({
  name,
  dims,
  floats: values,
});

test('integers divide towards zero, wrap in small types, and round halves to even', () => {
  const by = ints('c', 2);
  assert.deepEqual(run({ op: 'Div', x: [3], values: [-7, 7, 8], more: [by], type: 7 }), [-3, 3, 4]);
  assert.deepEqual(run({ op: 'Mod', x: [2], values: [-7, 7], more: [by], type: 7 }), [1, 1]);
  const large: TensorSpec = { name: 'c', dims: [], type: 2, ints: [250] };
  assert.deepEqual(run({ op: 'Add', x: [2], values: [5, 10], more: [large], type: 2 }), [255, 4]);
  assert.deepEqual(
    [0.5, 1.5, 2.5, -0.5, -1.5].map(halfToEven).map((v) => v + 0),
    [0, 2, 2, 0, -2],
  );
  assert.ok(Math.abs(erf(0.5) - 0.5204998778130465) < 1e-14 && Math.abs(erf(3) - 0.9999779095030014) < 1e-14);
});

test('pools count what ONNX counts', () => {
  const image = { x: [1, 1, 3, 3], values: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
  const window = { kernel_shape: [2, 2], strides: [2, 2] };
  assert.deepEqual(run({ op: 'AveragePool', ...image, attributes: { ...window, ceil_mode: 1 } }), [3, 4.5, 7.5, 9]);
  assert.deepEqual(run({ op: 'MaxPool', ...image, attributes: { ...window, auto_pad: 'SAME_LOWER' } }), [1, 3, 7, 9]);
  const padded = { ...window, pads: [1, 1, 0, 0] };
  assert.deepEqual(run({ op: 'AveragePool', ...image, attributes: padded }), [1, 2.5, 5.5, 7]);
  assert.deepEqual(
    run({ op: 'AveragePool', ...image, attributes: { ...padded, count_include_pad: 1 } }),
    [0.25, 1.25, 2.75, 7],
  );
});

test('transposed convolutions put kernels side by side', () => {
  const w = floats('w', [1, 1, 2, 2], 1, 2, 3, 4);
  const stride = { strides: [2, 2] };
  const image = { x: [1, 1, 1, 2], values: [1, 10] };
  assert.deepEqual(run({ op: 'ConvTranspose', ...image, more: [w], attributes: stride }), [1, 2, 10, 20, 3, 4, 30, 40]);
});

test('the meaning of an operator is that of its operator set', () => {
  const rows = { x: [1, 2, 2], values: [0, 0, 0, 0] };
  assert.deepEqual(run({ op: 'Softmax', ...rows, opset: 11 }), [0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual(run({ op: 'Softmax', ...rows, opset: 13 }), [0.5, 0.5, 0.5, 0.5]);
  const matrix = { x: [2, 2], values: [1, 2, 3, 4] };
  const bias = floats('b', [2], 10, 20);
  assert.deepEqual(
    run({ op: 'Add', ...matrix, more: [bias], opset: 6, attributes: { axis: 0, broadcast: 1 } }),
    [11, 12, 23, 24],
  );
  assert.deepEqual(run({ op: 'ReduceSum', ...matrix, opset: 11, attributes: { axes: [0], keepdims: 0 } }), [4, 6]);
  assert.deepEqual(run({ op: 'ReduceSum', ...matrix, more: [ints('axes', -1)], attributes: { keepdims: 0 } }), [3, 7]);
});

test('elements are picked, placed, padded and resized by indices that are known', () => {
  const row = { x: [4], values: [1, 2, 3, 4] };
  assert.deepEqual(run({ op: 'Gather', ...row, more: [ints('i', -1, 0)] }), [4, 1]);
  assert.deepEqual(
    run({ op: 'Pad', ...row, more: [ints('p', 2, 1)], attributes: { mode: 'reflect' } }),
    [3, 2, 1, 2, 3, 4, 3],
  );
  assert.deepEqual(
    run({ op: 'Slice', ...row, more: [ints('s', -1), ints('e', -5), ints('a', 0), ints('t', -2)] }),
    [4, 2],
  );
  const updates = floats('u', [1], 9);
  assert.deepEqual(run({ op: 'ScatterElements', ...row, more: [ints('i', 2), updates] }), [1, 2, 9, 4]);
  const scales = floats('scales', [1], 2);
  const resize = { op: 'Resize', x: [2], values: [0, 4] };
  const roi: TensorSpec = { name: '', dims: [0] };
  assert.deepEqual(run({ ...resize, more: [roi, scales], attributes: { mode: 'linear' } }), [0, 1, 3, 4]);
  assert.deepEqual(run({ ...resize, more: [roi, scales] }), [0, 0, 4, 4]);
});

test('products of tensors follow their equation', () => {
  const x = { x: [2, 2], values: [1, 2, 3, 4] };
  const b = floats('b', [2, 2], 1, 0, 1, 1);
  assert.deepEqual(run({ op: 'Einsum', ...x, more: [b], attributes: { equation: 'ij,kj->ki' } }), [1, 3, 3, 7]);
  assert.deepEqual(run({ op: 'Einsum', ...x, attributes: { equation: 'ii->i' } }), [1, 4]);
  const c = floats('c', [2], 100, 200);
  const gemm = { transB: 1, alpha: { float: 2 } };
  assert.deepEqual(run({ op: 'Gemm', ...x, more: [b, c], attributes: gemm }), [102, 206, 106, 214]);
});
