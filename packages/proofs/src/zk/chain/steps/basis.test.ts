import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../../../../programs/test/random.ts';
import { mul1, P } from '../../field/ext.ts';
import { ProofMemory } from '../../memory.ts';
import { factorsAt } from './basis.ts';

test('coefficients weighed by products of the factors are what the kernels encode, at every position', async () => {
  const memory = await ProofMemory.create();
  const random = new Random(2);
  for (let vars = 4; vars <= 7; vars++) {
    const row = Array.from({ length: 2 ** vars }, () => random.bits() % P);
    const length = 4 * row.length;
    const mark = memory.mark();
    const table = memory.base((3 * length) / 4);
    memory.kernels.makeTwiddles(table.address, Math.log2(length));
    const [source, out] = [memory.base(row.length), memory.base(length)];
    memory.words(source).set(row);
    memory.kernels.encode(out.address, source.address, vars, 2, 0, table.address, 0, 0, 4);
    const encoded = memory.words(out).slice();
    memory.release(mark);
    for (let position = 0; position < length; position++) {
      let left = row;
      for (const factor of factorsAt(position, vars).toReversed()) {
        const half = left.length / 2;
        left = left.slice(0, half).map((low, i) => (low + mul1(left[half + i]!, factor)) % P);
      }
      assert.equal(left[0], encoded[position], `2^${vars}, position ${position}`);
    }
  }
});
