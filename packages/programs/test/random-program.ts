/** Random valid programs over all operators of spec 12.5, and inputs for them. */
import {
  ARITHMETIC,
  allocate,
  type CheckedProgram,
  checkProgram,
  DTYPE_RANGE,
  type Dtype,
  elements,
  type IntegerForm,
  type Interval,
  type Iteration,
  type Node,
  type OpName,
  type Program,
  type Shape,
  type Stage,
  type Tensor,
  type TensorType,
} from '../src/index.ts';
import { Random } from './random.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** A value before numbers are given: constants are numbered before nodes, and are still being added. */
type Ref = { readonly of: 'input' | 'constant' | 'node'; readonly at: number };

type Known = TensorType & { readonly ref: Ref; readonly range: Interval };

type Form = { readonly op: OpName; readonly make: (id: (ref: Ref) => number) => IntegerForm };

const OPS: readonly OpName[] = [
  'matmul',
  'conv',
  'sum_pool',
  'max_pool',
  'affine',
  'mul',
  'reduce_sum',
  'reduce_max',
  'argmax',
  'lookup',
  'gather',
  'reshape',
  'transpose',
  'slice',
  'concat',
];

/** Sizes up to this; larger ones now and then, so that whole blocks and their rests both occur. */
const LARGEST = 5;

class Builder {
  readonly random: Random;
  private readonly inputs: Program['inputs'][number][] = [];
  private readonly constants: Program['constants'][number][] = [];
  private readonly nodes: ((id: (ref: Ref) => number) => Node)[] = [];
  readonly known: Known[] = [];
  checked: CheckedProgram | null = null;

  constructor(random: Random) {
    this.random = random;
  }

  private numbered(outputs: readonly Ref[], states: Program['states'] = []): Program {
    const id = ({ of, at }: Ref): number => {
      if (of === 'input') return at;
      return at + this.inputs.length + (of === 'constant' ? 0 : this.constants.length);
    };
    return {
      inputs: this.inputs,
      constants: this.constants,
      nodes: this.nodes.map((make) => make(id)),
      outputs: outputs.map((ref, i) => ({ name: `y${i}`, value: id(ref), encoding: UNIT })),
      states,
    };
  }

  size(): number {
    return this.random.chance(15) ? this.random.int(6, 40) : this.random.int(1, LARGEST);
  }

  shape(rank: number): number[] {
    return Array.from({ length: rank }, () => this.random.int(1, LARGEST));
  }

  private range(dtype: Dtype): Interval {
    const limit = DTYPE_RANGE[dtype];
    if (this.random.chance(30) && dtype !== 'i32') return limit;
    const size = 2 ** this.random.int(1, { i8: 7, i16: 15, i32: 24 }[dtype]);
    const low = this.random.chance(30) ? 0 : -size;
    return { low: Math.max(low, limit.low), high: size - 1 };
  }

  values(type: TensorType, { low, high }: Interval): Tensor {
    const values = allocate(type.dtype, elements(type.shape));
    for (let i = 0; i < values.length; i++) values[i] = this.random.int(low, high);
    return { ...type, values };
  }

  constant(dtype: Dtype, shape: Shape, range: Interval = this.range(dtype)): Known {
    const { values } = this.values({ dtype, shape }, range);
    this.constants.push({ dtype, shape, read: () => values });
    return { dtype, shape, range, ref: { of: 'constant', at: this.constants.length - 1 } };
  }

  input(dtype: Dtype, shape: Shape): Known {
    const range = this.range(dtype);
    const at = this.inputs.length;
    this.inputs.push({ name: `x${at}`, dtype, shape, ...range, encoding: UNIT });
    const known: Known = { dtype, shape, range, ref: { of: 'input', at } };
    this.known.push(known);
    return known;
  }

  narrow(): Dtype {
    return this.random.chance(65) ? 'i8' : 'i16';
  }

  any(): Dtype {
    return this.random.pick(['i8', 'i8', 'i16', 'i32']);
  }

  /** A value of this type: one that there is, a constant, or a new input while there are few. */
  operand(dtype: Dtype, shape: Shape): Known {
    const same = this.known.filter((k) => k.dtype === dtype && k.shape.join() === shape.join());
    if (same.length > 0 && this.random.chance(80)) return this.random.pick(same);
    return this.inputs.length < 6 && this.random.chance(60) ? this.input(dtype, shape) : this.constant(dtype, shape);
  }

