import assert from 'node:assert/strict';
import { test } from 'node:test';
import { E18 } from './integers.ts';
import { chance, dollarsApart, duration, percent } from './words.ts';

test('times are told in all their units, and never too short', () => {
  assert.deepEqual([0n, 3n, 61_000n, 3_720_000n, 90_061_001n].map(duration), [
    '0 s',
    '3 ms',
    '1 min 1 s',
    '1 h 2 min',
    '1 d 1 h 1 min 2 s',
  ]);
});

test('percent is exact', () => {
  assert.deepEqual([0, 1, 250_000, 1_000_000, 123_450].map(percent), ['0 %', '0.0001 %', '25 %', '100 %', '12.345 %']);
});

test('chances are rounded towards likely', () => {
  assert.equal(chance(E18 / 8n), '12.5 %');
  assert.equal(chance(E18 / 3n), '33.3334 %');
  assert.equal(chance(E18 / 2_000n - 1n), '1 in 2,000');
  assert.equal(chance(6n * 10n ** 9n), '1 in 166,666,666');
  assert.equal(chance(1n), '1 in 1,000,000,000,000,000,000');
});

test('amounts that differ are told so that they do', () => {
  assert.deepEqual(dollarsApart(752_028n, 752_027n), ['$0.752028', '$0.752027']);
  assert.deepEqual(dollarsApart(923_077_324n, 1_000_000n), ['$923.08', '$1.00']);
});
