/** Forms of the real graph in the vocabulary of the lowering: values with their ONNX type, NumPy's rules, whole axes. */
import { unwrap } from '@surety/core';
import type { ValueId, Window } from '../../program.ts';
import type { RealBuilder } from '../../real/build.ts';
import type { Numbers } from '../../real/evaluate/dot.ts';
import type { RealForm } from '../../real/graph.ts';
import { broadcast, checkShape } from '../../shapes.ts';
import { elements, type Shape } from '../../tensor.ts';
import { numericOf, type OnnxType } from '../decode/types.ts';
import { malformed, tooLarge, unsupported } from '../problems.ts';

/** A value of the graph under construction, and what ONNX takes it for. */
export type Val = {
  readonly id: ValueId;
  readonly type: OnnxType;
  /** Where given, the value is minus infinity wherever this truth value is 0: what masks of attention are made of. */
  readonly mask?: Val;
};

/** Operands that one concatenation or sum may have (spec 12.2). */
const MAX_OPERANDS = 16;

/** Longest list of indices, weights or masks that an operator may be unfolded into. */
const MAX_LISTED = 2 ** 22;

/** A number of numbers that may be listed. */
export const listed = (n: number): number => {
  if (n <= MAX_LISTED) return n;
  throw tooLarge('model', `An operator unfolds into a list of ${n} numbers.`, n, `${MAX_LISTED} numbers`);
};

/** `0, 1, … n − 1`. */
export const range = (n: number): number[] => Array.from({ length: listed(n) }, (_, i) => i);

export class Ops {
  readonly builder: RealBuilder;
  /** The node being lowered, for messages and reports. */
  readonly origin: string;

  constructor(builder: RealBuilder, origin: string) {
    this.builder = builder;
    this.origin = origin;
  }

  shape(x: Val): Shape {
    return this.builder.shapeOf(x.id);
  }

  size(x: Val): number {
    return elements(this.shape(x));
  }

  /** The values of a constant of moderate size, or `null`. */
  known(x: Val): Numbers | null {
    return this.builder.known(x.id);
  }

  node(form: RealForm, type: OnnxType): Val {
    return { id: this.builder.node(form, numericOf(type), this.origin), type };
  }

  constant(shape: Shape, values: ArrayLike<number> | (() => Numbers), type: OnnxType): Val {
    unwrap(checkShape(shape, 'constant'));
    if (typeof values !== 'function') this.builder.spend(values.length);
    const numbers = typeof values === 'function' ? values : Float64Array.from(values);
    if (typeof numbers !== 'function') this.exact(type, numbers, 'weighting');
    return { id: this.builder.constant(shape, numericOf(type), numbers, this.origin), type };
  }

  scalar(value: number, type: OnnxType): Val {
    return this.constant([], [value], type);
  }

  /** The same number in every place. */
  filled(shape: Shape, value: number, type: OnnxType): Val {
    return this.constant(shape, () => new Float64Array(elements(shape)).fill(value), type);
  }

  /** Refuses what would put fractions or infinities where a type has none. */
  private exact(type: OnnxType, values: readonly number[] | Float64Array, what: string): void {
    const real = numericOf(type) === 'real';
    const odd = values.find((value) => !(real ? Number.isFinite(value) : Number.isInteger(value)));
    if (odd === undefined) return;
    const next = 'Cast to reals before, or keep divisors away from 0.';
    throw unsupported(this.origin, `${this.origin}: ${what} ${type} by ${odd} leaves the type.`, next, odd);
  }

  /** `d + Σ c[i] · x[i]`. */
  affine(x: readonly Val[], c: readonly number[], d = 0, type: OnnxType = x[0]!.type): Val {
    if (x.length === 1 && c[0] === 1 && d === 0 && numericOf(x[0]!.type) === numericOf(type)) {
      return { id: x[0]!.id, type };
    }
    if (x.length > MAX_OPERANDS) {
      const head = this.affine(x.slice(0, MAX_OPERANDS), c.slice(0, MAX_OPERANDS), d, type);
      return this.affine([head, ...x.slice(MAX_OPERANDS)], [1, ...c.slice(MAX_OPERANDS)], 0, type);
    }
    this.exact(type, [...c, d], 'scaling');
    const kinds = new Set(x.map((operand) => numericOf(operand.type) === 'real'));
    if (kinds.size > 1)
      throw malformed(
        this.origin,
        `${this.origin} mixes reals with integers.`,
        x.map((v) => v.type),
      );
    return this.node({ op: 'affine', x: x.map(({ id }) => id), c, d }, type);
  }

  scale(x: Val, c: number, d = 0): Val {
    return this.affine([x], [c], d);
  }

