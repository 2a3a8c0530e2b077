/**
 * Writes ONNX files: what trained models here are handed over as (`writeOnnx`), and models well formed or not for tests and
 * fuzzing (`modelBytes`).
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Var } from './autograd.ts';

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
  readonly name?: string;
  readonly producer?: string;
  readonly ir?: number;
  readonly opset?: number;
  /** Versions of operator sets besides ONNX's own, by domain. */
  readonly domains?: Readonly<Record<string, number>>;
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
  if (spec.producer !== undefined) text(w, 2, spec.producer);
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
    if (spec.name !== undefined) text(graph, 2, spec.name);
    for (const weights of spec.initializers ?? []) message(graph, 5, (inner) => tensor(inner, weights));
    for (const input of spec.inputs) message(graph, 11, (inner) => port(inner, input));
    for (const output of spec.outputs) message(graph, 12, (inner) => port(inner, output));
  });
  for (const [domain, version] of Object.entries({ '': spec.opset ?? 17, ...spec.domains })) {
    message(w, 8, (set) => {
      text(set, 1, domain);
      int(set, 2, version);
    });
  }
  return w.finish();
};

export type OnnxNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;
};

export type OnnxPort = { readonly name: string; readonly type: 'float' | 'int64'; readonly shape: readonly number[] };

/** A constant: floats, or whole numbers as int64. */
export type OnnxConstant =
  | { readonly shape: readonly number[]; readonly floats: Float32Array }
  | { readonly shape: readonly number[]; readonly integers: readonly number[] };

/** A trained model. */
export type OnnxGraph = {
  readonly name: string;
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly constants: Readonly<Record<string, OnnxConstant>>;
  readonly nodes: readonly OnnxNode[];
};

export const floats = (v: Var, shape: readonly number[] = v.shape): OnnxConstant => ({ shape, floats: v.data });

export const integers = (...values: number[]): OnnxConstant => ({ shape: [values.length], integers: values });

const TYPE = { float: 1, int64: 7 } as const;

const initializer = ([name, value]: [string, OnnxConstant]): TensorSpec => {
  const array = 'floats' in value ? value.floats : BigInt64Array.from(value.integers, BigInt);
  const raw = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return { name, dims: value.shape, type: 'floats' in value ? TYPE.float : TYPE.int64, raw };
};

/** The bytes of a model file (IR version 8, opset 17). */
export const writeOnnx = ({ name, inputs, outputs, constants, nodes }: OnnxGraph): Uint8Array => {
  const portOf = (port: OnnxPort): PortSpec => ({ ...port, type: TYPE[port.type] });
  return modelBytes({
    name,
    producer: 'surety',
    nodes: nodes.map((node) => ({ ...node, name: node.outputs[0]! })),
    inputs: inputs.map(portOf),
    outputs: outputs.map(portOf),
    initializers: Object.entries(constants).map(initializer),
  });
};
