/** Binding any of the variables, in any order of runs, is evaluating one by one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../../programs/test/random.ts';
import { anyPoint } from '../../../test/related.ts';
import { add, type Ext, mul, P, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import { ProofMemory } from '../memory.ts';
import { contract, type Run } from './contract.ts';
import { lifted } from './vectors.ts';

test('what is left of a vector is the sum over the bound variables', async () => {
  const memory = await ProofMemory.create();
  const random = new Random(5);
  for (let round = 0; round < 150; round++) {
    const mark = memory.mark();
    const runs: Run[] = Array.from({ length: random.int(1, 4) }, () => {
      const vars = random.int(0, 3);
      return random.chance(60) ? { bound: anyPoint(random, vars) } : { free: vars };
    });
    const bits = runs
      .map((run) => ('free' in run ? new Array<null>(run.free).fill(null) : run.bound))
      .reverse()
      .flat();
    const base = memory.base(2 ** bits.length);
    const words = memory.words(base);
    for (let i = 0; i < words.length; i++) words[i] = random.bits() % P;
    const free = bits.flatMap((bit, j) => (bit === null ? [j] : []));
    const bound = bits.flatMap((bit, j) => (bit === null ? [] : [{ bit, j }]));
    const expected = Array.from({ length: 2 ** free.length }, (): Ext => ZERO);
    for (let i = 0; i < 2 ** bits.length; i++) {
      const weight =
        bound.length === 0
          ? eqAt([], 0)
          : eqAt(
              bound.map(({ bit }) => bit),
              bound.reduce((n, { j }, k) => n + ((i >> j) & 1) * 2 ** k, 0),
            );
      const at = free.reduce((n, j, k) => n + ((i >> j) & 1) * 2 ** k, 0);
      expected[at] = add(expected[at]!, mul(weight, [memory.words(base)[i]!, 0, 0, 0]));
    }
    for (const vector of [base, lifted(memory, base)]) {
      const left = contract(memory, vector, runs);
      assert.deepEqual(
        Array.from(expected, (_, i) => memory.entry(left, i)),
        expected,
      );
    }
    memory.release(mark);
  }
});
