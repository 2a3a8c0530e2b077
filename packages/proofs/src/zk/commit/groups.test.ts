/** Which claims make one product. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ext, ONE, ZERO } from '../field/ext.ts';
import { groupTerms } from './groups.ts';
import type { Term } from './terms.ts';

const inRow = (row: number, column: number, ...columnPoint: Ext[]): Term => ({
  matrix: 0,
  row,
  rows: 1,
  rowPoint: [],
  column,
  columnPoint,
});

const overRows = (columnPoint: Ext): Term => ({ ...inRow(0, 0, columnPoint), rows: 2, rowPoint: [ONE] });

const counts = (terms: readonly Term[]): readonly number[] => {
  const { points, rows } = groupTerms(terms, (term) => term);
  assert.deepEqual([...points, ...rows].flat().length, terms.length);
  return [points.length, rows.length];
};

test('claims at one point of many rows are one product, and claims at many points of one row', () => {
  assert.deepEqual(counts([0, 1, 2].map((row) => inRow(row, 0, ZERO))), [1, 0]);
  assert.deepEqual(counts([ZERO, ONE].map((point) => inRow(4, 0, point))), [0, 1]);
  assert.deepEqual(counts([overRows(ZERO), overRows(ONE), inRow(5, 0, ONE)]), [2, 0]);
});

test('the same point of other columns is another one; where rows are fewer than points, rows are summed', () => {
  assert.deepEqual(counts([inRow(0, 0, ZERO), inRow(1, 2, ZERO)]), [0, 2]);
  const crossed = [0, 1].flatMap((row) => [0, 2, 4].map((column) => inRow(row, column, ZERO)));
  assert.deepEqual(counts(crossed), [0, 2]);
  assert.deepEqual(counts([...crossed, overRows(ONE)]), [1, 2]);
});
