import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distance, nearest } from './suggest.ts';

test('distance counts inserts, deletes, replacements and swaps', () => {
  assert.equal(distance('ask', 'ask'), 0);
  assert.equal(distance('aks', 'ask'), 1);
  assert.equal(distance('vrify', 'verify'), 1);
  assert.equal(distance('', 'ask'), 3);
});

test('property: distance is symmetric and at most the longer length', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(
      word,
      word,
      (a, b) => distance(a, b) === distance(b, a) && distance(a, b) <= Math.max(a.length, b.length),
    ),
  );
});

test('only near words are suggested', () => {
  const known = ['ask', 'verify', 'markets', 'market'];
  assert.equal(nearest('verfy', known), 'verify');
  assert.equal(nearest('mark', known), 'markets');
  assert.equal(nearest('banana', known), null);
});