  add(a: Val, b: Val): Val {
    return this.affine([a, b], [1, 1]);
  }

  sub(a: Val, b: Val): Val {
    return this.affine([a, b], [1, -1], 0, a.type === 'bool' ? 'int32' : a.type);
  }

  mul(a: Val, b: Val, type: OnnxType = a.type): Val {
    return this.node({ op: 'mul', a: a.id, b: b.id }, type);
  }

  square(x: Val): Val {
    return this.unary(x, 'square', (v) => v * v);
  }

  unary(x: Val, name: string, f: (v: number) => number, type: OnnxType = x.type): Val {
    return this.node({ op: 'unary', x: x.id, name, f }, type);
  }

  /** A function whose results are no integers even of integers: takes reals only. */
  smooth(x: Val, name: string, f: (v: number) => number): Val {
    if (numericOf(x.type) === 'real') return this.unary(x, name, f);
    throw malformed(this.origin, `${this.origin} takes ${name} of ${x.type}, which ONNX does not define.`, x.type);
  }

  reciprocal(x: Val): Val {
    return this.smooth(x, 'reciprocal', (v) => 1 / v);
  }

  relu(x: Val): Val {
    return this.clip(x, 0, Number.POSITIVE_INFINITY);
  }

  /** `min(max(x, low), high)`: the upper bound has the last word. */
  clip(x: Val, low: number, high: number): Val {
    const f = (v: number): number => Math.min(Math.max(v, low), high);
    return this.node({ op: 'unary', x: x.id, name: `clip ${low} ${high}`, f, clip: { low, high } }, x.type);
  }

  /** The larger of two, element by element: `a + relu(b − a)`. */
  max(a: Val, b: Val): Val {
    if (a.type === 'bool') return this.affine([a, b, this.mul(a, b)], [1, 1, -1]);
    const limit = this.limitOf(b, a) ?? this.limitOf(a, b);
    if (limit === null) return this.add(a, this.relu(this.sub(b, a)));
    return this.clip(limit.x, limit.value, Number.POSITIVE_INFINITY);
  }

  /** A single known number that does not change the other's shape. */
  private limitOf(limit: Val, x: Val): { readonly x: Val; readonly value: number } | null {
    const known = this.size(limit) === 1 && this.shape(limit).length <= this.shape(x).length ? this.known(limit) : null;
    return known === null ? null : { x, value: known[0]! };
  }

  neg(x: Val): Val {
    return this.scale(x, -1);
  }

  min(a: Val, b: Val): Val {
    return this.neg(this.max(this.neg(a), this.neg(b)));
  }

  /** `x` where `c` holds and `y` elsewhere: `c·x + (1 − c)·y`. */
  select(c: Val, x: Val, y: Val): Val {
    const not = this.affine([c], [-1], 1, 'bool');
    return this.add(this.mul(c, x, x.type), this.mul(not, y, x.type));
  }

  reshape(x: Val, shape: Shape): Val {
    return this.node({ op: 'reshape', x: x.id, shape }, x.type);
  }

  transpose(x: Val, perm: readonly number[]): Val {
    return this.node({ op: 'transpose', x: x.id, perm }, x.type);
  }

  /** Elements `start, start + step, …` along one axis. */
  sliceAxis(x: Val, axis: number, start: number, length: number, step = 1): Val {
    const shape = this.shape(x);
    const at = (value: number, other: (size: number) => number) =>
      shape.map((size, i) => (i === axis ? value : other(size)));
    const form = {
      starts: at(start, () => 0),
      steps: at(step, () => 1),
      shape: at(length, (size) => size),
    };
    return this.node({ op: 'slice', x: x.id, ...form }, x.type);
  }

  concat(parts: readonly Val[], axis: number): Val {
    if (parts.length === 1) return parts[0]!;
    if (parts.length <= MAX_OPERANDS) {
      return this.node({ op: 'concat', x: parts.map(({ id }) => id), axis }, parts[0]!.type);
    }
    const groups: Val[] = [];
    for (let i = 0; i < parts.length; i += MAX_OPERANDS)
      groups.push(this.concat(parts.slice(i, i + MAX_OPERANDS), axis));
    return this.concat(groups, axis);
  }

  gather(data: Val, index: Val): Val {
    return this.node({ op: 'gather', data: data.id, index: index.id }, data.type);
  }

  /** The given rows along one axis, in the given order. */
  pickAxis(x: Val, axis: number, indices: readonly number[]): Val {
    const front = this.toFront(x, axis);
    return this.fromFront(this.gather(front, this.constant([indices.length], indices, 'int64')), axis);
  }

