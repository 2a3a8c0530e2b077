/** Trees whose lowest layers are made again each time: the same proofs, in the memory that is stated. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyLookups, type Lookups, lookupsOf, proved } from '../../../test/lookups.ts';
import { treeBytes } from './bytes.ts';
import { leavesOf } from './leaves.ts';
import { PLACES } from './strips.ts';

const TABLES = [
  { vars: 2, lowest: -2, two: true },
  { vars: 10, lowest: -700, two: true },
  { vars: 4, lowest: 0, two: false },
];

/** The fewest variables that are ever kept. */
const LEAST_KEPT = 8;

const shapes: Readonly<Record<string, Parameters<typeof lookupsOf>[0]>> = {
  'one column that is a half': [{ shape: [4096], tables: [0], seed: 1 }],
  'tables among the lower strips': [
    { shape: [300], tables: [1], seed: 1 },
    { shape: [1024], tables: [0], seed: 2 },
  ],
  'padding within rows, and tags by index': [
    { shape: [20, 100], tables: [0, 1, 1], seed: 1 },
    { shape: [3, 5, 40], tables: [0], seed: 2 },
    { shape: [33, 17], tables: [2], seed: 3 },
    { shape: [], tables: [0], seed: 4 },
    { shape: [2], tables: [1], seed: 5 },
  ],
  'strips of filling alone': [
    { shape: [2048], tables: [0], seed: 1 },
    { shape: [1], tables: [0], seed: 2 },
  ],
};

const varsOf = ({ columns, tables }: Lookups): number => leavesOf(columns, tables).vars;

const same = async (lookups: Lookups): Promise<void> => {
  const whole = await proved(lookups);
  for (let kept = LEAST_KEPT; kept < varsOf(lookups); kept++) {
    const striped = await proved(lookups, undefined, kept);
    assert.deepEqual(striped.proof, whole.proof, `${kept} of ${varsOf(lookups)} variables kept`);
    assert.deepEqual(striped.looked, whole.looked);
  }
};

for (const [name, list] of Object.entries(shapes)) {
  test(`the same proof: ${name}`, async () => {
    const lookups = lookupsOf(list, TABLES);
    assert.ok(varsOf(lookups) >= LEAST_KEPT + 3);
    await same(lookups);
  });
}

test('the same proof of any columns and tables', async () => {
  const long = anyLookups.filter((lookups) => varsOf(lookups) > LEAST_KEPT);
  await fc.assert(fc.asyncProperty(long, same), { numRuns: 25 });
});

test('a tree takes the memory that is stated, and less than half of a whole one', async () => {
  const size = (vars: number, seed: number) => ({ shape: [2 ** vars], tables: [0], seed });
  const lookups = lookupsOf([size(16, 1), size(15, 2), { shape: [100, 100], tables: [1], seed: 3 }], TABLES);
  const { rows } = leavesOf(lookups.columns, lookups.tables);
  const taken = new Map<number, number>();
  const { proof: whole } = await proved(lookups);
  for (const kept of [12, 13, 14, 17]) {
    const { proof, peakBytes } = await proved(lookups, undefined, kept);
    // Strips of more places than are worked on together.
    assert.ok(kept < 14 || 2 ** kept > PLACES);
    assert.deepEqual(proof, whole);
    const stated = treeBytes(rows, kept);
    assert.ok(peakBytes <= stated + 8192 && peakBytes >= 0.75 * stated, `${peakBytes} of ${stated}, ${kept} kept`);
    taken.set(kept, peakBytes);
  }
  assert.ok(2 * taken.get(14)! < taken.get(17)!);
});
