import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { watchersChart } from './chart.ts';
import { followed, region } from './grid.ts';

test('the committed chart is what the simulation gives (npm run bench -- watchers writes it)', () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'charts', 'watchers.svg');
  assert.equal(readFileSync(file, 'utf8'), watchersChart(region(), followed()));
});
