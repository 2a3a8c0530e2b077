/** The lookup argument end to end: honest provers convince, and every changed message does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  allTrue,
  anyLookups,
  changed,
  type Lookups,
  lookupsOf,
  proved,
  statesTruth,
  verified,
} from '../../../test/lookups.ts';
import { P } from '../field/ext.ts';
import { countLookups } from './multiplicities.ts';

const convinces = async (lookups: Lookups): Promise<void> => {
  const { proof, looked } = await proved(lookups);
  const found = await verified(lookups, proof);
  assert.ok(typeof found !== 'string', `${found}`);
  assert.deepEqual(found.point, looked.point);
  assert.deepEqual(
    found.claims.map((claim) => ({ ...claim, value: claim.value.constant })),
    looked.claims,
  );
  assert.ok(await allTrue(lookups, found.claims));
};

test('an honest prover convinces, and what is left to open is true', async () => {
  await fc.assert(fc.asyncProperty(anyLookups, convinces), { numRuns: 60 });
});

test('values of committed blocks may be left: what is stated of them is true, and of other blocks it is not', async () => {
  await fc.assert(
    fc.asyncProperty(anyLookups, fc.nat(1000), async (lookups, at) => {
      const { proof } = await proved(lookups, undefined, undefined, { leaves: true });
      assert.ok(proof.length < (await proved(lookups)).proof.length);
      assert.ok(await statesTruth(lookups, proof));
      const places = [...lookups.blocks.keys()];
      const place = places[at % places.length]!;
      const row = at % lookups.blocks.get(place)!.length;
      const others = changed(lookups, { place, row, value: (old) => old + 1 });
      assert.ok(!(await statesTruth(others, proof)));
    }),
    { numRuns: 40 },
  );
});

test('trees that are filled by a half, by all but a few rows, and by nothing', async () => {
  const table = [{ vars: 2, lowest: -2, two: true }];
  for (const sizes of [
    [4092],
    [4096],
    [4093],
    [4096, 252],
    [4096, 256],
    [4096, 1000],
    [4096, 2048],
    [8192, 1],
    [8192, 508, 512],
    [8192, 513],
  ]) {
    await convinces(
      lookupsOf(
        sizes.map((size, seed) => ({ shape: [size], tables: [0], seed })),
        table,
      ),
    );
  }
});

test('tables that are longer than the columns', async () => {
  for (const [vars, sizes] of [
    [12, [10]],
    [12, [600, 3]],
    [12, [4000]],
    [13, [4000, 4096]],
  ] as const) {
    const shapes = sizes.map((size, seed) => ({ shape: [size], tables: [0], seed }));
    await convinces(lookupsOf(shapes, [{ vars, lowest: -(2 ** (vars - 1)), two: true }]));
  }
});

test('a block in two columns is claimed once', async () => {
  const lookups = lookupsOf([{ shape: [40], tables: [0], seed: 1 }], [{ vars: 3, lowest: 0, two: false }]);
  const [column] = lookups.columns;
  // Its rows are looked up twice in one table; counts double.
  const blocks = new Map(lookups.blocks);
  const { multiplicity } = lookups.tables[0]!;
  blocks.set(
    multiplicity,
    blocks.get(multiplicity)!.map((count) => 2 * count),
  );
  const twice = { ...lookups, columns: [column!, { ...column!, name: 'again' }], blocks };
  await convinces(twice);
  assert.equal((await proved(twice)).looked.claims.length, 2);
});

test('a value that no table holds is named, with its column', () => {
  const lookups = lookupsOf([{ shape: [5], tables: [0], seed: 1 }], [{ vars: 3, lowest: 0, two: true }]);
  for (const [first, second] of [
    [8, 3],
    [1, 2],
    [P - 1, 0],
  ] as const) {
    assert.throws(
      () =>
        countLookups(lookups.columns, lookups.tables, () => [
          new Uint32Array(8).fill(first),
          new Uint32Array(8).fill(second),
        ]),
      { code: 'internal', name: 'SuretyError', message: /^Row 0 of column 1 is in no table/ },
    );
  }
});