  /** A value that fits, or a new input of the given type. */
  some(fits: (k: Known) => boolean, otherwise: () => Known): Known {
    const found = this.known.filter((k) => fits(k) && elements(k.shape) <= 4096);
    return found.length > 0 && this.random.chance(85) ? this.random.pick(found) : otherwise();
  }

  stage(dtype: Dtype, shifts: Known | null): (id: (ref: Ref) => number) => Stage {
    const limit = DTYPE_RANGE[dtype];
    const low = this.random.chance(30) ? 0 : this.random.chance(20) ? Math.ceil(limit.low / 3) : limit.low;
    const high = this.random.chance(20) ? Math.floor(limit.high / 5) : limit.high;
    const shift = this.random.chance(15) ? this.random.int(0, 30) : this.random.int(0, 9);
    return (id) => ({ shift: shifts === null ? shift : { constant: id(shifts.ref) }, low, high });
  }

  /** Takes the node if the program stays valid with it. */
  add({ op, make }: Form, dtype: Dtype, shifts: Known | null): boolean {
    const stage = ARITHMETIC.has(op) ? this.stage(dtype, shifts) : () => null;
    this.nodes.push((id) => ({ form: make(id), dtype, stage: stage(id) }));
    const ref: Ref = { of: 'node', at: this.nodes.length - 1 };
    const result = checkProgram(this.numbered([ref]));
    if (!result.ok || elements(result.value.types.at(-1)!.shape) > 8192) {
      this.nodes.pop();
      return false;
    }
    this.known.push({ ...result.value.types.at(-1)!, range: result.value.ranges.at(-1)!, ref });
    return true;
  }

  /** What an input becomes in the next step: another value that fits, or its own with something added, clamped to its range. */
  private nextOf(at: number): Ref {
    const { dtype, shape, low, high } = this.inputs[at]!;
    const [same, alike]: [Known[], Known[]] = [[], []];
    for (const k of this.known) {
      if (k.shape.join() !== shape.join()) continue;
      alike.push(k);
      if (k.dtype === dtype && k.range.low >= low && k.range.high <= high) same.push(k);
    }
    if (this.random.chance(40)) return this.random.pick(same).ref;
    const own: Ref = { of: 'input', at };
    const other = this.random.pick(alike).ref;
    const [c, d] = [[this.random.pick([1, 3]), this.random.int(-3, 3)], this.random.int(-99, 99)];
    const shift = this.random.int(0, 2);
    this.nodes.push((id) => ({
      form: { op: 'affine', x: [id(own), id(other)], c, d },
      dtype,
      stage: { shift, low, high },
    }));
    return { of: 'node', at: this.nodes.length - 1 };
  }

  /** The program with some of its values as outputs, the last one always; some of its inputs states if wanted. */
  finish(states: boolean): CheckedProgram | null {
    if (this.nodes.length === 0) return null;
    const joints = states ? this.inputs.flatMap((_, input) => (this.random.chance(60) ? [input] : [])) : [];
    const fed = joints.map((input) => this.nextOf(input));
    const last = this.known.at(-1)!.ref;
    const more = Array.from({ length: this.random.int(0, 2) }, () => this.random.pick(this.known).ref);
    const from = more.length + 1;
    const pairs = joints.map((input, i) => ({ input, output: from + i }));
    const result = checkProgram(this.numbered([...more, last, ...fed], pairs));
    return result.ok ? result.value : null;
  }
}

const image = (b: Builder): Known =>
  b.some(
    (k) => k.shape.length === 4 && k.dtype !== 'i32',
    () => b.input(b.narrow(), [b.random.int(1, 2), b.random.int(1, 9), b.random.int(1, 9), b.size()]),
  );

const windowOf = (b: Builder) => {
  const small = () => [b.random.int(1, 3), b.random.int(1, 3)] as const;
  const most = b.random.int(0, 2);
  const pad = () => b.random.int(0, most);
  return { kernel: small(), strides: small(), dilations: small(), pads: [pad(), pad(), pad(), pad()] as const };
};

const anyRank = (b: Builder, least: number): Known =>
  b.some(
    (k) => k.shape.length >= least,
    () => b.input(b.any(), b.shape(b.random.int(least, 4))),
  );

