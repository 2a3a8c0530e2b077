/**
 * One element of one node by its operands (spec 12.5), exact whatever the operands are: a judge reads opened ones, and whoever
 * builds a proof notes which ones are read. Folds are cut into segments (spec 15.2).
 */
import { decodeNode, elements, type Node, operandsOf, type Shape, type TensorType } from '@surety/programs';
import { unreadable } from './bytes.ts';

/** A node as its encoding says it. */
export type NodeView = { readonly node: Node; readonly type: TensorType };

/** The node of an encoding, with the type of its value. Only encodings that a program's id commits to mean anything. */
export const viewOf = (encoding: Uint8Array): NodeView => {
  const node = decodeNode(encoding, 0);
  if (!node.ok) return unreadable('the node is none');
  const view = new DataView(encoding.buffer, encoding.byteOffset, encoding.length);
  const shape = Array.from({ length: view.getUint8(11) }, (_, i) => view.getUint32(12 + 4 * i));
  return { node: node.value, type: { dtype: node.value.dtype, shape } };
};

/** The values that a node names, in its order: operands, then shifts. */
export const namedBy = ({ form, stage }: Node): readonly number[] =>
  stage !== null && typeof stage.shift === 'object' ? [...operandsOf(form), stage.shift.constant] : operandsOf(form);

/** The operands of an element as somebody knows them, by their place among {@link namedBy}. */
export type Operands = {
  readonly type: (place: number) => TensorType;
  /** So many elements from one on, in row-major order. */
  readonly run: (place: number, index: number, count: number) => ArrayLike<number>;
};

const read = (operands: Operands, place: number, index: number): number => operands.run(place, index, 1)[0]!;

/** Terms of one run of the last axis that make a segment. */
export const SEGMENT_TERMS = 1_024;

const FOLDS = new Set(['matmul', 'conv', 'sum_pool', 'max_pool', 'reduce_sum', 'reduce_max', 'affine']);

export const isFold = ({ form }: Node): boolean => FOLDS.has(form.op);

export const isMaximum = ({ form }: Node): boolean => form.op === 'max_pool' || form.op === 'reduce_max';

/** The accumulator before the first term. */
export const startOf = (node: Node): number => (isMaximum(node) ? -(2 ** 31) : 0);

const runs = (terms: number): number => Math.ceil(terms / SEGMENT_TERMS);

/** A dimension of an operand, which whoever lies may have committed to as another type than the program says. */
const dimension = (shape: Shape, axis: number): number => shape.at(axis) ?? unreadable('an operand has another rank');

/** How many segments an element of a fold has. */
export const segmentsOf = ({ form }: Node, type: Operands['type']): number => {
  switch (form.op) {
    case 'matmul':
    case 'reduce_sum':
    case 'reduce_max':
      return runs(dimension(type(0).shape, -1));
    case 'conv': {
      const w = type(1).shape;
      dimension(type(0).shape, 3);
      return dimension(w, 1) * dimension(w, 2) * runs(dimension(w, 3));
    }
    case 'sum_pool':
    case 'max_pool':
      dimension(type(0).shape, 3);
      return form.kernel[0] * form.kernel[1];
    case 'affine':
      return form.x.length;
    default:
      return unreadable(`${form.op} is no fold`);
  }
};

/** Multi-index of an element. */
const indexOf = (shape: Shape, element: number): number[] => {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1, rest = element; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
};

/** Where an element of a broadcast result lies in an operand. */
const broadcast = (index: readonly number[], shape: Shape): number => {
  const skipped = index.length - shape.length;
  if (skipped < 0) unreadable('an operand has another rank');
  return shape.reduce((at, size, axis) => at * size + (size === 1 ? 0 : index[skipped + axis]!), 0);
};

const segment = (from: number, terms: number): { readonly start: number; readonly end: number } => ({
  start: from * SEGMENT_TERMS,
  end: Math.min((from + 1) * SEGMENT_TERMS, terms),
});

