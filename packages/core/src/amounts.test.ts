import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatCents, formatDollars, MAX_AMOUNT, parseAmount, parseDollars, parseSignedAmount } from './amounts.ts';
import { type Result, unwrap } from './errors.ts';

const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const amount = fc.bigInt({ min: 0n, max: MAX_AMOUNT });

test('decimal strings: one text per amount', () => {
  fc.assert(fc.property(amount, (a) => assert.equal(unwrap(parseAmount(a.toString())), a)));
  fc.assert(fc.property(amount, (a) => assert.equal(unwrap(parseSignedAmount((-a).toString())), -a)));
});

test('refusals name what is wrong', () => {
  const cases: [string, string][] = [
    ['', 'input.malformed'],
    ['-1', 'amount.negative'],
    ['1.5', 'amount.not-integer'],
    ['1.', 'amount.not-integer'],
    ['1e6', 'amount.not-integer'],
    ['01', 'input.malformed'],
    ['+1', 'input.malformed'],
    [' 1', 'input.malformed'],
    ['1,000', 'input.malformed'],
    ['0x10', 'input.malformed'],
    ['١', 'input.malformed'],
    [(MAX_AMOUNT + 1n).toString(), 'input.out-of-range'],
    ['9'.repeat(40), 'input.malformed'],
  ];
  for (const [text, wanted] of cases) assert.equal(code(parseAmount(text)), wanted, text);
  assert.equal(code(parseSignedAmount('-0')), 'input.malformed');
  assert.equal(code(parseSignedAmount('-1.5')), 'amount.not-integer');
});

test('dollars as people type them', () => {
  const cases: [string, bigint][] = [
    ['$0.05', 50_000n],
    ['0.05', 50_000n],
    ['5', 5_000_000n],
    ['$12.50', 12_500_000n],
    ['0.000001', 1n],
    ['0.0000010', 1n],
  ];
  for (const [text, micro] of cases) assert.equal(unwrap(parseDollars(text)), micro);
  assert.equal(code(parseDollars('-1')), 'amount.negative');
  assert.equal(code(parseDollars('-$1')), 'amount.negative');
  assert.equal(code(parseDollars('0.0000001')), 'amount.not-integer');
  for (const text of ['', '$', '.5', '5.', '1,000', '5 USD', 'NaN', '1e3']) {
    assert.equal(code(parseDollars(text)), 'input.malformed', text);
  }
});

test('printing dollars and reading them back is exact', () => {
  assert.equal(formatDollars(50_000n), '$0.05');
  assert.equal(formatDollars(5_000_000n), '$5.00');
  assert.equal(formatDollars(-1_234_567n), '-$1.234567');
  assert.equal(formatDollars(100n), '$0.0001');
  fc.assert(fc.property(amount, (a) => assert.equal(unwrap(parseDollars(formatDollars(a))), a)));
});

test('what is to be paid or locked is told in cents, never too little', () => {
  const cases: [bigint, string][] = [
    [0n, '$0.00'],
    [1n, 'under $0.01'],
    [9_999n, 'under $0.01'],
    [10_000n, '$0.01'],
    [10_001n, '$0.02'],
    [923_077_324n, '$923.08'],
    [999_995_000n, '$1000.00'],
  ];
  for (const [microUsd, text] of cases) assert.equal(formatCents(microUsd), text);
});

test('a refusal of dollars names its limit in dollars', () => {
  const limit = '$0 .. $340282366920938463463374607431768.211455';
  for (const text of ['abc', '-1', '0.0000001', '9'.repeat(33)]) {
    const read = parseDollars(text, '--bond');
    assert.ok(!read.ok);
    assert.deepEqual([read.problem.field, read.problem.limit], ['--bond', limit], text);
  }
});
