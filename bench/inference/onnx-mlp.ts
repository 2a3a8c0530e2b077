/** The network as ONNX, for onnxruntime: float, and int8 in the operators that its quantiser writes. */
import type { Layer } from '../../packages/programs/test/networks.ts';
import { modelBytes, type NodeSpec, type TensorSpec } from '../../packages/programs/training/onnx-writer.ts';

/** `TensorProto.DataType` */
const TYPE = { float: 1, uint8: 2, int8: 3, int32: 6 } as const;
type Type = keyof typeof TYPE;

const initializer = (name: string, type: Type, dims: readonly number[], values: ArrayBufferView): TensorSpec => ({
  name,
  dims,
  type: TYPE[type],
  raw: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

type Part = { readonly initializers: readonly TensorSpec[]; readonly nodes: readonly NodeSpec[] };

const model = (parts: readonly Part[], widths: readonly number[], type: Type, last: string): Uint8Array =>
  modelBytes({
    name: 'mlp',
    opset: 13,
    domains: { 'com.microsoft': 1 },
    nodes: parts.flatMap(({ nodes }) => nodes),
    initializers: parts.flatMap(({ initializers }) => initializers),
    inputs: [{ name: 'x', shape: ['batch', widths[0]!], type: TYPE[type] }],
    outputs: [{ name: last, shape: ['batch', widths.at(-1)!], type: TYPE[type] }],
  });

/** Weights divided by 2^shift, so that one unit of every value is that of the program. */
export const floatModel = (widths: readonly number[], layers: readonly Layer[]): Uint8Array => {
  let value = 'x';
  const parts = layers.map(({ weights, bias, shift }, i): Part => {
    const scale = 2 ** -shift;
    const dims = [widths[i + 1]!, widths[i]!] as const;
    const scaled = (values: ArrayLike<number>): Float32Array => Float32Array.from(values, (v) => v * scale);
    const [from, sum, last] = [value, `s${i}`, i + 1 === layers.length];
    value = last ? sum : `y${i}`;
    const relu: NodeSpec = { op: 'Relu', inputs: [sum], outputs: [value] };
    return {
      initializers: [
        initializer(`w${i}`, 'float', dims, scaled(weights)),
        initializer(`b${i}`, 'float', [dims[0]], scaled(bias)),
      ],
      nodes: [
        { op: 'Gemm', inputs: [from, `w${i}`, `b${i}`], outputs: [sum], attributes: { transB: 1 } },
        ...(last ? [] : [relu]),
      ],
    };
  });
  return model(parts, widths, 'float', value);
};

/** `QGemm` with unsigned values: relu is the lower end of the range; input and output are moved by 128. */
export const int8Model = (widths: readonly number[], layers: readonly Layer[]): Uint8Array => {
  let value = 'x';
  const parts = layers.map(({ weights, bias, shift }, i): Part => {
    const from = value;
    const dims = [widths[i]!, widths[i + 1]!] as const;
    // Transposed as the quantiser leaves it.
    const turned = new Int8Array(weights.length);
    for (let n = 0; n < dims[1]; n++) {
      for (let k = 0; k < dims[0]; k++) turned[k * dims[1] + n] = weights[n * dims[0] + k]!;
    }
    value = `y${i}`;
    const zero = (moved: boolean) => new Uint8Array([moved ? 128 : 0]);
    const inputs = [from, `one${i}`, `in${i}`, `w${i}`, `scale${i}`, `zero${i}`, `b${i}`, `one${i}`, `out${i}`];
    return {
      initializers: [
        initializer(`w${i}`, 'int8', dims, turned),
        initializer(`b${i}`, 'int32', [dims[1]], bias),
        initializer(`one${i}`, 'float', [], new Float32Array([1])),
        initializer(`scale${i}`, 'float', [], new Float32Array([2 ** -shift])),
        initializer(`in${i}`, 'uint8', [], zero(i === 0)),
        initializer(`zero${i}`, 'int8', [], new Int8Array(1)),
        initializer(`out${i}`, 'uint8', [], zero(i + 1 === layers.length)),
      ],
      nodes: [{ op: 'QGemm', inputs, outputs: [value], domain: 'com.microsoft' }],
    };
  });
  return model(parts, widths, 'uint8', value);
};
