/** What parts of rows make with parts of weights is what sums over all columns make of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, type Ext, ext, mul, sub, ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { writeWeights } from './column-weights.ts';
import { AHEAD, bindParts, roundOfParts, sumParts } from './part-sums.ts';
import { isExtVector, type Product } from './products.ts';

const VARS = 5;
const SIZE = 2 ** VARS;

const randomExt = () => {
  const [element] = randomExts(1);
  return element!;
};

/** Columns and weights of a product, one by one. */
const listed = (memory: ProofMemory, { combination, weights }: Product): { rows: Ext[]; weights: Ext[] } => {
  const table = memory.ext(SIZE);
  writeWeights(memory, table, weights, []);
  const rows = isExtVector(combination)
    ? Array.from({ length: SIZE }, (_, i) => memory.entry(combination, i))
    : [...memory.words(combination)].map((word) => ext(word));
  return { rows, weights: Array.from({ length: SIZE }, (_, i) => memory.entry(table, i)) };
};

const folded = (values: readonly Ext[], r: Ext): Ext[] => {
  const half = values.length / 2;
  return values.slice(0, half).map((low, i) => add(low, mul(r, sub(values[half + i]!, low))));
};

/** Σ of both with the highest variable at 0, and the coefficient of its square. */
const roundOf = (rows: readonly Ext[], weights: readonly Ext[]) => {
  const half = rows.length / 2;
  let [atZero, leading] = [ZERO, ZERO];
  for (let i = 0; i < half; i++) {
    atZero = add(atZero, mul(rows[i]!, weights[i]!));
    leading = add(leading, mul(sub(rows[half + i]!, rows[i]!), sub(weights[half + i]!, weights[i]!)));
  }
  return { atZero, leading };
};

test('the first rounds are those of all columns', async () => {
  const memory = await ProofMemory.create();
  const claim = (column: number, vars: number) => ({ column, columnPoint: randomExts(vars), weight: randomExt() });
  const row = memory.base(SIZE);
  memory.words(row).set(randomWords(SIZE));
  const [combination, others] = [memory.ext(SIZE), memory.ext(SIZE)];
  for (let i = 0; i < SIZE; i++) {
    memory.setEntry(combination, i, randomExt());
    memory.setEntry(others, i, randomExt());
  }
  const products: Product[] = [
    { combination: row, weights: { claims: [claim(16, 4), claim(8, 3), claim(21, 0), claim(30, 1)], others } },
    { combination, weights: { claims: [claim(0, VARS)], others: null } },
  ];
  let all = products.map((product) => listed(memory, product));
  let sums = sumParts(memory, products, VARS);
  for (let round = 0; round < AHEAD; round++) {
    const each = all.map(({ rows, weights }) => roundOf(rows, weights));
    const total = each.reduce((a, b) => ({ atZero: add(a.atZero, b.atZero), leading: add(a.leading, b.leading) }));
    assert.deepEqual(roundOfParts(sums), total);
    const r = randomExt();
    sums = bindParts(sums, r);
    all = all.map(({ rows, weights }) => ({ rows: folded(rows, r), weights: folded(weights, r) }));
  }
});
