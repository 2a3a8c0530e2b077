/**
 * The specification's twin: every operator as spec 12.5 words it, one element at a time. Slow on purpose; the kernels are
 * held against it bit by bit.
 */
import type { CheckedProgram } from './check.ts';
import type { Node, Pads, Pair, Stage, ValueId, Window } from './program.ts';
import { allocate, elements, type Shape, stridesOf, type Tensor, type Values } from './tensor.ts';

/** The value of each number after a run. */
export type Environment = readonly Tensor[];

type Get = (id: ValueId) => Tensor;

/** Rounds and clamps an exact result (spec 12.3). */
export const throughStage = (f: number, shift: number, low: number, high: number): number => {
  const half = shift === 0 ? 0 : 1 << (shift - 1);
  return Math.min(Math.max((f + half) >> shift, low), high);
};

/** Calls back with the multi-index of each element, in row-major order; the array is reused. */
const eachIndex = (shape: Shape, visit: (index: readonly number[], flat: number) => void): void => {
  const index = new Array<number>(shape.length).fill(0);
  const total = elements(shape);
  for (let flat = 0; flat < total; flat++) {
    visit(index, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
};

/** Where element `index` of a broadcast result lies in an operand. */
const broadcastOffset = (index: readonly number[], shape: Shape): number => {
  let at = 0;
  const skipped = index.length - shape.length;
  for (let axis = 0; axis < shape.length; axis++)
    at = at * shape[axis]! + (shape[axis] === 1 ? 0 : index[skipped + axis]!);
  return at;
};

const shiftAt = (stage: Stage, get: Get): ((channel: number) => number) => {
  const { shift } = stage;
  if (typeof shift === 'number') return () => shift;
  const { values } = get(shift.constant);
  return (channel) => values[channel]!;
};

/** Visits each window position that lies within an image of `[height, width]`. */
const eachTap = (
  [i, j]: Pair,
  [height, width]: Pair,
  { kernel, strides, dilations, pads }: Window,
  visit: (row: number, column: number, p: number, q: number) => void,
): void => {
  for (let p = 0; p < kernel[0]; p++) {
    const row = i * strides[0] + p * dilations[0] - pads[0];
    if (row < 0 || row >= height) continue;
    for (let q = 0; q < kernel[1]; q++) {
      const column = j * strides[1] + q * dilations[1] - pads[1];
      if (column >= 0 && column < width) visit(row, column, p, q);
    }
  }
};

const matmul = (
  a: Tensor,
  b: Tensor,
  bias: Tensor | null,
  out: Shape,
  store: (at: number, f: number, n: number) => void,
) => {
  const [n, k] = [b.shape.at(-2)!, b.shape.at(-1)!];
  const m = a.shape.at(-2)!;
  const total = elements(out);
  for (let at = 0; at < total; at++) {
    const column = at % n;
    const row = Math.floor(at / n);
    const batch = b.shape.length === 2 ? 0 : Math.floor(row / m);
    let f = bias === null ? 0 : bias.values[column]!;
    for (let i = 0; i < k; i++) f += a.values[row * k + i]! * b.values[(batch * n + column) * k + i]!;
    store(at, f, column);
  }
};

type Conv = { readonly strides: Pair; readonly dilations: Pair; readonly pads: Pads; readonly groups: number };

const conv = (
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  form: Conv,
  out: Shape,
  store: (at: number, f: number, o: number) => void,
) => {
  const [, height, width, channels] = x.shape as [number, number, number, number];
  const [count, kh, kw, depth] = w.shape as [number, number, number, number];
  const window = { kernel: [kh, kw] as Pair, strides: form.strides, dilations: form.dilations, pads: form.pads };
  eachIndex(out, ([b, i, j, o], at) => {
    const first = Math.floor(o! / (count / form.groups)) * depth;
    let f = bias === null ? 0 : bias.values[o!]!;
    eachTap([i!, j!], [height, width], window, (row, column, p, q) => {
      for (let c = 0; c < depth; c++) {
        const input = x.values[((b! * height + row) * width + column) * channels + first + c]!;
        f += input * w.values[((o! * kh + p) * kw + q) * depth + c]!;
      }
    });
    store(at, f, o!);
  });
};

const pool = (x: Tensor, window: Window, out: Shape, visit: (at: number, values: readonly number[]) => void) => {
  const [, height, width, channels] = x.shape as [number, number, number, number];
  eachIndex(out, ([b, i, j, c], at) => {
    const values: number[] = [];
    eachTap([i!, j!], [height, width], window, (row, column) => {
      values.push(x.values[((b! * height + row) * width + column) * channels + c!]!);
    });
    visit(at, values);
  });
};

/** Runs of the last axis. */
const eachRow = (x: Tensor, visit: (row: Values, at: number) => void): void => {
  const size = x.shape.at(-1)!;
  for (let at = 0; at < x.values.length / size; at++) visit(x.values.subarray(at * size, (at + 1) * size), at);
};

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

const largest = (values: Iterable<number>): number => {
  let best = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > best) best = value;
  return best;
};

/** Executes one node of a checked program, whose result has the given shape. */
export const executeNode = (node: Node, shape: Shape, get: Get): Tensor => {
  const { form, stage, dtype } = node;
  const values = allocate(dtype, elements(shape));
  const done = (): Tensor => ({ dtype, shape, values });
  const shift = stage === null ? () => 0 : shiftAt(stage, get);
  const store = (at: number, f: number, channel = 0): void => {
    values[at] = throughStage(f, shift(channel), stage!.low, stage!.high);
  };
  switch (form.op) {
    case 'matmul':
      matmul(get(form.a), get(form.b), form.bias === null ? null : get(form.bias), shape, store);
      return done();
    case 'conv':
      conv(get(form.x), get(form.w), form.bias === null ? null : get(form.bias), form, shape, store);
      return done();
    case 'sum_pool':
      pool(get(form.x), form, shape, (at, window) => store(at, sum(window)));
      return done();
    case 'max_pool':
      pool(get(form.x), form, shape, (at, window) => {
        values[at] = largest(window);
      });
      return done();
    case 'affine': {
      const operands = form.x.map(get);
      eachIndex(shape, (index, at) => {
        let f = form.d;
        operands.forEach((x, i) => {
          f += form.c[i]! * x.values[broadcastOffset(index, x.shape)]!;
        });
        store(at, f);
      });
      return done();
    }
    case 'mul': {
      const [a, b] = [get(form.a), get(form.b)];
      eachIndex(shape, (index, at) => {
        store(at, a.values[broadcastOffset(index, a.shape)]! * b.values[broadcastOffset(index, b.shape)]!);
      });
      return done();
    }
    case 'reduce_sum':
      eachRow(get(form.x), (row, at) => store(at, sum(row)));
      return done();
    case 'reduce_max':
      eachRow(get(form.x), (row, at) => {
        values[at] = largest(row);
      });
      return done();
    case 'argmax':
      eachRow(get(form.x), (row, at) => {
        values[at] = row.indexOf(largest(row));
      });
      return done();
    case 'lookup': {
      const table = get(form.table).values;
      get(form.x).values.forEach((x, at) => {
        values[at] = table[x - form.first]!;
      });
      return done();
    }
    case 'gather': {
      const data = get(form.data);
      const size = data.values.length / data.shape[0]!;
      get(form.index).values.forEach((row, at) => {
        values.set(data.values.subarray(row * size, (row + 1) * size), at * size);
      });
      return done();
    }
    case 'reshape':
      values.set(get(form.x).values);
      return done();
    case 'transpose': {
      const x = get(form.x);
      const steps = stridesOf(x.shape);
      eachIndex(shape, (index, at) => {
        values[at] = x.values[sum(index.map((i, axis) => i * steps[form.perm[axis]!]!))]!;
      });
      return done();
    }
    case 'slice': {
      const x = get(form.x);
      const steps = stridesOf(x.shape);
      eachIndex(shape, (index, at) => {
        values[at] =
          x.values[sum(index.map((i, axis) => (form.starts[axis]! + i * form.steps[axis]!) * steps[axis]!))]!;
      });
      return done();
    }
    case 'concat': {
      const width = elements(shape.slice(form.axis));
      let before = 0;
      for (const x of form.x.map(get)) {
        const run = elements(x.shape.slice(form.axis));
        for (let outer = 0; outer * run < x.values.length; outer++) {
          values.set(x.values.subarray(outer * run, (outer + 1) * run), outer * width + before);
        }
        before += run;
      }
      return done();
    }
  }
};

/**
 * Runs a program on inputs that `admitInputs` accepted.
 * @returns every value by number: inputs, constants, then one a node
 */
export const runReference = (program: CheckedProgram, inputs: readonly Tensor[]): Environment => {
  const values: Tensor[] = [...inputs];
  for (const { dtype, shape, read } of program.constants) values.push({ dtype, shape, values: read() });
  for (const node of program.nodes) {
    values.push(executeNode(node, program.types[values.length]!.shape, (id) => values[id]!));
  }
  return values;
};
