/** Values of code words as sums over coefficients, against the code words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, type Ext, mul, ONE, scale, sub, ZERO } from '../field/ext.ts';
import { type ExtVector, ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { addPlaces, bindPlaces, factorsAt } from './places.ts';
import { codeLength, width } from './shape.ts';

const memory = await ProofMemory.create();

const CODES = [
  { rowVars: 4, randomness: 0, vars: 4 },
  { rowVars: 5, randomness: 0, blowupVars: 3, vars: 5 },
  { rowVars: 6, randomness: 11, vars: 7 },
  { rowVars: 11, randomness: 0, blowupVars: 3, vars: 11 },
];

const entries = (vector: ExtVector): Ext[] => Array.from({ length: vector.length }, (_, i) => memory.entry(vector, i));

const zeros = (length: number): ExtVector => {
  const vector = memory.ext(length);
  memory.bytes(vector.address, 4 * vector.stride).fill(0);
  return vector;
};

for (const { vars, ...shape } of CODES) {
  const codeVars = Math.log2(codeLength(shape));
  const places = [0, 1, 2, 3, 4, codeLength(shape) / 2 + 5, codeLength(shape) - 1];
  const factors = places.map((place) => factorsAt(codeVars, place, vars));

  test(`a place of a code word is the sum of its coefficients, each by its factors: 2^${shape.rowVars} of 2^${codeVars}`, () => {
    const table = memory.base((3 * codeLength(shape)) / 4);
    memory.kernels.makeTwiddles(table.address, codeVars);
    const row = memory.base(2 ** (shape.rowVars + 1));
    memory.words(row).fill(0);
    memory.words(row).set(randomWords(width(shape) + shape.randomness));
    const out = memory.base(codeLength(shape));
    const scratch = memory.take(4 * width(shape));
    const { rowVars, randomness, blowupVars = 2 } = shape;
    memory.kernels.encode(
      out.address,
      row.address,
      rowVars,
      blowupVars,
      randomness,
      table.address,
      scratch,
      0,
      2 ** blowupVars,
    );
    for (const [j, place] of places.entries()) {
      const weights = zeros(2 ** vars);
      addPlaces(memory, weights, { factors: [factors[j]!], weights: [ONE] });
      const coefficients = memory.words({ address: row.address, length: weights.length });
      const value = entries(weights).reduce((sum, weight, c) => add(sum, scale(weight, coefficients[c]!)), ZERO);
      assert.deepEqual(value, [memory.words(out)[place], 0, 0, 0]);
    }
  });

  test(`weights of places add up, and are bound from the highest variable: 2^${shape.rowVars} of 2^${codeVars}`, () => {
    const weights = randomExts(places.length);
    const before = randomExts(2 ** vars);
    const all = memory.ext(2 ** vars);
    for (const [i, element] of before.entries()) memory.setEntry(all, i, element);
    addPlaces(memory, all, { factors, weights });
    const sums = zeros(2 ** vars);
    for (const [j, own] of factors.entries()) addPlaces(memory, sums, { factors: [own], weights: [weights[j]!] });
    const added = entries(sums);
    assert.deepEqual(
      entries(all),
      before.map((element, i) => add(element, added[i]!)),
    );
    const [challenge] = randomExts(1) as [Ext];
    const half = 2 ** (vars - 1);
    const bound = zeros(half);
    addPlaces(memory, bound, bindPlaces({ factors, weights }, challenge));
    const expected = added.slice(0, half).map((low, i) => add(low, mul(challenge, sub(added[half + i]!, low))));
    assert.deepEqual(entries(bound), expected);
  });
}
