/** Provers that cheat in the lookup argument, each in another way, and what stops them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allTrue, changed, type Lie, lookupsOf, proved, valuesAt, verified } from '../../../test/lookups.ts';
import { add, ONE, P } from '../field/ext.ts';
import { leavesOf } from './leaves.ts';
import { MAX_ROWS } from './soundness.ts';

// Tag 1: 0 .. 15 with second values; tag 2: −8 .. −1 with second values; tag 3: 0 .. 15 alone.
const TABLES = [
  { vars: 4, lowest: 0, two: true },
  { vars: 3, lowest: -8, two: true },
  { vars: 4, lowest: 0, two: false },
];
/** Three columns: 5×3 rows of tags 1 and 2 by index, 40 rows of tag 3, 6 of tag 1. */
const HONEST = lookupsOf(
  [
    { shape: [5, 3], tables: [0, 1, 0], seed: 3 },
    { shape: [40], tables: [2], seed: 4 },
    { shape: [6], tables: [0], seed: 5 },
  ],
  TABLES,
);
const [byIndex, plain, pairs] = HONEST.columns as [
  (typeof HONEST.columns)[0],
  (typeof HONEST.columns)[0],
  (typeof HONEST.columns)[0],
];
const [ADD_UP, COUNTS, VALUES] = [
  'fractions of the lookups do not add up',
  'counts of lookups are not those of the tree',
  'values looked up are not those of the tree',
];
const wordsOf = (column: number, value = 0): Uint32Array => HONEST.blocks.get(HONEST.columns[column]!.values[value]!)!;
const multiplicity = (tag: number) => HONEST.tables[tag - 1]!.multiplicity;

const by = (difference: number) => (old: number) => old + difference;
const to = (value: number) => () => value;

test('the honest prover convinces', async () => {
  const found = await verified(HONEST, (await proved(HONEST)).proof);
  assert.ok(typeof found !== 'string' && (await allTrue(HONEST, found.claims)));
});

const falsehoods = {
  'one more lookup than there is': changed(HONEST, { place: multiplicity(3), row: 2, value: by(1) }),
  'a lookup moved to another entry': changed(
    HONEST,
    { place: multiplicity(3), row: wordsOf(1)[0]!, value: by(P - 1) },
    { place: multiplicity(3), row: (wordsOf(1)[0]! + 1) % 16, value: by(1) },
  ),
  'a value outside of the table': changed(HONEST, { place: plain.values[0]!, row: 7, value: to(16) }),
  'a value outside of the table, not counted': changed(
    HONEST,
    { place: plain.values[0]!, row: 7, value: to(16) },
    { place: multiplicity(3), row: wordsOf(1)[7]!, value: by(P - 1) },
  ),
  'a value below 0': changed(HONEST, { place: plain.values[0]!, row: 7, value: to(-1) }),
  'a value of the table of another tag, counted there': changed(
    HONEST,
    { place: pairs.values[0]!, row: 0, value: to(-5) },
    { place: pairs.values[1]!, row: 0, value: to(-3) },
    { place: multiplicity(1), row: wordsOf(2)[0]!, value: by(P - 1) },
    { place: multiplicity(2), row: 3, value: by(1) },
  ),
  'tags of two indices of the last dimension taken for each other': changed(
    HONEST,
    { place: byIndex.values[0]!, row: 0, value: to(wordsOf(0)[1]!) },
    { place: byIndex.values[1]!, row: 0, value: to(wordsOf(0, 1)[1]!) },
    { place: byIndex.values[0]!, row: 1, value: to(wordsOf(0)[0]!) },
    { place: byIndex.values[1]!, row: 1, value: to(wordsOf(0, 1)[0]!) },
  ),
  'first and second values of different entries': changed(HONEST, {
    place: pairs.values[1]!,
    row: 2,
    value: (old) => (old === 3 ? 2 : 3),
  }),
  'padding that is not 0 but in the table': changed(
    HONEST,
    { place: plain.values[0]!, row: 63, value: to(5) },
    { place: multiplicity(3), row: 5, value: by(1) },
  ),
  'padding that is not 0': changed(HONEST, { place: byIndex.values[0]!, row: 3, value: to(1) }),
  'an entry counted −1 times': changed(HONEST, { place: multiplicity(1), row: 0, value: to(-1) }),
};

for (const [name, lookups] of Object.entries(falsehoods)) {
  test(`no proof of ${name}`, async () => {
    const { proof } = await proved(lookups);
    assert.equal(await verified(lookups, proof), ADD_UP);
    // The prover did all else right: it is this check that stops it.
    const found = await verified(lookups, proof, ADD_UP);
    assert.ok(typeof found !== 'string' && (await allTrue(lookups, found.claims)));
  });
}

