/** The bytes of a node (spec 12.6), big-endian. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import {
  ARITHMETIC,
  type IntegerForm,
  type Node,
  OPCODE,
  type OpName,
  operandsOf,
  type Pads,
  type Pair,
  parametersOf,
  type Stage,
  type ValueId,
} from '../program.ts';
import { DTYPE_CODE, type Dtype, type Shape } from '../tensor.ts';

const ABSENT = 0xffffffff;

const OP_NAME = new Map(Object.entries(OPCODE).map(([name, code]) => [code, name as OpName]));
const DTYPE_NAME = new Map(Object.entries(DTYPE_CODE).map(([name, code]) => [code, name as Dtype]));

/** Operands as they are written: those of `matmul` and `conv` with gaps. */
const slots = ({ form, stage }: Node): readonly ValueId[] => {
  if (form.op !== 'matmul' && form.op !== 'conv') return operandsOf(form);
  const shifts = stage !== null && typeof stage.shift === 'object' ? stage.shift.constant : ABSENT;
  return [...operandsOf({ ...form, bias: null }), form.bias ?? ABSENT, shifts];
};

export const encodeNode = (node: Node, shape: Shape): Uint8Array => {
  const operands = slots(node);
  const parameters = parametersOf(node.form);
  const bytes = new Uint8Array(15 + 4 * (shape.length + operands.length + parameters.length));
  const view = new DataView(bytes.buffer);
  const { stage } = node;
  bytes[0] = OPCODE[node.form.op];
  bytes[1] = DTYPE_CODE[node.dtype];
  bytes[2] = stage !== null && typeof stage.shift === 'number' ? stage.shift : 0;
  view.setInt32(3, stage?.low ?? 0);
  view.setInt32(7, stage?.high ?? 0);
  bytes[11] = shape.length;
  let at = 12;
  const words = (list: readonly number[]): void => {
    for (const word of list) {
      view.setInt32(at, word);
      at += 4;
    }
  };
  words(shape);
  bytes[at++] = operands.length;
  words(operands);
  view.setUint16(at, parameters.length);
  at += 2;
  words(parameters);
  return bytes;
};

export const malformed = (field: string, message: string, value: string, limit?: string): Problem => ({
  code: 'program.malformed',
  message: `${field}: ${message}`,
  next: 'Get the file again from whoever made it; only the one encoding of a program is read.',
  field,
  value,
  ...(limit === undefined ? {} : { limit }),
});

/** What the bytes of a node hold, before the operator gives them meaning. */
type Parts = {
  readonly op: OpName;
  readonly dtype: Dtype;
  readonly shift: number;
  readonly low: number;
  readonly high: number;
  readonly shape: Shape;
  readonly operands: readonly number[];
  readonly parameters: readonly number[];
};

const partsOf = (bytes: Uint8Array): Parts | string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 12;
  const words = (count: number, read: (offset: number) => number): number[] | null => {
    if (at + 4 * count > bytes.length) return null;
    const list = Array.from({ length: count }, (_, i) => read(at + 4 * i));
    at += 4 * count;
    return list;
  };
  if (bytes.length < 15) return 'it is shorter than any node';
  const op = OP_NAME.get(bytes[0]!);
  const dtype = DTYPE_NAME.get(bytes[1]!);
  if (op === undefined) return `there is no operator ${bytes[0]}`;
  if (dtype === undefined) return `there is no dtype ${bytes[1]}`;
  const shape = words(bytes[11]!, (offset) => view.getUint32(offset));
  const operands = shape && at < bytes.length ? words(bytes[at++]!, (offset) => view.getUint32(offset)) : null;
  if (operands === null || at + 2 > bytes.length) return 'it ends too early';
  const count = view.getUint16(at);
  at += 2;
  const parameters = words(count, (offset) => view.getInt32(offset));
  if (parameters === null || at !== bytes.length) return 'its length is not that of its lists';
  const [low, high] = [view.getInt32(3), view.getInt32(7)];
  return { op, dtype, shift: bytes[2]!, low, high, shape: shape!, operands, parameters };
};

const pair = (list: readonly number[], at: number): Pair => [list[at]!, list[at + 1]!];
const pads = (list: readonly number[], at: number): Pads => [list[at]!, list[at + 1]!, list[at + 2]!, list[at + 3]!];
const optional = (id: number): ValueId | null => (id === ABSENT ? null : id);

/** The form of the parts; null when the operator takes other numbers of operands or parameters. */
const formOf = ({ op, operands: x, parameters: p, shape }: Parts): IntegerForm | null => {
  const takes = (operands: number, parameters: number): boolean => x.length === operands && p.length === parameters;
  switch (op) {
    case 'matmul':
      return takes(4, 0) ? { op, a: x[0]!, b: x[1]!, bias: optional(x[2]!) } : null;
    case 'conv': {
      if (!takes(4, 9)) return null;
      const window = { strides: pair(p, 0), dilations: pair(p, 2), pads: pads(p, 4), groups: p[8]! };
      return { op, x: x[0]!, w: x[1]!, bias: optional(x[2]!), ...window };
    }
    case 'sum_pool':
    case 'max_pool':
      return takes(1, 10)
        ? { op, x: x[0]!, kernel: pair(p, 0), strides: pair(p, 2), dilations: pair(p, 4), pads: pads(p, 6) }
        : null;
    case 'affine':
      return takes(x.length, x.length + 1) ? { op, x, d: p[0]!, c: p.slice(1) } : null;
    case 'mul':
      return takes(2, 0) ? { op, a: x[0]!, b: x[1]! } : null;
    case 'reduce_sum':
    case 'reduce_max':
    case 'argmax':
      return takes(1, 0) ? { op, x: x[0]! } : null;
    case 'lookup':
      return takes(2, 1) ? { op, x: x[0]!, table: x[1]!, first: p[0]! } : null;
    case 'gather':
      return takes(2, 0) ? { op, data: x[0]!, index: x[1]! } : null;
    case 'reshape':
      return takes(1, p.length) ? { op, x: x[0]!, shape: p } : null;
    case 'transpose':
      return takes(1, p.length) ? { op, x: x[0]!, perm: p } : null;
    case 'slice': {
      const rank = p.length / 2;
      return takes(1, 2 * shape.length)
        ? { op, x: x[0]!, starts: p.slice(0, rank), steps: p.slice(rank), shape }
        : null;
    }
    case 'concat':
      return takes(x.length, 1) ? { op, x, axis: p[0]! } : null;
  }
};

const stageOf = ({ op, shift, low, high, operands }: Parts): Stage | null => {
  if (!ARITHMETIC.has(op)) return null;
  const shifts = op === 'matmul' || op === 'conv' ? optional(operands[3]!) : null;
  return { shift: shifts === null ? shift : { constant: shifts }, low, high };
};

/** A node from bytes. That they are the ones that {@link encodeNode} writes is for the caller to compare. */
export const decodeNode = (bytes: Uint8Array, index: number): Result<Node> => {
  const field = `nodes[${index}]`;
  const parts = partsOf(bytes);
  if (typeof parts === 'string') return refuse(malformed(field, `${parts}.`, `${bytes.length} bytes`));
  const form = formOf(parts);
  if (form !== null) return ok({ form, dtype: parts.dtype, stage: stageOf(parts) });
  const given = `${parts.operands.length} operands and ${parts.parameters.length} parameters`;
  return refuse(malformed(field, `${parts.op} does not take ${given}.`, given));
};
