/** Runs with one value of as many chunks as one likes, and lies about some of them. */
import { unwrap } from '@surety/core';
import { ProgramBuilder, type Tensor, tensor } from '@surety/programs';
import { openProgram, openRun, type RunBook } from '../src/index.ts';
import { type Story, truth } from './liar.ts';

/** Elements and bytes of a chunk: each is a row. */
export const ROW = 1_024;

/** The element of a row that a lie is about. */
const AT = 77;

/** One node, whose value has so many chunks. */
export const rowsRun = async (chunks: number): Promise<RunBook> => {
  const encoding = { mantissa: 1, exponent: 0 };
  const shape = [chunks, ROW];
  const b = new ProgramBuilder();
  const x = b.input({ name: 'x', dtype: 'i8', shape, low: -9, high: 9, encoding });
  const form = { op: 'affine', x: [x], c: [1], d: 1 } as const;
  b.output('y', unwrap(b.node({ form, dtype: 'i8', stage: { shift: 0, low: -9, high: 10 } })), encoding);
  const values = Int8Array.from({ length: chunks * ROW }, (_, i) => (i % 19) - 9);
  return unwrap(await openRun(openProgram(unwrap(b.finish())), [tensor('i8', shape, values)]));
};

/** The story of a run with other values of its node. */
export const retold = async (run: RunBook, change: (values: Tensor['values']) => void): Promise<Story> => {
  const story = await truth(run);
  const [step] = story.steps;
  const node = step!.nodes[0] as Tensor;
  const values = node.values.slice();
  change(values);
  return { ...story, steps: [{ ...step!, nodes: [{ ...node, values }] }] };
};

/** The story with one bit of each of these rows the other way. */
export const wrongInRows = (run: RunBook, rows: readonly number[]): Promise<Story> =>
  retold(run, (values) => {
    for (const row of rows) values[elementOf(row)]! ^= 1;
  });

/** The element that is wrong in a row. */
export const elementOf = (row: number): number => row * ROW + AT;
