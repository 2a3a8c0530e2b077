/** Runs of random programs, for tests and benchmarks of disputes. */
import { unwrap } from '@surety/core';
import {
  type Dtype,
  type IntegerForm,
  iterate,
  type Machine,
  ProgramBuilder,
  type Stage,
  tensor,
} from '@surety/programs';
import { Random } from '../../programs/test/random.ts';
import { randomInputs, randomProgram, randomStepProgram, randomStreams } from '../../programs/test/random-program.ts';
import { openProgram, openRun, type RunBook } from '../src/index.ts';

/** Many runs may share a machine; without one each has its own. */
const on = (machine: Machine | undefined) => (machine === undefined ? {} : { machine });

/** A run of the program of a seed, once. */
export const plainRun = async (seed: number, machine?: Machine): Promise<RunBook> => {
  const program = randomProgram(seed, 6);
  return unwrap(await openRun(openProgram(program), randomInputs(program, seed), on(machine)));
};

/** A run of several steps, with states and streams; null where the program of the seed cannot be iterated. */
export const iteratedRun = async (seed: number, machine?: Machine): Promise<RunBook | null> => {
  const program = randomStepProgram(seed, 5);
  const steps = new Random(seed).int(2, 7);
  const iteration = iterate(program, steps);
  if (!iteration.ok || program.inputs.length === 0) return null;
  return unwrap(await openRun(openProgram(program), randomStreams(iteration.value, seed), { steps, ...on(machine) }));
};

const UNIT = { mantissa: 1, exponent: 0 };
const WIDE = { shift: 0, low: -(2 ** 30) + 1, high: 2 ** 30 - 1 };

const drawn = (random: Random, size: number): Int8Array => Int8Array.from({ length: size }, () => random.int(-20, 20));

/** Folds of many segments: a sum and a maximum of 70,000 terms, dot products of 3,000 and a deep `conv`. */
export const longRun = async (machine?: Machine): Promise<RunBook> => {
  const random = new Random(70_000);
  const b = new ProgramBuilder();
  const i8 = (name: string, shape: readonly number[]): number =>
    b.input({ name, dtype: 'i8', shape, low: -20, high: 20, encoding: UNIT });
  const [line, rows, image] = [i8('line', [70_000]), i8('rows', [2, 3_000]), i8('image', [1, 2, 2, 1_500])];
  const constant = (shape: readonly number[]): number => {
    const values = drawn(
      random,
      shape.reduce((product, size) => product * size, 1),
    );
    return b.constant('i8', shape, () => values);
  };
  const bias = b.constant('i32', [3], () => Int32Array.of(5, -5, 0));
  const weights = constant([3, 3_000]);
  const filters = constant([2, 2, 2, 1_500]);
  const node = (form: IntegerForm, dtype: Dtype, stage: Stage | null): void =>
    b.output(form.op, unwrap(b.node({ form, dtype, stage })), UNIT);
  node({ op: 'reduce_sum', x: line }, 'i32', WIDE);
  node({ op: 'reduce_max', x: line }, 'i8', null);
  node({ op: 'matmul', a: rows, b: weights, bias }, 'i16', { shift: 4, low: -32_768, high: 32_767 });
  const window = { strides: [1, 1], dilations: [1, 1], pads: [1, 0, 0, 0], groups: 1 } as const;
  node({ op: 'conv', x: image, w: filters, bias: null, ...window }, 'i32', WIDE);
  const program = unwrap(b.finish());
  const inputs = program.inputs.map(({ dtype, shape }) => {
    return tensor(
      dtype,
      shape,
      drawn(
        random,
        shape.reduce((product, size) => product * size, 1),
      ),
    );
  });
  return unwrap(await openRun(openProgram(program), inputs, on(machine)));
};

/** So many steps of so many nodes over one value. */
export const wideRun = async (steps: number, nodes: number): Promise<RunBook> => {
  const b = new ProgramBuilder();
  const range = { dtype: 'i16', shape: [1], low: -9_999, high: 9_999, encoding: UNIT } as const;
  const x = b.input({ name: 'x', ...range });
  let value = b.input({ name: 'state', ...range });
  for (let i = 0; i < nodes; i++) {
    const form = {
      op: 'affine',
      x: i % 9 === 0 ? [value, x] : [value],
      c: i % 9 === 0 ? [1, 1] : [1],
      d: (i % 7) - 3,
    } as const;
    value = unwrap(b.node({ form, dtype: 'i16', stage: { shift: 0, low: -9_999, high: 9_999 } }));
  }
  b.output('next', value, UNIT);
  b.state('state', 'next');
  const stream = tensor(
    'i16',
    [steps, 1],
    Array.from({ length: steps }, (_, i) => (i % 23) - 11),
  );
  const inputs = [stream, tensor('i16', [1], [5])];
  return unwrap(await openRun(openProgram(unwrap(b.finish())), inputs, { steps }));
};
