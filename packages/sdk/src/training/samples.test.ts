/** Tables of numbers as data sets and audit sets, and what is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { readCsv } from './csv.ts';
import { auditOf, batchesOf, type SampleOptions, samplesOf } from './samples.ts';
import { tableOfArrays } from './table.ts';

const LOANS = `income,"a ""b"", c",label,group
100, 0.5 ,1,0
0,-1,0,1
50,"1",1,1
`;

const fieldOf = <T>(result: Result<T>): string =>
  result.ok ? 'accepted' : `${result.problem.code} ${result.problem.field}`;

const sampled = (text: string, options?: SampleOptions) => samplesOf(unwrap(readCsv(text)), options);

test('columns become sixteenths of their scale, and labels and groups are no part of samples', () => {
  const table = unwrap(readCsv(LOANS));
  assert.deepEqual([...table.columns.keys()], ['income', 'a "b", c', 'label', 'group']);
  const samples = unwrap(samplesOf(table, { scales: new Map([['income', { low: 0, high: 80 }]]) }));
  assert.deepEqual(samples.columns, [
    { name: 'income', low: 0, high: 80 },
    { name: 'a "b", c', low: -1, high: 1 },
  ]);
  assert.equal(samples.clamped, 1);
  assert.deepEqual([...samples.x(0, 3).values], [16, 8, -16, -16, 4, 16]);
  assert.deepEqual([...samples.labels!], [1, 0, 1]);
  const batches = unwrap(batchesOf(samples, 2));
  assert.deepEqual(
    batches.map(({ x, labels }) => [x.shape, [...labels.values]]),
    [
      [
        [2, 2],
        [1, 0],
      ],
    ],
  );
  const { x, group } = unwrap(auditOf(samples));
  assert.deepEqual(
    [x.shape, [...group.values]],
    [
      [3, 2],
      [0, 1, 1],
    ],
  );
});

test('other columns are labels and groups where that is said', () => {
  const samples = unwrap(sampled('a,y,sex\n1,3,0\n-1,0,1', { label: 'y', group: 'sex' }));
  assert.deepEqual([samples.columns.length, [...samples.labels!], [...samples.groups!]], [1, [3, 0], [0, 1]]);
  assert.equal(fieldOf(sampled('a,y\n1,3', { label: 'z' })), 'input.malformed columns');
  assert.equal(
    fieldOf(sampled('a,y\n1,3', { scales: new Map([['z', { low: 0, high: 1 }]]) })),
    'input.malformed columns',
  );
});

test('numbers beyond -1 .. 1 are refused with the scale to state, and kept under one for all', () => {
  const wide = sampled('a,b\n3,-7\n12,0');
  assert.equal(fieldOf(wide), 'input.malformed a');
  assert.match(JSON.stringify(wide), /--scale a=3:12/);
  const all = unwrap(sampled('a,b\n3,-7\n12,0', { scales: new Map([['', { low: -12, high: 12 }]]) }));
  assert.deepEqual([[...all.x(0, 2).values], all.clamped], [[4, -9, 16, 0], 0]);
  assert.equal(fieldOf(sampled('a\n0', { scales: new Map([['a', { low: 1, high: 1 }]]) })), 'input.malformed scale a');
});

test('what is no table, no label, no group and no batch is refused by its place', () => {
  assert.equal(fieldOf(readCsv('')), 'input.malformed line 1');
  assert.equal(fieldOf(readCsv('a,a\n1,2')), 'input.malformed line 1');
  assert.equal(fieldOf(readCsv('a,b\n')), 'input.malformed rows');
  assert.equal(fieldOf(readCsv('a,b\n1,2\n1')), 'input.malformed line 3');
  assert.equal(fieldOf(readCsv('a,b\n1,"2')), 'input.malformed line 2');
  for (const cell of ['x', '', 'NaN', '1e999']) {
    assert.equal(fieldOf(readCsv(`a,b\n1,${cell}`)), 'input.malformed line 2, b', cell);
  }
  assert.equal(fieldOf(sampled('label\n1')), 'input.malformed columns');
  assert.equal(fieldOf(sampled('a,label\n0,1.5')), 'input.malformed label');
  assert.equal(fieldOf(sampled('a,label\n0,128')), 'input.malformed label');
  assert.equal(fieldOf(sampled('a,group\n0,2')), 'input.malformed group');
  assert.equal(fieldOf(batchesOf(unwrap(sampled('a\n0')), 1)), 'input.malformed label');
  assert.equal(fieldOf(batchesOf(unwrap(sampled('a,label\n0,1')), 2)), 'input.malformed batch');
  assert.equal(fieldOf(auditOf(unwrap(sampled('a\n0')))), 'input.malformed group');
  for (const only of [0, 1])
    assert.equal(fieldOf(auditOf(unwrap(sampled(`a,group\n0,${only}`)))), 'input.malformed group');
});

test('arrays of NumPy are columns too', () => {
  const array = (shape: readonly number[], values: readonly number[]) => ({
    shape,
    values: Float64Array.from(values),
    integer: false,
  });
  const table = unwrap(
    tableOfArrays(
      new Map([
        ['image', array([2, 1, 3], [0, 0.5, 1, -1, 0, 0.25])],
        ['labels', array([2], [1, 0])],
      ]),
    ),
  );
  assert.deepEqual([...table.columns.keys()], ['image[0]', 'image[1]', 'image[2]', 'labels']);
  const samples = unwrap(samplesOf(table));
  assert.deepEqual([...samples.x(1, 1).values], [-16, 0, 4]);
  assert.deepEqual([...samples.labels!], [1, 0]);
  const wide = array([2, 2], [0, 0, 0, 0]);
  assert.equal(
    fieldOf(
      tableOfArrays(
        new Map([
          ['a', wide],
          ['b', wide],
        ]),
      ),
    ),
    'input.malformed arrays',
  );
  assert.equal(fieldOf(tableOfArrays(new Map([['a', array([2], [0, 0])]]))), 'input.malformed arrays');
  assert.equal(
    fieldOf(
      tableOfArrays(
        new Map([
          ['a', wide],
          ['labels', array([1], [0])],
        ]),
      ),
    ),
    'input.malformed a',
  );
  assert.equal(fieldOf(tableOfArrays(new Map([['a', array([0, 2], [])]]))), 'input.malformed a');
});
