/** Random graphs of real numbers over the operators that the quantiser knows, and samples for them. */
import { elements, type RealForm, type RealGraph, type Sample, type Shape } from '../src/index.ts';
import { RealBuilder } from '../src/real/build.ts';
import type { Numeric } from '../src/real/graph.ts';
import { Random } from './random.ts';

type Value = { readonly id: number; readonly shape: Shape; readonly numeric: Numeric };

/** Functions as models have them: smooth, steep near 0, jumping, and clips whose bounds may cross. */
const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  tanh: Math.tanh,
  exp: (x) => Math.exp(Math.min(x, 8)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  'reciprocal of 1 + x²': (x) => 1 / (1 + x * x),
  rsqrt: (x) => 1 / Math.sqrt(Math.abs(x) + 1e-3),
  sqrt: (x) => Math.sqrt(Math.abs(x)),
  log: (x) => Math.log(Math.max(x, 1e-3)),
  floor: Math.floor,
};

const BOUNDS: readonly (readonly [number, number])[] = [
  [0, Number.POSITIVE_INFINITY],
  [-0, 6],
  [-1e-9, 1],
  [Number.NEGATIVE_INFINITY, 0.5],
  [2, -2],
];

class Maker {
  readonly random: Random;
  readonly builder = new RealBuilder();
  readonly values: Value[] = [];
  readonly inputs: {
    readonly name: string;
    readonly size: number;
    readonly numeric: Numeric;
    readonly scale: number;
  }[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  /** About normal numbers (Irwin and Hall) of a scale; whole ones for integers. */
  numbers(size: number, numeric: Numeric, scale: number): Float64Array {
    const unit = () => this.random.bits() / 2 ** 32 - 0.5;
    return Float64Array.from({ length: size }, () =>
      numeric === 'integer' ? this.random.int(0, 4) : (unit() + unit() + unit()) * scale,
    );
  }

  input(shape: Shape, numeric: Numeric): Value {
    const name = `x${this.inputs.length}`;
    const scale = this.random.pick([1e-3, 0.1, 1, 1, 30]);
    this.inputs.push({ name, size: elements(shape), numeric, scale });
    return this.keep(this.builder.input(name, shape, numeric), numeric);
  }

  constant(shape: Shape, numeric: Numeric = 'real'): number {
    return this.builder.constant(
      shape,
      numeric,
      this.numbers(elements(shape), numeric, this.random.pick([0.1, 1, 1, 5])),
      'w',
    );
  }

  private keep(id: number, numeric: Numeric): Value {
    const value = { id, shape: this.builder.shapeOf(id), numeric };
    this.values.push(value);
    return value;
  }

  add(form: RealForm, numeric: Numeric = 'real'): void {
    this.keep(this.builder.node(form, numeric, `n${this.values.length}`), numeric);
  }

  some(fits: (value: Value) => boolean, otherwise: () => Value): Value {
    const found = this.values.filter((value) => fits(value) && elements(value.shape) <= 2_000);
    return found.length > 0 && this.random.chance(90) ? this.random.pick(found) : otherwise();
  }

  real(rank: number): Value {
    return this.some(
      ({ shape, numeric }) => shape.length === rank && numeric === 'real',
      () =>
        this.input(
          Array.from({ length: rank }, () => this.random.int(1, 6)),
          'real',
        ),
    );
  }
}

const STEPS: readonly ((m: Maker) => void)[] = [
  (m) => {
    const a = m.real(2);
    const n = m.random.int(1, 8);
    m.add({
      op: 'matmul',
      a: a.id,
      b: m.constant([n, a.shape[1]!]),
      bias: m.random.chance(50) ? m.constant([n]) : null,
    });
  },
  (m) => {
    const a = m.real(2);
    const b = m.some(
      ({ shape, numeric }) => numeric === 'real' && shape.length === 2 && shape[1] === a.shape[1],
      () => m.input([3, a.shape[1]!], 'real'),
    );
    m.add({ op: 'matmul', a: a.id, b: b.id, bias: null });
  },
  (m) => {
    const x = m.real(4);
    const pads = [m.random.int(0, 1), 0, 0, m.random.int(0, 1)] as const;
    const w = m.constant([m.random.int(1, 4), 1, 1, x.shape[3]!]);
    m.add({ op: 'conv', x: x.id, w, bias: null, strides: [1, 1], dilations: [1, 1], pads, groups: 1 });
  },
  (m) => {
    const x = m.real(m.random.int(1, 3));
    const same = m.some(
      ({ shape, numeric }) => numeric === 'real' && shape.join() === x.shape.join(),
      () => m.input(x.shape, 'real'),
    );
    const c = [m.random.pick([1, -1, 0.37, 100]), m.random.pick([1, -1, 1e-3])];
    m.add({ op: 'affine', x: [x.id, same.id], c, d: m.random.pick([0, 0, 0.25, -3]) });
  },
  (m) => {
    const x = m.real(2);
    const b = m.random.chance(50) ? m.constant([x.shape[1]!]) : m.real(2).id;
    if (m.builder.shape({ op: 'mul', a: x.id, b }).ok) m.add({ op: 'mul', a: x.id, b });
  },
  (m) => m.add({ op: m.random.pick(['reduce_sum', 'reduce_max'] as const), x: m.real(2).id }),
  (m) => {
    const window = { kernel: [1, 1], strides: [2, 1], dilations: [1, 1], pads: [0, 0, 0, 0] } as const;
    m.add({ op: m.random.pick(['sum_pool', 'max_pool'] as const), x: m.real(4).id, ...window });
  },
  (m) => {
    const [name, f] = m.random.pick(Object.entries(FUNCTIONS));
    m.add({ op: 'unary', x: m.real(m.random.int(1, 3)).id, name: name!, f: f! });
  },
  (m) => {
    const [low, high] = m.random.pick(BOUNDS);
    const f = (x: number): number => Math.min(Math.max(x, low), high);
    m.add({ op: 'unary', x: m.real(2).id, name: `clip ${low} ${high}`, f, clip: { low, high } });
  },
  (m) => {
    const index = m.some(
      ({ numeric, shape }) => numeric === 'integer' && shape.length === 1,
      () => m.input([m.random.int(1, 4)], 'integer'),
    );
    m.add({ op: 'gather', data: m.constant([5, 3]), index: index.id });
  },
  (m) => {
    const x = m.real(2);
    m.add({ op: 'transpose', x: x.id, perm: [1, 0] });
  },
  (m) => {
    const [a, b] = [m.real(2), m.real(2)];
    const form = { op: 'concat', x: [a.id, b.id], axis: 0 } as const;
    if (m.builder.shape(form).ok) m.add(form);
  },
];

export type RandomGraph = { readonly graph: RealGraph; readonly samples: readonly Sample[] };

/** The graph of a seed, with samples; the same steps are drawn at other scales for other seeds. */
export const randomGraph = (seed: number, samples = 6): RandomGraph => {
  const m = new Maker(new Random(seed));
  m.input([m.random.int(1, 3), m.random.int(1, 24)], 'real');
  for (let steps = m.random.int(1, 7); steps > 0; steps--) m.random.pick(STEPS)(m);
  const graph = m.builder.finish([{ name: 'y', value: m.values.at(-1)!.id }]);
  const draw = (): Sample =>
    Object.fromEntries(m.inputs.map(({ name, size, numeric, scale }) => [name, m.numbers(size, numeric, scale)]));
  return { graph, samples: Array.from({ length: samples }, draw) };
};
