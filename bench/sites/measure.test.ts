import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caughtAt, caughtInterval, pairedInterval } from './measure.ts';

test('ties with the threshold count as missed', () => {
  const legitimate = Array.from({ length: 100 }, (_, i) => i);
  assert.equal(caughtAt([97, 98, 99, 100], legitimate, 0.01), 0.5);
});

test('the interval holds the share and narrows with more legitimate hosts', () => {
  const scams = Array.from({ length: 1000 }, (_, i) => i);
  const fair = (n: number): number[] => Array.from({ length: n }, (_, i) => (500 * i) / n);
  const width = (n: number): number => {
    const { low, high } = caughtInterval(scams, fair(n), 0.01);
    const share = caughtAt(scams, fair(n), 0.01);
    assert.ok(low <= share && share <= high);
    return high - low;
  };
  assert.ok(width(1000) < width(100));
});

test('the interval of equal differences is a point', () => {
  assert.deepEqual(pairedInterval([2, 2, 2]), { low: 2, high: 2 });
});
