/** Weights of columns are the same whether they are made before variables are bound or afterwards. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ext } from '../field/ext.ts';
import { type ExtVector, ProofMemory } from '../memory.ts';
import { randomExts } from '../random.ts';
import { type ColumnWeights, type WeighedColumns, writeWeights } from './column-weights.ts';

const VARS = 6;

const entries = (memory: ProofMemory, vector: ExtVector): Ext[] =>
  Array.from({ length: vector.length }, (_, i) => memory.entry(vector, i));

const claim = (column: number, vars: number): WeighedColumns => ({
  column,
  columnPoint: randomExts(vars),
  weight: randomExts(1)[0]!,
});

/** The weights of what is left when the variables above are bound, and the same made of all by binding these. */
const bothWays = (memory: ProofMemory, weights: ColumnWeights, free: number): readonly [Ext[], Ext[]] => {
  const bound = randomExts(VARS - free);
  const at = memory.take(16);
  const fold = (vector: ExtVector): ExtVector => {
    for (let j = VARS - 1; j >= free; j--) {
      memory.put(at, [bound[j - free]!]);
      memory.kernels.foldExt(vector.address, vector.stride, 2 ** j, at);
    }
    return { ...vector, length: 2 ** free };
  };
  const all = memory.ext(2 ** VARS);
  writeWeights(memory, all, weights, []);
  const folded = entries(memory, fold(all));
  const left = memory.ext(2 ** free);
  if (weights.others !== null) fold(weights.others);
  writeWeights(memory, left, weights, bound);
  return [entries(memory, left), folded];
};

const CASES: readonly (readonly [string, readonly WeighedColumns[]])[] = [
  ['a whole row', [claim(0, VARS)]],
  ['a part of one, in its upper half', [claim(48, 4)]],
  ['one value', [claim(37, 0)]],
  [
    'parts of several sizes, one over the other',
    [claim(0, VARS), claim(32, 5), claim(40, 3), claim(41, 0), claim(8, 3)],
  ],
];

for (const [name, claims] of CASES) {
  test(`weights of ${name} are made of as many columns as are left`, async () => {
    const memory = await ProofMemory.create();
    for (let free = 0; free <= VARS; free++) {
      assert.deepEqual(...bothWays(memory, { claims, others: null }, free));
      const others = memory.ext(2 ** VARS);
      for (const [i, element] of randomExts(2 ** VARS).entries()) memory.setEntry(others, i, element);
      assert.deepEqual(...bothWays(memory, { claims, others }, free));
    }
  });
}
