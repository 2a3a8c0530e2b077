/** Binding of constants as they lie, against sums over field elements; at the ends of every range, and over many rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocate, DTYPE_RANGE, type Dtype, elements, type Shape } from '@surety/programs';
import { Random } from '../../../../programs/test/random.ts';
import { anyPoint } from '../../../test/related.ts';
import { add, type Ext, ext, fromInteger, P, scale, ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { varsOf } from './axes.ts';
import { evaluate } from './contract.ts';
import { evaluateTensor, foldRows } from './fold.ts';
import { padTensor, plane } from './vectors.ts';

const DTYPES: readonly Dtype[] = ['i8', 'i16', 'i32'];

const filled = (dtype: Dtype, shape: Shape, random: Random) => {
  const values = allocate(dtype, elements(shape));
  const { low, high } = DTYPE_RANGE[dtype];
  const ends = random.chance(30);
  for (let i = 0; i < values.length; i++) values[i] = ends ? random.pick([low, high]) : random.int(low, high);
  return { dtype, shape, values };
};

test('rows bound by weights are their sum, whatever the numbers of rows and columns', async () => {
  const memory = await ProofMemory.create();
  const random = new Random(3);
  const edges = [0, 1, P - 1, 2 ** 30 - 1, 2 ** 30, 2 ** 30 + 1, 0x7fff, 0x8000];
  for (const dtype of DTYPES) {
    for (const [rows, n] of [
      [1, 1],
      [7, 3],
      [8, 8],
      [9, 17],
      [505, 5],
      [1100, 9],
    ] as const) {
      for (const extreme of [true, false]) {
        const mark = memory.mark();
        const lowest = DTYPE_RANGE[dtype].low;
        const { values } = filled(dtype, [rows, n], random);
        if (extreme) values.fill(lowest);
        const worst = 2 ** 30 + 1;
        const table = memory.ext(rows);
        for (let c = 0; c < 4; c++) {
          const words = plane(memory, table, c);
          for (let m = 0; m < rows; m++)
            words[m] = extreme ? worst : random.chance(50) ? random.pick(edges) : random.bits() % P;
        }
        const out = memory.ext(n + 3);
        foldRows(memory, values, n, table, out);
        for (let i = 0; i < n; i++) {
          let sum = ZERO;
          for (let m = 0; m < rows; m++) sum = add(sum, scale(memory.entry(table, m), fromInteger(values[m * n + i]!)));
          assert.deepEqual(memory.entry(out, i), sum, `${dtype} ${rows} × ${n}`);
        }
        assert.deepEqual(memory.entry(out, n), ext(0));
        memory.release(mark);
      }
    }
  }
});

test('a tensor evaluated as it lies is its padded extension', async () => {
  const memory = await ProofMemory.create();
  const random = new Random(4);
  for (let i = 0; i < 120; i++) {
    const shape = Array.from({ length: random.int(0, 4) }, () => random.int(1, random.chance(20) ? 40 : 5));
    const tensor = filled(random.pick(DTYPES), shape, random);
    const point: Ext[] = anyPoint(random, varsOf(shape));
    const mark = memory.mark();
    assert.deepEqual(evaluateTensor(memory, tensor, point), evaluate(memory, padTensor(memory, tensor), point));
    memory.release(mark);
  }
});
