/** The dearest answer to every kind of question: as many hashes and bytes as one may ask for, no zero byte among the data. */
import { unwrap } from '@surety/core';
import { openProgram, openRun, type Question, type RunBook } from '@surety/proofs';
import { ProgramBuilder } from '../../packages/programs/src/build.ts';
import { Random } from '../../packages/programs/test/random.ts';
import { LIMITS, type Marks, marksOf } from '../../packages/proofs/src/optimistic/question.ts';
import { fullBytes } from './zoo.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const SHAPE = [512, 1024];
const NODES = 200;
/** Terms of the sum: 4,096 segments, so that one part of 64 has 64 again. */
const TERMS = 2 ** 22;

/** A run with 512 chunks to a value, 200 values, and a long sum. */
export const largeRun = async (): Promise<RunBook> => {
  const random = new Random(6);
  const b = new ProgramBuilder();
  const x = b.input({ name: 'x', dtype: 'i8', shape: SHAPE, low: -127, high: 127, encoding: UNIT });
  const line = b.input({ name: 'line', dtype: 'i8', shape: [TERMS], low: -127, high: 127, encoding: UNIT });
  const stage = { shift: 0, low: -(2 ** 30) + 1, high: 2 ** 30 - 1 };
  b.output('sum', unwrap(b.node({ form: { op: 'reduce_sum', x: line }, dtype: 'i32', stage })), UNIT);
  const same = unwrap(b.node({ form: { op: 'reshape', x, shape: SHAPE }, dtype: 'i8', stage: null }));
  const first = { op: 'slice', x: same, starts: [0, 0], steps: [1, 1], shape: [1, 1] } as const;
  let last = unwrap(b.node({ form: first, dtype: 'i8', stage: null }));
  for (let i = 3; i < NODES; i++) {
    const form = { op: 'affine', x: [last], c: [1], d: 1 } as const;
    last = unwrap(b.node({ form, dtype: 'i8', stage: { shift: 0, low: -127, high: 127 } }));
  }
  b.output('last', last, UNIT);
  const program = unwrap(b.finish());
  const inputs = program.inputs.map(({ dtype, shape }) => ({ dtype, shape, values: fullBytes(dtype, shape, random) }));
  return unwrap(await openRun(openProgram(program), inputs));
};

/** Where the 512 chunks are. */
const VALUE = { of: 'node', step: 0, index: 1 } as const;

/** Marks of blocks of that value, so many of them right. */
const marks = async (run: RunBook, right: number): Promise<Marks> => {
  const { chunks } = (await run.step(0))!.node(1)!;
  const { salt, of } = marksOf(chunks, { level: 0, first: 0, count: LIMITS.marks }, 1);
  return { salt, of: of.map((mark, i) => (i < right ? mark : mark ^ 1)) };
};

/** The largest questions of each kind but `refine`, which repeats what the last of these is answered. */
export const largest = async (run: RunBook): Promise<readonly (readonly [string, Question])[]> => [
  [
    'part: 128 values of 200',
    { kind: 'part', place: { of: 'node', step: 0, index: 0 }, level: 0, first: 0, count: 128 },
  ],
  ['chunks: 128 hashes of 512', { kind: 'chunks', place: VALUE, level: 7, first: 1, marks: null }],
  ['chunks: one of 512', { kind: 'chunks', place: VALUE, level: 0, first: 254, marks: null }],
  ['chunks: 16 of 512', { kind: 'chunks', place: VALUE, level: 4, first: 15, marks: null }],
  ['chunks: 4 of an input', { kind: 'chunks', place: { of: 'input', index: 0 }, level: 2, first: 63, marks: null }],
  [
    'chunks: one that differs, of 500',
    { kind: 'chunks', place: VALUE, level: 0, first: 0, marks: await marks(run, 499) },
  ],
  [
    'chunks: that none of 500 differs',
    { kind: 'chunks', place: VALUE, level: 0, first: 0, marks: await marks(run, 500) },
  ],
  ['partials: 64 of 4,096 segments', { kind: 'partials', step: 0, node: 0, element: 0, segments: 4_096, per: 64 }],
];
