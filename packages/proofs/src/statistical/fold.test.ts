import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Machine, ProgramBuilder } from '@surety/programs';
import { element, P, times } from './field.ts';
import { createFold } from './fold.ts';
import { partsOf } from './parts.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** Two inputs by weights all alike but for one: what a column sums up to decides how many digits an element is cut into. */
const layer = (rows: number, weight: number, dtype: 'i8' | 'i16') => {
  const b = new ProgramBuilder();
  const a = b.input({ name: 'x', dtype: 'i8', shape: [1, 2], low: -1, high: 1, encoding: UNIT });
  const values = dtype === 'i8' ? new Int8Array(2 * rows) : new Int16Array(2 * rows);
  values.fill(weight);
  values[3] = -weight;
  const form = { op: 'matmul', a, b: b.constant(dtype, [rows, 2], () => values), bias: null } as const;
  const range = { low: -(2 ** 20), high: 2 ** 20 };
  b.output('y', unwrap(b.node({ form, dtype: 'i32', stage: { shift: 0, ...range } })), UNIT);
  return partsOf(unwrap(b.finish()), 0);
};

test('weights are folded exactly by two, three and four digits, and where no digits fit', async () => {
  const machine = await Machine.create();
  for (const [rows, weight, dtype] of [
    [258, 127, 'i8'],
    [259, 127, 'i8'],
    [8_256, 127, 'i8'],
    [8_257, 127, 'i8'],
    [66_052, 127, 'i8'],
    [66_053, 127, 'i8'],
    [70, -32_767, 'i16'],
  ] as const) {
    const fold = createFold(layer(rows, weight, dtype), machine);
    // The elements whose digits are largest, alone and together.
    for (const r of [P - 1, 2 ** 30, 2 ** 30 - 1, 2 ** 15, P - 2 ** 15, 0x3fff_8000, 1]) {
      const [folded] = await fold([new Float64Array(rows).fill(r), new Float64Array(rows).fill(1)]);
      const sums = [rows * weight, (rows - 2) * weight].map(element);
      const wanted = [sums.map((sum) => times(sum, r)), sums];
      assert.deepEqual(
        folded!.map(([row]) => [...row!]),
        wanted,
        `${rows} rows, ${r}`,
      );
    }
  }
});
