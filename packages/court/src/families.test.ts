import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clustersOf } from './index.ts';

const M = 1_000_000;

test('families whose errors go together are one cluster, through others too', () => {
  const rows = [
    [M, 400_000, 0, 0],
    [400_000, M, 0, 350_000],
    [0, 0, M, 300_000],
    [0, 350_000, 300_000, M],
  ];
  assert.deepEqual(clustersOf(rows, 300_000), { ok: true, value: [1, 1, 2, 1] }, 'at the threshold they stay apart');
  assert.deepEqual(clustersOf(rows), { ok: true, value: [1, 2, 3, 4] }, 'one half unless told');
  assert.deepEqual(clustersOf(rows, 200_000), { ok: true, value: [1, 1, 1, 1] });
  assert.deepEqual(clustersOf(rows, M), { ok: true, value: [1, 2, 3, 4] });
  assert.deepEqual(clustersOf([]), { ok: true, value: [] });
});

test('what is no matrix of correlations is refused', () => {
  for (const rows of [
    [
      [M, 1],
      [2, M],
    ],
    [[M]].concat([[M]]),
    [[0.5]],
    [[2 * M]],
  ]) {
    const result = clustersOf(rows);
    assert.equal(result.ok ? '' : result.problem.code, 'input.malformed');
  }
});
