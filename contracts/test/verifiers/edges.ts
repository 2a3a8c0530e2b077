/** Runs of programs at the edges of spec 12: no nodes, no inputs, rank 0 and 8, rows around a chunk, windows mostly outside. */
import { unwrap } from '@surety/core';
import {
  allocate,
  type Dtype,
  elements,
  type IntegerForm,
  iterate,
  type Shape,
  type Stage,
  type Tensor,
} from '@surety/programs';
import { openProgram, openRun, type RunBook } from '@surety/proofs';
import { ProgramBuilder } from '../../../packages/programs/src/build.ts';
import { Random } from '../../../packages/programs/test/random.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const WIDE: Stage = { shift: 0, low: -(2 ** 30) + 1, high: 2 ** 30 - 1 };
const BYTE: Stage = { shift: 1, low: -128, high: 127 };

const LEAST = { i8: -128, i16: -32_768, i32: -(2 ** 30) + 1 } as const;
const MOST = { i8: 127, i16: 32_767, i32: 2 ** 30 - 1 } as const;

class Edge {
  readonly b = new ProgramBuilder();
  private readonly random: Random;
  private named = 0;
  constructor(random: Random) {
    this.random = random;
  }
  input(dtype: Dtype, shape: Shape, low: number = LEAST[dtype], high: number = MOST[dtype]): number {
    return this.b.input({ name: `x${this.named++}`, dtype, shape, low, high, encoding: UNIT });
  }
  values(dtype: Dtype, shape: Shape, low: number, high: number): Tensor {
    const values = allocate(dtype, elements(shape));
    for (let i = 0; i < values.length; i++) values[i] = this.random.chance(20) ? low : this.random.int(low, high);
    return { dtype, shape, values };
  }
  constant(dtype: Dtype, shape: Shape, low: number = LEAST[dtype], high: number = MOST[dtype]): number {
    const { values } = this.values(dtype, shape, low, high);
    return this.b.constant(dtype, shape, () => values);
  }
  node(form: IntegerForm, dtype: Dtype, stage: Stage | null = null): number {
    return unwrap(this.b.node({ form, dtype, stage }));
  }
  out(value: number): string {
    const name = `y${this.named++}`;
    this.b.output(name, value, UNIT);
    return name;
  }
}