/** The pixel of a window position, or null outside of the image. */
const pixelOf = (
  form: { strides: readonly number[]; dilations: readonly number[]; pads: readonly number[] },
  [b, i, j]: readonly number[],
  [p, q]: readonly [number, number],
  x: Shape,
): number | null => {
  const [height, width] = [dimension(x, 1), dimension(x, 2)];
  const row = i! * form.strides[0]! + p * form.dilations[0]! - form.pads[0]!;
  const column = j! * form.strides[1]! + q * form.dilations[1]! - form.pads[1]!;
  const within = row >= 0 && row < height && column >= 0 && column < width;
  return within ? (b! * height + row) * width + column : null;
};

/** Calls back with each term of one segment: a product or a value. */
const eachTerm = (
  { node: { form }, type: out }: NodeView,
  element: number,
  at: number,
  operands: Operands,
  term: (value: bigint) => void,
): void => {
  const { type, run } = operands;
  const products = (a: number, b: number, count: number): void => {
    if (type(0).dtype === 'i32' || type(1).dtype === 'i32') unreadable('an operand has another type');
    const [x, y] = [run(0, a, count), run(1, b, count)];
    for (let i = 0; i < count; i++) term(BigInt(x[i]!) * BigInt(y[i]!));
  };
  switch (form.op) {
    case 'matmul': {
      const [k, n] = [dimension(type(0).shape, -1), out.shape.at(-1)!];
      const row = Math.floor(element / n);
      const batch = type(1).shape.length === 2 ? 0 : Math.floor(row / out.shape.at(-2)!);
      const { start, end } = segment(at, k);
      products(row * k + start, (batch * n + (element % n)) * k + start, end - start);
      return;
    }
    case 'conv': {
      const w = type(1).shape;
      const [count, kh, kw, depth] = [w[0]!, dimension(w, 1), dimension(w, 2), dimension(w, 3)];
      const position = Math.floor(at / runs(depth));
      const [p, q] = [Math.floor(position / kw), position % kw];
      const index = indexOf(out.shape, element);
      const x = type(0).shape;
      const channels = dimension(x, 3);
      const pixel = pixelOf(form, index, [p, q], x);
      if (pixel === null) return;
      const o = index[3]!;
      const first = Math.floor(o / (out.shape[3]! / form.groups)) * depth;
      const weights = ((element % count) * kh * kw + position) * depth;
      const { start, end } = segment(at % runs(depth), depth);
      products(pixel * channels + first + start, weights + start, end - start);
      return;
    }
    case 'sum_pool':
    case 'max_pool': {
      const index = indexOf(out.shape, element);
      const x = type(0).shape;
      const channels = dimension(x, 3);
      const pixel = pixelOf(form, index, [Math.floor(at / form.kernel[1]), at % form.kernel[1]], x);
      if (pixel !== null) term(BigInt(read(operands, 0, pixel * channels + index[3]!)));
      return;
    }
    case 'reduce_sum':
    case 'reduce_max': {
      const k = dimension(type(0).shape, -1);
      const { start, end } = segment(at, k);
      const row = run(0, element * k + start, end - start);
      for (let i = 0; i < end - start; i++) term(BigInt(row[i]!));
      return;
    }
    case 'affine':
      term(BigInt(form.c[at]!) * BigInt(read(operands, at, broadcast(indexOf(out.shape, element), type(at).shape))));
      return;
    default:
      unreadable(`${form.op} is no fold`);
  }
};

/** What an accumulator becomes by segments `from .. to − 1`. */
export const foldSegments = (
  view: NodeView,
  element: number,
  { from, to, start }: { readonly from: number; readonly to: number; readonly start: bigint },
  operands: Operands,
): bigint => {
  const maximum = isMaximum(view.node);
  let accumulator = start;
  for (let at = from; at < to; at++) {
    eachTerm(view, element, at, operands, (value) => {
      if (!maximum) accumulator += value;
      else if (value > accumulator) accumulator = value;
    });
  }
  return accumulator;
};

const staged = ({ node }: NodeView, f: bigint, shift: number): bigint => {
  const { low, high } = node.stage!;
  const half = shift === 0 ? 0n : 1n << BigInt(shift - 1);
  const y = (f + half) >> BigInt(shift);
  return y < low ? BigInt(low) : y > high ? BigInt(high) : y;
};

