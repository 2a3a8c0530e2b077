import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthChart } from './chart.ts';
import { exponent, type Growth, SIZES, widthsOf } from './growth.ts';

const rows = SIZES.map((weights): Growth => {
  const power = (e: number): number => 1e-6 * weights ** e;
  return { weights, commit: power(1), prove: power(1), verify: power(0.5), proofKib: power(0.5), peakMib: power(0.9) };
});

test('exponents are those of the powers that the rows are', () => {
  assert.ok(Math.abs(exponent(rows, 'prove') - 1) < 1e-9);
  assert.ok(Math.abs(exponent(rows, 'verify') - 0.5) < 1e-9);
});

test('four layers have about the weights asked for', () => {
  for (const weights of SIZES) {
    const [width] = widthsOf(weights);
    assert.ok(Math.abs((4 * width! ** 2) / weights - 1) < 0.03);
  }
});

test('the chart draws a point for each size, public and hidden', () => {
  const svg = growthChart(rows, rows);
  assert.ok(svg.startsWith('<svg') && !svg.includes('NaN'));
  assert.equal(svg.match(/<circle/g)?.length, 2 * 4 * SIZES.length);
});