test('a tree of other values than those committed is no proof', async () => {
  const { looked, messages } = await proved(HONEST);
  for (const [lookups, check] of [
    [falsehoods['a value outside of the table'], VALUES],
    [falsehoods['one more lookup than there is'], COUNTS],
  ] as const) {
    const committed = await valuesAt(lookups, looked.claims);
    const { proof } = await proved(HONEST, (values, n) => (n === messages - 1 ? committed : values));
    assert.equal(await verified(lookups, proof), check);
    const found = await verified(lookups, proof, check);
    assert.ok(typeof found !== 'string' && (await allTrue(lookups, found.claims)));
    // With the values of its tree it leaves claims that no opening will confirm.
    const honest = await verified(lookups, (await proved(HONEST)).proof);
    assert.ok(typeof honest !== 'string' && !(await allTrue(lookups, honest.claims)));
  }
});

/** Messages of four values: p0, p1, q0, q1 of a layer. */
const inLayers =
  (swap: readonly [number, number, number, number]): Lie =>
  (values) =>
    values.length === 4 ? swap.map((i) => values[i]!) : values;

test('numerators are no denominators, nor lower halves upper ones', async () => {
  const bad = falsehoods['a value outside of the table'];
  for (const lookups of [HONEST, bad]) {
    for (const swap of [
      [2, 3, 0, 1],
      [2, 1, 0, 3],
      [1, 0, 2, 3],
      [0, 1, 3, 2],
      [1, 0, 3, 2],
    ] as const) {
      const found = await verified(lookups, (await proved(lookups, inLayers(swap))).proof);
      assert.ok(typeof found === 'string' || !(await allTrue(lookups, found.claims)), `${swap}`);
    }
  }
});

test('a tree of nothing but zeros proves nothing', async () => {
  const bad = falsehoods['a value outside of the table'];
  const { messages } = await proved(bad);
  const zeros = await proved(bad, (values, n) => (n === messages - 1 ? values : values.map(() => [0, 0, 0, 0])));
  assert.notEqual(typeof (await verified(bad, zeros.proof)), 'object');
});

test('every changed value of a proof is seen, and every second encoding', async () => {
  const { proof, messages } = await proved(HONEST);
  for (let at = 0; at < proof.length; at += 4) {
    const word = new DataView(proof.buffer).getUint32(at, true);
    for (const other of [(word + 1) % P, (word ^ 0x1000) % P, word + P]) {
      const bytes = proof.slice();
      new DataView(bytes.buffer).setUint32(at, other, true);
      assert.equal(typeof (await verified(HONEST, bytes)), 'string', `word ${at / 4}`);
    }
  }
  for (let n = 0; n < messages; n++) {
    const { proof: lied } = await proved(HONEST, (values, m) => (m === n ? values.map((x) => add(x, ONE)) : values));
    assert.equal(typeof (await verified(HONEST, lied)), 'string', `message ${n}`);
  }
  assert.equal(await verified(HONEST, proof.subarray(0, -4)), 'the proof ends too early');
});

test('a proof of other columns or tables is none', async () => {
  const { proof } = await proved(HONEST);
  const [first, second, third] = HONEST.columns;
  const others = [
    { columns: [{ ...first!, tags: [1, 1, 2] }, second!, third!], tables: HONEST.tables },
    {
      columns: [
        {
          ...first!,
          sizes: [
            { size: 5, vars: 3 },
            { size: 4, vars: 2 },
          ],
          tags: [1, 2, 1, 1],
        },
        second!,
        third!,
      ],
      tables: HONEST.tables,
    },
    { columns: [first!, { ...second!, sizes: [{ size: 41, vars: 6 }] }, third!], tables: HONEST.tables },
    { columns: [first!, second!], tables: HONEST.tables },
    {
      columns: HONEST.columns,
      tables: HONEST.tables.map((table) => ({
        ...table,
        columns: table.columns.map((c) => c.map((x) => (x === 9 ? 90 : x))),
      })),
    },
    { columns: HONEST.columns, tables: HONEST.tables.map((table) => ({ ...table, tag: table.tag + 1 })) },
  ];
  for (const [i, other] of others.entries()) {
    assert.equal(typeof (await verified({ ...other, blocks: HONEST.blocks }, proof)), 'string', `${i}`);
  }
});

test('p rows of one value would be as good as none, so there are never so many', () => {
  const wide = (vars: number) => ({ ...plain, vars, sizes: [{ size: 2 ** vars, vars }] });
  const tooMany = { code: 'program.too-large', message: /lookups/ };
  assert.throws(() => leavesOf([wide(31)], HONEST.tables), tooMany);
  assert.throws(() => leavesOf([wide(28)], HONEST.tables), tooMany);
  assert.ok(leavesOf([wide(27)], HONEST.tables).rows < MAX_ROWS && MAX_ROWS < P);
});

test('no table has the tag of padding, or rows that are not there', () => {
  const [table] = HONEST.tables;
  for (const wrong of [{ tag: 0 }, { tag: P }, { vars: 3 }]) {
    assert.throws(() => leavesOf(HONEST.columns, [{ ...table!, ...wrong }]), { code: 'internal' });
  }
});