/** Bias and shifts of so many channels, each there or not. */
const channels = (b: Builder, n: number): { readonly bias: Known | null; readonly shifts: Known | null } => ({
  bias: b.random.chance(60) ? b.operand('i32', [n]) : null,
  shifts: b.random.chance(30) ? b.constant('i8', [n], { low: 0, high: 12 }) : null,
});

/** Draws a node of an operator and offers it to the program. */
const offer = (b: Builder, op: OpName): boolean => {
  const r = b.random;
  switch (op) {
    case 'matmul': {
      const a = b.some(
        (k) => k.shape.length >= 2 && k.dtype !== 'i32',
        () => b.input(b.narrow(), [...b.shape(r.int(0, 2)), b.size(), b.size()]),
      );
      const n = b.size();
      const k = a.shape.at(-1)!;
      const leading = r.chance(30) ? a.shape.slice(0, -2) : [];
      const w = r.chance(60) ? b.constant(b.narrow(), [...leading, n, k]) : b.operand(b.narrow(), [...leading, n, k]);
      const { bias, shifts } = channels(b, n);
      const make: Form['make'] = (id) => ({ op, a: id(a.ref), b: id(w.ref), bias: bias && id(bias.ref) });
      return b.add({ op, make }, b.any(), shifts);
    }
    case 'conv': {
      const x = image(b);
      const c = x.shape[3]!;
      const groups = r.pick([1, c, ...[2, 3, 4].filter((g) => c % g === 0)]);
      const count = groups * (r.chance(50) ? 1 : r.int(1, 9));
      const { kernel, ...window } = windowOf(b);
      const shape = [count, ...kernel, c / groups];
      const w = r.chance(80) ? b.constant(b.narrow(), shape) : b.operand(b.narrow(), shape);
      const { bias, shifts } = channels(b, count);
      const make: Form['make'] = (id) => ({
        op,
        x: id(x.ref),
        w: id(w.ref),
        bias: bias && id(bias.ref),
        ...window,
        groups,
      });
      return b.add({ op, make }, b.any(), shifts);
    }
    case 'sum_pool':
    case 'max_pool': {
      const x = b.some(
        (k) => k.shape.length === 4,
        () => image(b),
      );
      const window = windowOf(b);
      return b.add(
        { op, make: (id) => ({ op, x: id(x.ref), ...window }) },
        op === 'max_pool' ? x.dtype : b.any(),
        null,
      );
    }
    case 'affine':
    case 'mul': {
      const first = anyRank(b, 0);
      const broadcastOf = (shape: Shape): Shape =>
        shape.slice(r.chance(30) ? r.int(0, shape.length) : 0).map((size) => (r.chance(30) ? 1 : size));
      const count = op === 'mul' ? 1 : r.int(0, 3);
      const operands = [first, ...Array.from({ length: count }, () => b.operand(b.any(), broadcastOf(first.shape)))];
      if (r.chance(50)) operands.reverse();
      const most = r.pick([1, 3, 200, 20_000]);
      const c = operands.map(() => r.int(-most, most));
      const d = r.int(-most * 50, most * 50);
      const make: Form['make'] = (id) => {
        const x = operands.map(({ ref }) => id(ref));
        return op === 'mul' ? { op, a: x[0]!, b: x[1]! } : { op, x, c, d };
      };
      return b.add({ op, make }, b.any(), null);
    }
    case 'reduce_sum':
    case 'reduce_max':
    case 'argmax': {
      const x = anyRank(b, 1);
      const dtype = op === 'argmax' ? 'i32' : op === 'reduce_max' ? x.dtype : b.any();
      return b.add({ op, make: (id) => ({ op, x: id(x.ref) }) }, dtype, null);
    }
    case 'lookup': {
      const x = b.some(
        ({ range }) => range.high - range.low < 70_000,
        () => b.input('i8', b.shape(2)),
      );
      const before = r.int(0, 3);
      const table = b.constant(b.any(), [x.range.high - x.range.low + 1 + before + r.int(0, 3)]);
      const make: Form['make'] = (id) => ({ op, x: id(x.ref), table: id(table.ref), first: x.range.low - before });
      return b.add({ op, make }, table.dtype, null);
    }
    case 'gather': {
      const index = b.some(
        ({ range }) => range.low >= 0 && range.high < 300,
        () => b.input('i8', b.shape(1)),
      );
      if (index.range.low < 0) return false;
      const rows = index.range.high + 1 + r.int(0, 2);
      const fits = b.known.filter((k) => k.shape.length > 0 && k.shape[0]! > index.range.high);
      const data = fits.length > 0 && r.chance(70) ? r.pick(fits) : b.operand(b.any(), [rows, ...b.shape(r.int(0, 2))]);
      return b.add({ op, make: (id) => ({ op, data: id(data.ref), index: id(index.ref) }) }, data.dtype, null);
    }
    case 'reshape': {
      const x = anyRank(b, 0);
      const shape = r.chance(50) ? [elements(x.shape)] : [...x.shape, 1].sort(() => r.int(-1, 1));
      return b.add({ op, make: (id) => ({ op, x: id(x.ref), shape }) }, x.dtype, null);
    }
    case 'transpose': {
      const x = anyRank(b, 1);
      const perm = [...x.shape.keys()];
      for (let i = perm.length - 1; i > 0; i--) {
        const j = r.int(0, i);
        [perm[i], perm[j]] = [perm[j]!, perm[i]!];
      }
      return b.add({ op, make: (id) => ({ op, x: id(x.ref), perm }) }, x.dtype, null);
    }
    case 'slice': {
      const x = anyRank(b, 1);
      const steps = x.shape.map(() => r.pick([1, 1, 1, 2, -1, -2, 3]));
      const starts = x.shape.map((size) => r.int(0, size - 1));
      const shape = x.shape.map((size, axis) => {
        const room = steps[axis]! > 0 ? size - 1 - starts[axis]! : starts[axis]!;
        return r.int(1, 1 + Math.floor(room / Math.abs(steps[axis]!)));
      });
      return b.add({ op, make: (id) => ({ op, x: id(x.ref), starts, steps, shape }) }, x.dtype, null);
    }
    case 'concat': {
      const first = anyRank(b, 1);
      const axis = r.int(0, first.shape.length - 1);
      const other = () => first.shape.map((size, i) => (i === axis ? r.int(1, LARGEST) : size));
      const x = [first, ...Array.from({ length: r.int(0, 3) }, () => b.operand(first.dtype, other()))];
      return b.add({ op, make: (id) => ({ op, x: x.map(({ ref }) => id(ref)), axis }) }, first.dtype, null);
    }
  }
};

