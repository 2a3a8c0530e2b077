/** The network as ONNX, for onnxruntime: float, and int8 in the operators that its quantiser writes. */
import { concatBytes, utf8 } from '../../packages/core/src/index.ts';
import type { Layer } from '../../packages/programs/test/networks.ts';

const varint = (n: number): Uint8Array => {
  const bytes: number[] = [];
  for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) + 128);
  return new Uint8Array([...bytes, n]);
};

/** Fields of a protobuf message: numbers, or bytes with their length. */
const number = (field: number, value: number): Uint8Array => concatBytes(varint(field * 8), varint(value));
const bytes = (field: number, ...parts: Uint8Array[]): Uint8Array => {
  const body = concatBytes(...parts);
  return concatBytes(varint(field * 8 + 2), varint(body.length), body);
};
const text = (field: number, value: string): Uint8Array => bytes(field, utf8(value));

const TYPE = { float: 1, uint8: 2, int8: 3, int32: 6 } as const;
type Type = keyof typeof TYPE;

const initializer = (name: string, type: Type, dims: readonly number[], values: ArrayBufferView): Uint8Array => {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return bytes(5, ...dims.map((dim) => number(1, dim)), number(2, TYPE[type]), text(8, name), bytes(9, raw));
};

const node = (
  op: string,
  inputs: readonly string[],
  output: string,
  domain: string,
  integers: Record<string, number>,
) =>
  bytes(
    1,
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, op),
    ...Object.entries(integers).map(([name, value]) => bytes(5, text(1, name), number(3, value), number(20, 2))),
    text(7, domain),
  );

const port = (field: number, name: string, type: Type, width: number): Uint8Array => {
  const dims = [bytes(1, text(2, 'batch')), bytes(1, number(1, width))];
  return bytes(field, text(1, name), bytes(2, bytes(1, number(1, TYPE[type]), bytes(2, ...dims))));
};

const model = (graph: readonly Uint8Array[], widths: readonly number[], type: Type, last: string): Uint8Array =>
  concatBytes(
    number(1, 8),
    bytes(7, ...graph, text(2, 'mlp'), port(11, 'x', type, widths[0]!), port(12, last, type, widths.at(-1)!)),
    bytes(8, text(1, ''), number(2, 13)),
    bytes(8, text(1, 'com.microsoft'), number(2, 1)),
  );

/** Weights divided by 2^shift, so that one unit of every value is that of the program. */
export const floatModel = (widths: readonly number[], layers: readonly Layer[]): Uint8Array => {
  let value = 'x';
  const graph = layers.flatMap(({ weights, bias, shift }, i) => {
    const scale = 2 ** -shift;
    const dims = [widths[i + 1]!, widths[i]!];
    const from = value;
    const sum = `s${i}`;
    const last = i + 1 === layers.length;
    value = last ? sum : `y${i}`;
    return [
      initializer(
        `w${i}`,
        'float',
        dims,
        Float32Array.from(weights, (w) => w * scale),
      ),
      initializer(
        `b${i}`,
        'float',
        [dims[0]!],
        Float32Array.from(bias, (b) => b * scale),
      ),
      node('Gemm', [from, `w${i}`, `b${i}`], sum, '', { transB: 1 }),
      ...(last ? [] : [node('Relu', [sum], value, '', {})]),
    ];
  });
  return model(graph, widths, 'float', value);
};

/** `QGemm` with unsigned values: relu is the lower end of the range; input and output are moved by 128. */
export const int8Model = (widths: readonly number[], layers: readonly Layer[]): Uint8Array => {
  let value = 'x';
  const graph = layers.flatMap(({ weights, bias, shift }, i) => {
    const from = value;
    const dims = [widths[i]!, widths[i + 1]!] as const;
    // Transposed as the quantiser leaves it.
    const turned = new Int8Array(weights.length);
    for (let n = 0; n < dims[1]; n++) {
      for (let k = 0; k < dims[0]; k++) turned[k * dims[1] + n] = weights[n * dims[0] + k]!;
    }
    value = `y${i}`;
    const last = i + 1 === layers.length;
    const zero = (moved: boolean) => new Uint8Array([moved ? 128 : 0]);
    return [
      initializer(`w${i}`, 'int8', dims, turned),
      initializer(`b${i}`, 'int32', [dims[1]], bias),
      initializer(`one${i}`, 'float', [], new Float32Array([1])),
      initializer(`scale${i}`, 'float', [], new Float32Array([2 ** -shift])),
      initializer(`in${i}`, 'uint8', [], zero(i === 0)),
      initializer(`zero${i}`, 'int8', [], new Int8Array(1)),
      initializer(`out${i}`, 'uint8', [], zero(last)),
      node(
        'QGemm',
        [from, `one${i}`, `in${i}`, `w${i}`, `scale${i}`, `zero${i}`, `b${i}`, `one${i}`, `out${i}`],
        value,
        'com.microsoft',
        {},
      ),
    ];
  });
  return model(graph, widths, 'uint8', value);
};