  /** Any elements by their row-major positions. */
  pickFlat(x: Val, positions: ArrayLike<number>, shape: Shape): Val {
    const flat = this.reshape(x, [this.size(x)]);
    const picked = this.gather(flat, this.constant([positions.length], positions, 'int64'));
    return this.reshape(picked, shape);
  }

  private toFront(x: Val, axis: number): Val {
    return this.transpose(x, [axis, ...range(this.shape(x).length).filter((i) => i !== axis)]);
  }

  private fromFront(x: Val, axis: number): Val {
    const rest = range(this.shape(x).length).slice(1);
    return this.transpose(x, [...rest.slice(0, axis), 0, ...rest.slice(axis)]);
  }

  broadcastTo(x: Val, shape: Shape): Val {
    const own = this.shape(x);
    if (String(own) === String(shape)) return x;
    const skipped = shape.length - own.length;
    // Ones along the axes that grow: multiplying with them is exact whatever the type.
    const ones = shape.map((size, axis) => ((axis < skipped ? 1 : own[axis - skipped]!) === size ? 1 : size));
    return this.mul(x, this.filled(ones, 1, x.type));
  }

  /** What two shapes broadcast to. */
  common(a: Val, b: Val): Shape {
    return broadcast(this.shape(a), this.shape(b)) ?? this.shape(this.add(a, b));
  }

  reduceSum(x: Val): Val {
    return this.node({ op: 'reduce_sum', x: x.id }, x.type);
  }

  reduceMax(x: Val): Val {
    return this.node({ op: 'reduce_max', x: x.id }, x.type);
  }

  argmax(x: Val): Val {
    return this.node({ op: 'argmax', x: x.id }, 'int64');
  }

  /** `f`, which turns `[…, K]` into `[…]`, over any axes. */
  over(x: Val, axes: readonly number[], keep: boolean, f: (rows: Val) => Val): Val {
    const shape = this.shape(x);
    const rest = range(shape.length).filter((axis) => !axes.includes(axis));
    const last = this.transpose(x, [...rest, ...axes]);
    const sizes = rest.map((axis) => shape[axis]!);
    const rows = this.reshape(last, [...sizes, axes.reduce((n, axis) => n * shape[axis]!, 1)]);
    return this.reshape(f(rows), keep ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) : sizes);
  }

  sum(x: Val, axes: readonly number[], keep: boolean): Val {
    return this.over(x, axes, keep, (rows) => this.reduceSum(rows));
  }

  mean(x: Val, axes: readonly number[], keep: boolean): Val {
    const count = axes.reduce((n, axis) => n * this.shape(x)[axis]!, 1);
    return this.scale(this.sum(x, axes, keep), 1 / count);
  }

  /** `a · bᵀ` in the form's own layout: rows of b are columns of the result. */
  rows(a: Val, b: Val, bias: Val | null, type: OnnxType = a.type): Val {
    return this.node({ op: 'matmul', a: a.id, b: b.id, bias: bias?.id ?? null }, type);
  }

  swapLast(x: Val): Val {
    const rank = this.shape(x).length;
    return this.transpose(x, [...range(rank - 2), rank - 1, rank - 2]);
  }

  /** NumPy's matmul of at least two dimensions each. */
  matmul(a: Val, b: Val, type: OnnxType = a.type): Val {
    const turned = this.swapLast(b);
    const [left, right] = [this.shape(a).slice(0, -2), this.shape(turned).slice(0, -2)];
    if (elements(right) === 1) {
      const flat = this.reshape(turned, this.shape(turned).slice(-2));
      const out = this.rows(a, flat, null, type);
      return left.length >= right.length ? out : this.reshape(out, [...right, ...this.shape(out).slice(left.length)]);
    }
    const leading = broadcast(left, right) ?? left;
    const wide = (x: Val): Val => this.broadcastTo(x, [...leading, ...this.shape(x).slice(-2)]);
    return this.rows(wide(a), wide(turned), null, type);
  }

  /** The values times a constant matrix `[out, in]` along one axis. */
  alongAxis(x: Val, axis: number, out: number, matrix: readonly number[]): Val {
    const shape = this.shape(x);
    const rank = shape.length;
    const others = range(rank).filter((i) => i !== axis);
    const last = this.transpose(x, [...others, axis]);
    const flat = this.reshape(last, [this.size(x) / shape[axis]!, shape[axis]!]);
    const done = this.rows(flat, this.constant([out, shape[axis]!], matrix, x.type), null);
    const back = this.reshape(done, [...others.map((i) => shape[i]!), out]);
    return this.transpose(back, [...range(axis), rank - 1, ...range(rank - 1).slice(axis)]);
  }

  pool(op: 'sum_pool' | 'max_pool', x: Val, window: Window): Val {
    return this.node({ op, x: x.id, ...window }, x.type);
  }
}
