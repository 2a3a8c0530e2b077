/** What a program is made of (spec 12.2 to 12.5). */
import type { Dtype, Interval, Shape, TensorType, Values } from './tensor.ts';

/** Number of a value: inputs first, then constants, then one a node. */
export type ValueId = number;

export type Pair = readonly [number, number];

/** Padding: top, left, bottom, right. */
export type Pads = readonly [number, number, number, number];

export type Window = {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Pads;
};

/**
 * What a node computes and from which values, without number formats: integer programs and the real-valued graph that an
 * importer quantises share these forms.
 */
export type Form =
  | { readonly op: 'matmul'; readonly a: ValueId; readonly b: ValueId; readonly bias: ValueId | null }
  | {
      readonly op: 'conv';
      readonly x: ValueId;
      readonly w: ValueId;
      readonly bias: ValueId | null;
      readonly strides: Pair;
      readonly dilations: Pair;
      readonly pads: Pads;
      readonly groups: number;
    }
  | ({ readonly op: 'sum_pool'; readonly x: ValueId } & Window)
  | ({ readonly op: 'max_pool'; readonly x: ValueId } & Window)
  | { readonly op: 'affine'; readonly x: readonly ValueId[]; readonly c: readonly number[]; readonly d: number }
  | { readonly op: 'mul'; readonly a: ValueId; readonly b: ValueId }
  | { readonly op: 'reduce_sum'; readonly x: ValueId }
  | { readonly op: 'reduce_max'; readonly x: ValueId }
  | { readonly op: 'argmax'; readonly x: ValueId }
  | { readonly op: 'gather'; readonly data: ValueId; readonly index: ValueId }
  | { readonly op: 'reshape'; readonly x: ValueId; readonly shape: Shape }
  | { readonly op: 'transpose'; readonly x: ValueId; readonly perm: readonly number[] }
  | {
      readonly op: 'slice';
      readonly x: ValueId;
      readonly starts: readonly number[];
      readonly steps: readonly number[];
      readonly shape: Shape;
    }
  | { readonly op: 'concat'; readonly x: readonly ValueId[]; readonly axis: number };

/** `table[x − first]`: the one form that only integers have. */
export type Lookup = { readonly op: 'lookup'; readonly x: ValueId; readonly table: ValueId; readonly first: number };

export type IntegerForm = Form | Lookup;

export type OpName = IntegerForm['op'];

/** Rounding shift and clamp of an exact result (spec 12.3); `shift` is a number, or the constant with one a channel. */
export type Stage = Interval & { readonly shift: number | { readonly constant: ValueId } };

export type Node = {
  readonly form: IntegerForm;
  readonly dtype: Dtype;
  /** Given exactly for arithmetic operators. */
  readonly stage: Stage | null;
};

/** The real number one unit stands for: `mantissa · 2^exponent`, both integers, mantissa 1 .. 2^53 − 1. */
export type Encoding = { readonly mantissa: number; readonly exponent: number };

export type InputSpec = TensorType & Interval & { readonly name: string; readonly encoding: Encoding };

export type OutputSpec = { readonly name: string; readonly value: ValueId; readonly encoding: Encoding };

/**
 * A constant whose values may lie in a file: `read` may be called again and must give the same values. What was proved of
 * a program and what its id commits to hold for the values read then; whoever lets others write to the file while a
 * program is in use compares the id of what was run.
 */
export type Constant = TensorType & { readonly read: () => Values };

export type Program = {
  readonly inputs: readonly InputSpec[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly OutputSpec[];
  /** Positions in `inputs` and `outputs`. */
  readonly states: readonly { readonly input: number; readonly output: number }[];
};

export const LIMITS = {
  values: 65_536,
  ports: 64,
  operands: 16,
  /** Characters of the name of an input or output. */
  name: 256,
  /** Elements that all nodes of one run write, together: what a small file may ask of whoever runs or checks it. */
  elements: 2 ** 34,
  /** Entries of the table of a lookup. */
  table: 65_536,
  constantBytes: 2 ** 32,
  /** Largest absolute value of a parameter. */
  parameter: 2 ** 30 - 1,
  shift: 30,
} as const;

/** Operators that put an exact result through a stage. */
export const ARITHMETIC: ReadonlySet<OpName> = new Set([
  'matmul',
  'conv',
  'sum_pool',
  'affine',
  'mul',
  'reduce_sum',
] as const);

/** Values that a form reads, in the order of the specification; absent ones left out. */
export const operandsOf = (form: IntegerForm): readonly ValueId[] => {
  switch (form.op) {
    case 'matmul':
      return form.bias === null ? [form.a, form.b] : [form.a, form.b, form.bias];
    case 'conv':
      return form.bias === null ? [form.x, form.w] : [form.x, form.w, form.bias];
    case 'affine':
    case 'concat':
      return form.x;
    case 'mul':
      return [form.a, form.b];
    case 'gather':
      return [form.data, form.index];
    case 'lookup':
      return [form.x, form.table];
    default:
      return [form.x];
  }
};

/** Parameters of a form, in the order of the specification. */
export const parametersOf = (form: IntegerForm): readonly number[] => {
  switch (form.op) {
    case 'conv':
      return [...form.strides, ...form.dilations, ...form.pads, form.groups];
    case 'sum_pool':
    case 'max_pool':
      return [...form.kernel, ...form.strides, ...form.dilations, ...form.pads];
    case 'affine':
      return [form.d, ...form.c];
    case 'lookup':
      return [form.first];
    case 'reshape':
      return form.shape;
    case 'transpose':
      return form.perm;
    case 'slice':
      return [...form.starts, ...form.steps];
    case 'concat':
      return [form.axis];
    default:
      return [];
  }
};

/** Codes of the operators (spec 12.5). */
export const OPCODE: Readonly<Record<OpName, number>> = {
  matmul: 1,
  conv: 2,
  sum_pool: 3,
  max_pool: 4,
  affine: 5,
  mul: 6,
  reduce_sum: 7,
  reduce_max: 8,
  argmax: 9,
  lookup: 10,
  gather: 11,
  reshape: 12,
  transpose: 13,
  slice: 14,
  concat: 15,
};
