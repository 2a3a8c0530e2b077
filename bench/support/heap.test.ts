import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heapUsedBytes } from './heap.ts';

const MANY = 200_000;
const fill = (): { readonly at: number }[] => Array.from({ length: MANY }, (_, at) => ({ at }));

test('garbage does not count as growth, and what is kept does', () => {
  const before = heapUsedBytes();
  for (let round = 0; round < 20; round += 1) assert.equal(fill().length, MANY);
  assert.ok(heapUsedBytes() - before < 1e6, 'garbage counted');
  const kept = fill();
  assert.ok(heapUsedBytes() - before > MANY * 8, 'a leak was missed');
  assert.equal(kept.length, MANY);
});
