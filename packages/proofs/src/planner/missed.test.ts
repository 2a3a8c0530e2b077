import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ASSUMED_MARKET } from './assumed.ts';
import { INCLUSION_MISS_E18 } from './chain-cost.ts';
import { E18 } from './integers.ts';
import { fewCheckE18, missedE18 } from './missed.ts';

const of = (count: number, checkPpm: number, silenced: number) => ({
  ...ASSUMED_MARKET.watchers,
  count,
  checkPpm,
  silenced,
});

test('three watchers at even odds: all look away one time in eight, at most one looks one time in two', () => {
  assert.equal(fewCheckE18(of(3, 500_000, 0)), E18 / 8n);
  assert.equal(fewCheckE18(of(3, 500_000, 1)), E18 / 2n);
  assert.equal(fewCheckE18(of(3, 500_000, 3)), E18);
});

test('who always checks is missed only by the chain', () => {
  assert.equal(missedE18(of(2, 1_000_000, 0), 3n), 3n * INCLUSION_MISS_E18);
});

test('nobody who checks: missed for certain', () => {
  assert.equal(missedE18(of(0, 1_000_000, 0), 1n), E18);
  assert.equal(missedE18(of(9, 0, 0), 1n), E18);
  assert.equal(missedE18(of(2, 1_000_000, 2), 1n), E18);
});

test('agrees with counting every case', () => {
  const small = fc.tuple(
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.integer({ min: 0, max: 9 }),
  );
  fc.assert(
    fc.property(small, ([count, checkPpm, silenced]) => {
      let sum = 0n;
      for (let who = 0; who < 1 << count; who++) {
        const checking = who.toString(2).replaceAll('0', '').length;
        if (checking > silenced) continue;
        sum += BigInt(checkPpm) ** BigInt(checking) * BigInt(1_000_000 - checkPpm) ** BigInt(count - checking);
      }
      const whole = 1_000_000n ** BigInt(count);
      assert.equal(fewCheckE18(of(count, checkPpm, silenced)), (sum * E18 + whole - 1n) / whole);
    }),
  );
});