/** The element that the last accumulator of a fold gives: bias and d come in here, then the stage. */
export const endOf = (view: NodeView, element: number, accumulator: bigint, operands: Operands): bigint => {
  const { form, stage } = view.node;
  if (stage === null) return accumulator;
  const channel = element % (view.type.shape.at(-1) ?? 1);
  const places = operandsOf(form).length;
  const shift = typeof stage.shift === 'number' ? stage.shift : read(operands, places, channel);
  if (shift < 0) return unreadable('a shift is negative');
  if (form.op === 'affine') return staged(view, accumulator + BigInt(form.d), shift);
  const bias = (form.op === 'matmul' || form.op === 'conv') && form.bias !== null ? read(operands, 2, channel) : 0;
  return staged(view, accumulator + BigInt(bias), shift);
};

/** Elements from one index of an axis to the next. */
const stride = ({ shape }: TensorType, axis: number): number => elements(shape.slice(axis + 1));

/** The operand and its element that an element of a value only moved about comes from. */
const sourceOf = ({ node: { form }, type: out }: NodeView, element: number, operands: Operands) => {
  const { type } = operands;
  switch (form.op) {
    case 'lookup':
      return [1, read(operands, 0, element) - form.first] as const;
    case 'gather': {
      const inner = elements(type(0).shape.slice(1));
      return [0, read(operands, 1, Math.floor(element / inner)) * inner + (element % inner)] as const;
    }
    case 'reshape':
      return [0, element] as const;
    case 'transpose': {
      const at = indexOf(out.shape, element).reduce((sum, i, axis) => sum + i * stride(type(0), form.perm[axis]!), 0);
      return [0, at] as const;
    }
    case 'slice': {
      const at = indexOf(out.shape, element).reduce(
        (sum, i, axis) => sum + (form.starts[axis]! + i * form.steps[axis]!) * stride(type(0), axis),
        0,
      );
      return [0, at] as const;
    }
    case 'concat': {
      const width = elements(out.shape.slice(form.axis));
      const inner = elements(out.shape.slice(form.axis + 1));
      let within = element % width;
      for (let place = 0; place < form.x.length; place++) {
        const run = dimension(type(place).shape, form.axis) * inner;
        if (within < run) return [place, Math.floor(element / width) * run + within] as const;
        within -= run;
      }
      return unreadable('no operand of concat holds the element');
    }
    default:
      return unreadable(`${form.op} moves nothing`);
  }
};

/** How many of the named operands an element reads the type of, in order: of `concat` only up to the one that holds it. */
export const operandCount = (view: NodeView, element: number, type: Operands['type']): number =>
  view.node.form.op === 'concat' ? sourceOf(view, element, { type, run: () => [] })[0] + 1 : namedBy(view.node).length;

/** An element of a node other than `argmax`. */
export const elementOf = (view: NodeView, element: number, operands: Operands): bigint => {
  const { node } = view;
  if (isFold(node)) {
    const to = segmentsOf(node, operands.type);
    const fold = { from: 0, to, start: BigInt(startOf(node)) };
    return endOf(view, element, foldSegments(view, element, fold, operands), operands);
  }
  if (node.form.op === 'mul') {
    const index = indexOf(view.type.shape, element);
    const [a, b] = [0, 1].map((place) => BigInt(read(operands, place, broadcast(index, operands.type(place).shape))));
    return staged(view, a! * b!, node.stage!.shift as number);
  }
  const [place, at] = sourceOf(view, element, operands);
  return BigInt(read(operands, place, at));
};

/** Whether `rival` beats the claimed index of an `argmax`, or that is none of the row. */
export const beats = (element: number, claimed: number, rival: number, operands: Operands): boolean => {
  const k = dimension(operands.type(0).shape, -1);
  if (claimed < 0 || claimed >= k) return true;
  if (rival >= k) return unreadable('the rival is not within the row');
  const [own, other] = [read(operands, 0, element * k + claimed), read(operands, 0, element * k + rival)];
  return other > own || (other === own && rival < claimed);
};