const KINDS: Record<string, { steps: number; make: (e: Edge) => void }> = {
  'no nodes': {
    steps: 1,
    make: (e) => {
      const x = e.input('i16', [3]);
      e.out(e.constant('i8', []));
      e.out(x);
    },
  },
  'no nodes, several steps': {
    steps: 5,
    make: (e) => {
      const [x, s] = [e.input('i16', [3]), e.input('i8', [2])];
      e.out(e.constant('i8', []));
      e.out(x);
      e.b.state('x1', e.out(s));
    },
  },
  'no inputs': {
    steps: 1,
    make: (e) => {
      const c = e.constant('i8', [2, 2]);
      e.out(e.node({ op: 'affine', x: [c, c], c: [3, -2], d: 7 }, 'i16', { shift: 3, low: -900, high: 900 }));
    },
  },
  'no inputs, several steps': {
    steps: 2,
    make: (e) => {
      const c = e.constant('i8', []);
      e.out(e.node({ op: 'affine', x: [c], c: [3], d: 7 }, 'i16', { shift: 3, low: -900, high: 900 }));
      e.out(c);
    },
  },
  'a state handed on untouched, inputs and constants as outputs': {
    steps: 3,
    make: (e) => {
      const [x, s, u] = [e.input('i8', []), e.input('i16', [1, 2, 1]), e.input('i32', [513], -(2 ** 29), 2 ** 29)];
      const c = e.constant('i32', [2]);
      const y = e.node({ op: 'affine', x: [x, s], c: [1, -1], d: 1 }, 'i16', { shift: 30, low: -1, high: 1 });
      e.out(y);
      e.out(c);
      e.out(x);
      e.b.state('x1', e.out(s));
      const next = e.node({ op: 'affine', x: [u, x], c: [1, 1], d: 0 }, 'i32', {
        shift: 0,
        low: -(2 ** 29),
        high: 2 ** 29,
      });
      e.b.state('x2', e.out(next));
    },
  },
  'ranks 0 and 8': {
    steps: 1,
    make: (e) => {
      const [x, r, i] = [e.input('i8', []), e.input('i16', [1, 2, 1, 3, 1, 2, 1, 2]), e.input('i8', [], 0, 4)];
      e.out(e.node({ op: 'affine', x: [x], c: [-77], d: -3 }, 'i8', { shift: 7, low: -128, high: 127 }));
      e.out(e.node({ op: 'mul', a: x, b: x }, 'i16', { shift: 0, low: -32_768, high: 32_767 }));
      const wide = e.node({ op: 'reshape', x, shape: [1, 1, 1, 1, 1, 1, 1, 1] }, 'i8');
      e.out(e.node({ op: 'reshape', x: wide, shape: [] }, 'i8'));
      const t = e.node({ op: 'transpose', x: r, perm: [7, 3, 0, 5, 1, 2, 4, 6] }, 'i16');
      const s = e.node(
        {
          op: 'slice',
          x: t,
          starts: [1, 2, 0, 1, 1, 0, 0, 0],
          steps: [-1, -2, 1, -1, -1, 7, -9, 1],
          shape: [2, 2, 1, 2, 1, 1, 1, 1],
        },
        'i16',
      );
      e.out(s);
      e.out(e.node({ op: 'mul', a: r, b: x }, 'i32', WIDE));
      const table = e.constant('i32', [300]);
      e.out(e.node({ op: 'lookup', x, table, first: -150 }, 'i32'));
      e.out(e.node({ op: 'gather', data: e.constant('i16', [5]), index: i }, 'i16'));
      e.out(e.node({ op: 'gather', data: e.constant('i8', [5, 1, 2]), index: i }, 'i8'));
      const row = e.constant('i8', [4]);
      e.out(e.node({ op: 'argmax', x: row }, 'i32'));
      e.out(e.node({ op: 'reduce_max', x: row }, 'i8'));
      e.out(e.node({ op: 'reduce_sum', x: row }, 'i8', BYTE));
      e.out(e.node({ op: 'concat', x: [r, r, r], axis: 7 }, 'i16'));
    },
  },
  'sixteen operands': {
    steps: 1,
    make: (e) => {
      const xs = Array.from({ length: 16 }, (_, i) => e.input('i8', [1, 1, 1, 1, 1, 1, i % 2 === 0 ? 1 : 3, 2]));
      e.out(e.node({ op: 'affine', x: xs, c: xs.map((_, i) => i - 8), d: 5 }, 'i8', BYTE));
      const same = xs.filter((_, i) => i % 2 === 1);
      e.out(e.node({ op: 'concat', x: [...same, ...same.slice(0, 7)], axis: 6 }, 'i8'));
    },
  },
  'rows around a chunk': {
    steps: 2,
    make: (e) => {
      for (const [dtype, length] of [
        ['i8', 1_023],
        ['i8', 1_024],
        ['i8', 1_025],
        ['i16', 511],
        ['i16', 512],
        ['i16', 1_100],
        ['i32', 255],
        ['i32', 257],
        ['i32', 1_030],
        ['i8', 340],
      ] as const) {
        const x = e.input(dtype, [3, length]);
        e.out(e.node({ op: 'reduce_max', x }, dtype));
        e.out(e.node({ op: 'argmax', x }, 'i32'));
        if (dtype !== 'i32') e.out(e.node({ op: 'reduce_sum', x }, 'i32', WIDE));
        e.out(e.node({ op: 'slice', x, starts: [2, length - 1], steps: [-1, -3], shape: [3, 85] }, dtype));
        e.out(x);
      }
    },
  },
  'long products of least values': {
    steps: 1,
    make: (e) => {
      for (const [da, db, k] of [
        ['i8', 'i8', 1_024],
        ['i8', 'i8', 2_049],
        ['i8', 'i16', 1_025],
        ['i16', 'i8', 31],
        ['i8', 'i8', 33],
        ['i8', 'i8', 1],
      ] as const) {
        const a = e.input(da, [2, k]);
        const b = e.constant(db, [3, k], db === 'i8' ? -128 : -8_000, db === 'i8' ? 127 : 0);
        const bias = e.constant('i32', [3], -1_000, 1_000);
        e.out(e.node({ op: 'matmul', a, b, bias }, 'i32', { ...WIDE, shift: 4 }));
        const three = e.input('i8', [2, 2, k]);
        const per = e.constant('i8', [2, 4, k]);
        const constant = e.constant('i8', [4], 0, 9);
        e.out(
          e.node({ op: 'matmul', a: three, b: per, bias: null }, 'i16', {
            shift: { constant },
            low: -9_999,
            high: 9_999,
          }),
        );
      }
    },
  },
  'windows mostly outside': {
    steps: 1,
    make: (e) => {
      const x = e.input('i8', [2, 2, 3, 4], -100, 100);
      const pool = { kernel: [70, 70], strides: [3, 2], dilations: [1, 1], pads: [69, 69, 68, 67] } as const;
      e.out(e.node({ op: 'max_pool', x, ...pool }, 'i8'));
      e.out(e.node({ op: 'sum_pool', x, ...pool }, 'i16', { shift: 2, low: -300, high: 300 }));
      const w = e.constant('i8', [6, 3, 2, 2]);
      const window = { strides: [2, 1], dilations: [5, 3], pads: [9, 4, 6, 7], groups: 2 } as const;
      e.out(e.node({ op: 'conv', x, w, bias: null, ...window }, 'i16', { shift: 1, low: -32_768, high: 32_767 }));
      const deep = e.input('i8', [1, 2, 2, 2_060]);
      const filters = e.constant('i8', [4, 2, 1, 1_030]);
      const simple = { strides: [1, 1], dilations: [1, 1], pads: [1, 0, 0, 1], groups: 2 } as const;
      e.out(e.node({ op: 'conv', x: deep, w: filters, bias: null, ...simple }, 'i32', WIDE));
    },
  },
};

export const EDGES = Object.keys(KINDS);

export const edgeRun = async (name: string, seed: number): Promise<RunBook> => {
  const { steps, make } = KINDS[name]!;
  const edge = new Edge(new Random(seed));
  make(edge);
  const checked = unwrap(edge.b.finish());
  const specs =
    steps === 1
      ? checked.inputs
      : unwrap(iterate(checked, steps)).inputs.map((type, i) => ({ ...checked.inputs[i]!, ...type }));
  const inputs = specs.map(({ dtype, shape, low, high }) => edge.values(dtype, shape, low, high));
  return unwrap(await openRun(openProgram(checked), inputs, steps === 1 ? {} : { steps }));
};