const drawn = (seed: number, nodes: number, states: boolean): CheckedProgram => {
  for (let attempt = 0; ; attempt++) {
    const b = new Builder(new Random(Math.imul(seed, 2_654_435_761) + attempt));
    const wanted = b.random.int(1, nodes);
    let missed = 0;
    for (let made = 0; made < wanted && missed < 40; ) {
      const op = OPS[(seed + attempt + made + missed) % OPS.length]!;
      if (offer(b, op)) made++;
      else missed++;
    }
    const program = b.finish(states);
    if (program !== null) return program;
  }
};

/** The program of a seed: up to `nodes` nodes, the operators taken in turn so that few programs cover all. */
export const randomProgram = (seed: number, nodes = 8): CheckedProgram => drawn(seed, nodes, false);

/** As {@link randomProgram}, with states among its inputs where it has any. */
export const randomStepProgram = (seed: number, nodes = 8): CheckedProgram => drawn(seed, nodes, true);

/** Inputs for a program iterated so many times. */
export const randomStreams = ({ program, inputs }: Iteration, seed: number): Tensor[] =>
  randomInputs({ ...program, inputs: program.inputs.map((spec, i) => ({ ...spec, ...inputs[i]! })) }, seed);

/** Inputs for a program: random within the stated ranges, the ends of a range now and then. */
export const randomInputs = (program: CheckedProgram, seed: number): Tensor[] => {
  const random = new Random(seed ^ 0x5bd1e995);
  const extremes = random.chance(20);
  return program.inputs.map(({ dtype, shape, low, high }) => {
    const values = allocate(dtype, elements(shape));
    for (let i = 0; i < values.length; i++) {
      values[i] = extremes ? random.pick([low, high]) : random.int(low, high);
    }
    return { dtype, shape, values };
  });
};
