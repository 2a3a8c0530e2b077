/** Shapes of results, from the shapes of operands (spec 12.5); the first line of every operator's definition. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import { type IntegerForm, LIMITS, type Pads, type Pair, type ValueId, type Window } from './program.ts';
import { elements, MAX_ELEMENTS, MAX_RANK, type Shape } from './tensor.ts';

const wrong = (form: IntegerForm, message: string, next: string, value: unknown, limit?: string): Problem => ({
  code: 'program.invalid',
  message: `${form.op}: ${message}`,
  next,
  field: form.op,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;

/** A shape within the limits, or what is wrong with it. */
export const checkShape = (shape: Shape, field: string): Result<Shape> => {
  const limit = `at most ${MAX_RANK} dimensions of at least 1, and ${MAX_ELEMENTS} elements`;
  if (shape.length <= MAX_RANK && shape.every(isSize) && elements(shape) <= MAX_ELEMENTS) return ok(shape);
  return refuse({
    code: 'program.invalid',
    message: `${field} has the shape ${show(shape)}.`,
    next: `Give it ${limit}.`,
    field,
    value: show(shape),
    limit,
  });
};

/** The shape that two broadcast to, or `null`. */
export const broadcast = (a: Shape, b: Shape): Shape | null => {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    out.push(Math.max(x, y));
  }
  return out;
};

/** Positions of a sliding window along one axis; 0 or less when it does not fit. */
const positions = (size: number, before: number, after: number, kernel: number, stride: number, dilation: number) =>
  Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;

const windowShape = (
  form: IntegerForm,
  [h, w]: Pair,
  { kernel, strides, dilations, pads }: Window,
): Result<readonly [number, number]> => {
  const positive = [...kernel, ...strides, ...dilations].every(isSize);
  if (!positive || !pads.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    return refuse(
      wrong(
        form,
        'the window is not made of sizes.',
        'Use kernels, strides and dilations of at least 1, and pads of at least 0.',
        { kernel, strides, dilations, pads },
      ),
    );
  }
  if (kernel[0] * kernel[1] > MAX_ELEMENTS) {
    const limit = `${MAX_ELEMENTS} positions`;
    return refuse(wrong(form, 'the window is too large.', `Give it at most ${limit}.`, kernel, limit));
  }
  const rows = positions(h, pads[0], pads[2], kernel[0], strides[0], dilations[0]);
  const columns = positions(w, pads[1], pads[3], kernel[1], strides[1], dilations[1]);
  if (rows >= 1 && columns >= 1) return ok([rows, columns]);
  const next = 'Use a smaller kernel or more padding.';
  return refuse(wrong(form, `the window does not fit into ${h} × ${w}.`, next, kernel));
};

/** `Σ floor((a·i + b) / m)` over i = 0 .. n − 1, by Euclid's steps. */
const floorSum = (n: bigint, m: bigint, a: bigint, b: bigint): bigint => {
  const whole = ((n * (n - 1n)) / 2n) * (a / m) + n * (b / m);
  const top = (a % m) * n + (b % m);
  return top < m ? whole : whole + floorSum(top / m, a % m, m, top % m);
};

/** Windows of `count` whose start is at `first + i·stride` and whose first tap at 0 or later lies at `size` or beyond. */
const skipping = (count: number, first: number, stride: number, dilation: number, size: number): boolean => {
  if (dilation <= size) return false;
  const [n, m, a] = [BigInt(count), BigInt(dilation), BigInt(stride)];
  const b = BigInt((dilation - (-first % dilation)) % dilation);
  return floorSum(n, m, a, b + m - BigInt(size)) > floorSum(n, m, a, b);
};

/** Whether some window lies wholly in the padding. No loop over windows: a few bytes can ask for billions. */
export const touchesNothing = (
  size: number,
  before: number,
  count: number,
  kernel: number,
  stride: number,
  dilation: number,
): boolean => {
  const last = (count - 1) * stride - before;
  if (last >= size) return true;
  const early = Math.min(count, Math.ceil(before / stride));
  // Of the windows that start before the image, the first has the furthest to go.
  if (early > 0 && Math.ceil(before / dilation) > kernel - 1) return true;
  return skipping(early, -before, stride, dilation, size);
};

