/** Writes small ONNX models, well formed or not, for tests and fuzzing. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export type TensorSpec = {
  readonly name: string;
  readonly dims: readonly (number | bigint)[];
  /** `TensorProto.DataType`; 1 is float. */
  readonly type?: number;
  readonly floats?: readonly number[];
  readonly ints?: readonly (number | bigint)[];
  readonly raw?: Uint8Array;
  readonly external?: Readonly<Record<string, string>>;
};

export type AttributeValue = number | bigint | string | readonly number[] | { readonly float: number } | TensorSpec;

export type NodeSpec = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
};

export type PortSpec = { readonly name: string; readonly shape: readonly (number | string)[]; readonly type?: number };

export type ModelSpec = {
  readonly ir?: number;
  readonly opset?: number;
  readonly nodes: readonly NodeSpec[];
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
  readonly initializers?: readonly TensorSpec[];
};

const message = (w: BinaryWriter, field: number, fill: (inner: BinaryWriter) => void): void => {
  const inner = new BinaryWriter();
  fill(inner);
  w.tag(field, WireType.LengthDelimited).bytes(inner.finish());
};

const text = (w: BinaryWriter, field: number, value: string): void => {
  w.tag(field, WireType.LengthDelimited).string(value);
};

const int = (w: BinaryWriter, field: number, value: number | bigint): void => {
  w.tag(field, WireType.Varint).int64(value);
};

const tensor = (w: BinaryWriter, spec: TensorSpec): void => {
  for (const size of spec.dims) int(w, 1, size);
  int(w, 2, spec.type ?? 1);
  text(w, 8, spec.name);
  const { floats, ints, raw, external } = spec;
  if (floats !== undefined) {
    w.tag(4, WireType.LengthDelimited).bytes(new Uint8Array(Float32Array.from(floats).buffer));
  }
  if (ints !== undefined) for (const value of ints) int(w, spec.type === 7 ? 7 : 5, value);
  if (raw !== undefined) w.tag(9, WireType.LengthDelimited).bytes(raw);
  if (external !== undefined) {
    for (const [key, value] of Object.entries(external)) {
      message(w, 13, (pair) => {
        text(pair, 1, key);
        text(pair, 2, value);
      });
    }
    int(w, 14, 1);
  }
};

const isTensor = (value: AttributeValue): value is TensorSpec => typeof value === 'object' && 'dims' in value;

const attribute = (w: BinaryWriter, name: string, value: AttributeValue): void => {
  text(w, 1, name);
  if (typeof value === 'string') {
    text(w, 4, value);
    int(w, 20, 3);
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    int(w, 3, value);
    int(w, 20, 2);
  } else if (isTensor(value)) {
    message(w, 5, (inner) => tensor(inner, value));
    int(w, 20, 4);
  } else if ('float' in value) {
    w.tag(2, WireType.Bit32).float(value.float);
    int(w, 20, 1);
  } else {
    for (const item of value) int(w, 8, item);
    int(w, 20, 7);
  }
};

const port = (w: BinaryWriter, { name, shape, type = 1 }: PortSpec): void => {
  text(w, 1, name);
  message(w, 2, (kind) =>
    message(kind, 1, (tensorType) => {
      int(tensorType, 1, type);
      message(tensorType, 2, (sizes) => {
        for (const size of shape) {
          message(sizes, 1, (one) => (typeof size === 'number' ? int(one, 1, size) : text(one, 2, size)));
        }
      });
    }),
  );
};

export const tensorBytes = (spec: TensorSpec): Uint8Array => {
  const w = new BinaryWriter();
  tensor(w, spec);
  return w.finish();
};

export const modelBytes = (spec: ModelSpec): Uint8Array => {
  const w = new BinaryWriter();
  int(w, 1, spec.ir ?? 8);
  message(w, 8, (set) => int(set, 2, spec.opset ?? 17));
  message(w, 7, (graph) => {
    for (const { op, inputs, outputs, name, domain, attributes = {} } of spec.nodes) {
      message(graph, 1, (node) => {
        for (const input of inputs) text(node, 1, input);
        for (const output of outputs) text(node, 2, output);
        if (name !== undefined) text(node, 3, name);
        text(node, 4, op);
        for (const [key, value] of Object.entries(attributes))
          message(node, 5, (inner) => attribute(inner, key, value));
        if (domain !== undefined) text(node, 7, domain);
      });
    }
    for (const weights of spec.initializers ?? []) message(graph, 5, (inner) => tensor(inner, weights));
    for (const input of spec.inputs) message(graph, 11, (inner) => port(inner, input));
    for (const output of spec.outputs) message(graph, 12, (inner) => port(inner, output));
  });
  return w.finish();
};
