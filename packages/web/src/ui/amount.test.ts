import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dollars, dollarsExact, parseDollars, percent, shares } from './amount.ts';

test('dollars round towards zero and never show a positive amount as nothing', () => {
  assert.equal(dollars('0'), '$0.00');
  assert.equal(dollars('9999'), '< $0.01');
  assert.equal(dollars('50000'), '$0.05');
  assert.equal(dollars('1999999'), '$1.99');
  assert.equal(dollars('1234567890000'), '$1,234,567.89');
  assert.equal(dollars('-1500000'), '−$1.50');
});

test('exact dollars keep every digit that matters', () => {
  assert.equal(dollarsExact('1234567'), '$1.234567');
  assert.equal(dollarsExact('50000'), '$0.05');
  assert.equal(dollarsExact('5000000'), '$5.00');
  assert.equal(dollarsExact('-1'), '−$0.000001');
});

test('what is shown exactly reads back as the same amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (amount) => {
      assert.equal(parseDollars(dollarsExact(amount).replaceAll(',', '')), amount);
    }),
  );
});

test('typed amounts that are not plain dollars are refused', () => {
  for (const text of ['', '-1', '1e3', '0x10', '1.1234567', '1,2,3', 'NaN', '١', '12345678901'])
    assert.equal(parseDollars(text), null);
  assert.equal(parseDollars(' $0.05 '), 50_000n);
  assert.equal(parseDollars('2,5'), 2_500_000n);
});

test('a percentage is 0 or 100 only when it is exactly that', () => {
  assert.equal(percent(0), '0 %');
  assert.equal(percent(1), '< 1 %');
  assert.equal(percent(930_000), '93 %');
  assert.equal(percent(999_999), '> 99 %');
  assert.equal(percent(1_000_000), '100 %');
});

test('shares have two decimals', () => {
  assert.equal(shares('1234567'), '1.23');
  assert.equal(shares('-500000'), '−0.50');
  assert.equal(shares('9999'), '< 0.01');
});