const convWindow = (form: { strides: Pair; dilations: Pair; pads: Pads }, kernel: Pair): Window => ({
  kernel,
  strides: form.strides,
  dilations: form.dilations,
  pads: form.pads,
});

const rank = (form: IntegerForm, shape: Shape, least: number, exactly = false): Problem | null => {
  const limit = `${exactly ? 'exactly' : 'at least'} ${least} dimension${least === 1 ? '' : 's'}`;
  if (exactly ? shape.length === least : shape.length >= least) return null;
  return wrong(form, `an operand has the shape ${show(shape)}.`, `Give it ${limit}.`, shape, limit);
};

const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, axis) => size === b[axis]);

const vector = (form: IntegerForm, shape: Shape | null, length: number, what: string): Problem | null => {
  if (shape === null || sameShape(shape, [length])) return null;
  return wrong(form, `the ${what} is not one number a channel.`, `Give it the shape [${length}].`, shape);
};

/**
 * The shape of what a form computes.
 * @param shapeOf the shapes of the values it reads
 * @param shifts the shape of the constant of per-channel shifts, where there is one
 */
export const resultShape = (
  form: IntegerForm,
  shapeOf: (id: ValueId) => Shape,
  shifts: Shape | null = null,
): Result<Shape> => {
  const bad = (message: string, next: string, value: unknown): Result<Shape> =>
    refuse(wrong(form, message, next, value));
  const checked = (shape: Shape): Result<Shape> => checkShape(shape, form.op);
  switch (form.op) {
    case 'matmul': {
      const a = shapeOf(form.a);
      const b = shapeOf(form.b);
      const problem = rank(form, a, 2) ?? rank(form, b, 2);
      if (problem) return refuse(problem);
      const n = b.at(-2)!;
      if (a.at(-1) !== b.at(-1)) return bad('the rows of a and b differ in length.', 'Make K the same.', [a, b]);
      if (b.length > 2 && !sameShape(a.slice(0, -2), b.slice(0, -2))) {
        return bad('a and b differ before their last two axes.', 'Give b the leading axes of a, or none.', [a, b]);
      }
      const bias = form.bias === null ? null : shapeOf(form.bias);
      const odd = vector(form, bias, n, 'bias') ?? vector(form, shifts, n, 'shift');
      return odd ? refuse(odd) : checked([...a.slice(0, -1), n]);
    }
    case 'conv': {
      const x = shapeOf(form.x);
      const w = shapeOf(form.w);
      const problem = rank(form, x, 4, true) ?? rank(form, w, 4, true);
      if (problem) return refuse(problem);
      const [out, kh, kw, c] = w as [number, number, number, number];
      if (!isSize(form.groups) || out % form.groups !== 0 || c * form.groups !== x[3]) {
        return bad('channels and groups do not fit.', 'Give w [O, KH, KW, C / groups], O a multiple.', [x, w]);
      }
      const bias = form.bias === null ? null : shapeOf(form.bias);
      const odd = vector(form, bias, out, 'bias') ?? vector(form, shifts, out, 'shift');
      if (odd) return refuse(odd);
      const size = windowShape(form, [x[1]!, x[2]!], convWindow(form, [kh, kw]));
      return size.ok ? checked([x[0]!, size.value[0], size.value[1], out]) : size;
    }
    case 'sum_pool':
    case 'max_pool': {
      const x = shapeOf(form.x);
      const problem = rank(form, x, 4, true);
      if (problem) return refuse(problem);
      const size = windowShape(form, [x[1]!, x[2]!], form);
      if (!size.ok) return size;
      if (form.op === 'max_pool') {
        const { pads, kernel, strides, dilations } = form;
        const empty =
          touchesNothing(x[1]!, pads[0], size.value[0], kernel[0], strides[0], dilations[0]) ||
          touchesNothing(x[2]!, pads[1], size.value[1], kernel[1], strides[1], dilations[1]);
        if (empty) return bad('a window lies wholly in the padding.', 'Use less padding.', pads);
      }
      return checked([x[0]!, size.value[0], size.value[1], x[3]!]);
    }
    case 'affine': {
      if (form.x.length === 0 || form.x.length !== form.c.length) {
        return bad('operands and multipliers differ in number.', 'Give one multiplier an operand.', form.c);
      }
      let shape: Shape | null = [];
      for (const id of form.x) shape = shape && broadcast(shape, shapeOf(id));
      return shape ? checked(shape) : bad('shapes do not broadcast.', 'Reshape them.', form.x.map(shapeOf));
    }
    case 'mul': {
      const shape = broadcast(shapeOf(form.a), shapeOf(form.b));
      return shape
        ? checked(shape)
        : bad('shapes do not broadcast.', 'Reshape them.', [shapeOf(form.a), shapeOf(form.b)]);
    }
    case 'reduce_sum':
    case 'reduce_max':
    case 'argmax': {
      const x = shapeOf(form.x);
      const problem = rank(form, x, 1);
      return problem ? refuse(problem) : ok(x.slice(0, -1));
    }
    case 'lookup': {
      const table = shapeOf(form.table);
      const problem = rank(form, table, 1, true);
      if (problem) return refuse(problem);
      const limit = `${LIMITS.table} entries`;
      if (table[0]! <= LIMITS.table) return ok(shapeOf(form.x));
      return refuse(wrong(form, `its table has ${table[0]} entries.`, 'Use a coarser index.', table, limit));
    }
    case 'gather': {
      const data = shapeOf(form.data);
      const problem = rank(form, data, 1);
      return problem ? refuse(problem) : checked([...shapeOf(form.index), ...data.slice(1)]);
    }
    case 'reshape': {
      const shape = checked(form.shape);
      if (!shape.ok || elements(form.shape) === elements(shapeOf(form.x))) return shape;
      return bad('the number of elements changes.', 'Keep it.', [shapeOf(form.x), form.shape]);
    }
    case 'transpose': {
      const x = shapeOf(form.x);
      const axes = [...form.perm].sort((a, b) => a - b);
      if (axes.length !== x.length || axes.some((axis, i) => axis !== i)) {
        return bad('perm does not name each axis once.', `Permute 0 .. ${x.length - 1}.`, form.perm);
      }
      return ok(form.perm.map((axis) => x[axis]!));
    }
    case 'slice': {
      const x = shapeOf(form.x);
      const shape = checked(form.shape);
      if (!shape.ok) return shape;
      const fits =
        [form.starts, form.steps, form.shape].every((list) => list.length === x.length) &&
        x.every((size, axis) => {
          const start = form.starts[axis]!;
          const step = form.steps[axis]!;
          const last = start + (form.shape[axis]! - 1) * step;
          const inside = (i: number) => Number.isSafeInteger(i) && i >= 0 && i < size;
          return Number.isSafeInteger(step) && step !== 0 && inside(start) && inside(last);
        });
      return fits ? shape : bad('it reaches beyond its operand.', `Stay within [${x}].`, [form.starts, form.shape]);
    }
    case 'concat': {
      const first = form.x.length === 0 ? null : shapeOf(form.x[0]!);
      if (first === null || !(Number.isSafeInteger(form.axis) && form.axis >= 0 && form.axis < first.length)) {
        return bad('there is no such axis.', 'Name an axis of the operands.', form.axis);
      }
      let total = 0;
      for (const id of form.x) {
        const shape = shapeOf(id);
        const alike =
          shape.length === first.length && shape.every((n, axis) => axis === form.axis || n === first[axis]);
        if (!alike) return bad('operands differ beside the axis.', 'Give them the same other dimensions.', shape);
        total += shape[form.axis]!;
      }
      return checked(first.map((size, axis) => (axis === form.axis ? total : size)));
    }
  }
};
