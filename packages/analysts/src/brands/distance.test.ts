import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distance, EDIT } from './distance.ts';

test('weighs slips by how people make them', () => {
  assert.equal(distance('metamask', 'metamask', 4), 0);
  assert.equal(distance('metamsak', 'metamask', 4), 1, 'transposition');
  assert.equal(distance('opensea', 'openseea', 4), 1, 'doubled letter');
  assert.equal(distance('uniswap', 'unisaap', 4), 1, 'neighbouring key');
  assert.equal(distance('uniswap', 'unizwap', 4), 1, 'neighbouring key');
  assert.equal(distance('uniswap', 'unikwap', 4), EDIT);
  assert.equal(distance('abcdef', 'uvwxyz', 4), 5, 'beyond the limit');
});

const label = fc.string({ unit: fc.constantFrom(...'abcdexyz01'), maxLength: 12 });

test('is symmetric, zero only on equality, and the limit only cuts', () => {
  fc.assert(
    fc.property(label, label, fc.integer({ min: 0, max: 8 }), (a, b, limit) => {
      const full = distance(a, b, 48);
      assert.equal(distance(b, a, 48), full);
      assert.equal(full === 0, a === b);
      assert.equal(distance(a, b, limit), full <= limit ? full : limit + 1);
    }),
  );
});
