/** Writes ONNX files (IR version 8, opset 17): what trained models here are handed over as, and what the importer reads. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Var } from './autograd.ts';

type Attribute = number | readonly number[] | { readonly float: number };

export type OnnxNode = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
};

export type OnnxPort = { readonly name: string; readonly type: 'float' | 'int64'; readonly shape: readonly number[] };

/** A constant: floats, or whole numbers as int64. */
export type OnnxConstant =
  | { readonly shape: readonly number[]; readonly floats: Float32Array }
  | { readonly shape: readonly number[]; readonly integers: readonly number[] };

export type OnnxGraph = {
  readonly name: string;
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly constants: Readonly<Record<string, OnnxConstant>>;
  readonly nodes: readonly OnnxNode[];
};

export const floats = (v: Var, shape: readonly number[] = v.shape): OnnxConstant => ({ shape, floats: v.data });

export const integers = (...values: number[]): OnnxConstant => ({ shape: [values.length], integers: values });

const FLOAT = 1;
const INT64 = 7;

const text = (w: BinaryWriter, field: number, value: string): void => {
  w.tag(field, WireType.LengthDelimited).string(value);
};

const number = (w: BinaryWriter, field: number, value: number): void => {
  w.tag(field, WireType.Varint).int64(value);
};

const message = (w: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void => {
  w.tag(field, WireType.LengthDelimited).fork();
  write(w);
  w.join();
};

const attribute = (w: BinaryWriter, name: string, value: Attribute): void => {
  text(w, 1, name);
  if (typeof value === 'number') {
    number(w, 3, value);
    number(w, 20, 2);
  } else if ('float' in value) {
    w.tag(2, WireType.Bit32).float(value.float);
    number(w, 20, 1);
  } else {
    for (const n of value) number(w, 8, n);
    number(w, 20, 7);
  }
};

const constant = (w: BinaryWriter, name: string, value: OnnxConstant): void => {
  for (const n of value.shape) number(w, 1, n);
  number(w, 2, 'floats' in value ? FLOAT : INT64);
  text(w, 8, name);
  const bytes =
    'floats' in value
      ? new Uint8Array(value.floats.buffer, value.floats.byteOffset, value.floats.byteLength)
      : new Uint8Array(BigInt64Array.from(value.integers, BigInt).buffer);
  w.tag(9, WireType.LengthDelimited).bytes(bytes);
};

const port = (w: BinaryWriter, { name, type, shape }: OnnxPort): void => {
  text(w, 1, name);
  message(w, 2, (t) =>
    message(t, 1, (tensor) => {
      number(tensor, 1, type === 'float' ? FLOAT : INT64);
      message(tensor, 2, (s) => {
        for (const n of shape) message(s, 1, (d) => number(d, 1, n));
      });
    }),
  );
};

/** The bytes of a model file. */
export const writeOnnx = (graph: OnnxGraph): Uint8Array => {
  const w = new BinaryWriter();
  number(w, 1, 8);
  text(w, 2, 'surety');
  message(w, 7, (g) => {
    for (const node of graph.nodes) {
      message(g, 1, (n) => {
        for (const name of node.inputs) text(n, 1, name);
        for (const name of node.outputs) text(n, 2, name);
        text(n, 3, node.outputs[0]!);
        text(n, 4, node.op);
        for (const [name, value] of Object.entries(node.attributes ?? {}))
          message(n, 5, (a) => attribute(a, name, value));
      });
    }
    text(g, 2, graph.name);
    for (const [name, value] of Object.entries(graph.constants)) message(g, 5, (t) => constant(t, name, value));
    for (const input of graph.inputs) message(g, 11, (p) => port(p, input));
    for (const output of graph.outputs) message(g, 12, (p) => port(p, output));
  });
  message(w, 8, (o) => {
    text(o, 1, '');
    number(o, 2, 17);
  });
  return w.finish();
};
