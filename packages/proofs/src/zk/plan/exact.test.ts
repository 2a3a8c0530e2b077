/** Which sums are those of integers, whatever hidden constants of their types are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Dtype, type Node, type Values } from '@surety/programs';
import { MLP_WIDTHS, mlpProgram, randomLayers, vggProgram } from '../../../../programs/test/networks.ts';
import { graphOf } from '../graph/from-program.ts';
import { openSums } from './exact.ts';
import { planned } from './pads.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const CLAMP = { shift: 8, low: -128, high: 127 };

const openOf = async (program: CheckedProgram): Promise<readonly number[]> =>
  openSums(unwrap(await planned(graphOf(program, true), { hideInput: false, proofs: 0 })));

/** A row of so many small values through one matrix, and what else is done. */
const programOf = (size: number, dtype: Dtype, values: Values, ...more: readonly Node[]): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype, encoding: UNIT, shape: [1, size], low: -3, high: 3 }],
      constants: [{ dtype, shape: [4, size], read: () => values }],
      nodes: [{ form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i8', stage: CLAMP }, ...more],
      outputs: [{ name: 'y', value: 2 + more.length, encoding: UNIT }],
      states: [],
    }),
  );

test('sums of int8 networks are, from their types alone', async () => {
  assert.deepEqual(await openOf(mlpProgram([20, 12, 10], randomLayers([20, 12, 10], 1))), []);
  assert.deepEqual(await openOf(mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1))), []);
  assert.deepEqual(await openOf(vggProgram([3, 'pool', 5], 6, 1)), []);
});

test('a sum is open from the length on that its types let wrap around', async () => {
  // 3 · 2^15 a term: below 2^31 − 1, what tables hold taken off, for 20,000 terms and not for 22,000.
  for (const [size, open] of [
    [20_000, []],
    [22_000, [2]],
  ] as const) {
    assert.deepEqual(await openOf(programOf(size, 'i16', new Int16Array(4 * size).fill(1))), open);
  }
});

test('what is read of an open sum is judged by what its own tables hold', async () => {
  const size = 22_000;
  const twice: Node = { form: { op: 'affine', x: [2], c: [2], d: 0 }, dtype: 'i8', stage: { ...CLAMP, shift: 0 } };
  assert.deepEqual(await openOf(programOf(size, 'i16', new Int16Array(4 * size).fill(1), twice)), [2]);
});
