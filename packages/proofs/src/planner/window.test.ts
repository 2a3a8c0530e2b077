import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { QUESTION, questions } from '../../test/questions.ts';
import { censorSeconds, INCLUSION_MISS_E18, inclusionBlocks } from './chain-cost.ts';
import { E18 } from './integers.ts';
import { censoringCostMicroUsd, leastClockSeconds, leastWindowSeconds } from './window.ts';

const { market, program, rules } = QUESTION;

test('every tenth transaction passes: 197 blocks leave one in a billion waiting', () => {
  assert.equal(inclusionBlocks({ ...market.chain, passPpm: 100_000 }), 197n);
  assert.equal(inclusionBlocks({ ...market.chain, passPpm: 999_000 }), 3n);
  assert.equal(inclusionBlocks({ ...market.chain, passPpm: 1_000_000 }), 1n);
});

test('the blocks are the fewest whose misses are rare enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 999_999 }), (passPpm) => {
      const blocks = inclusionBlocks({ ...market.chain, passPpm });
      const waits = (count: bigint): boolean =>
        BigInt(1_000_000 - passPpm) ** count * E18 > INCLUSION_MISS_E18 * 1_000_000n ** count;
      assert.ok(!waits(blocks));
      if (blocks > 1n) assert.ok(waits(blocks - 1n));
    }),
    { numRuns: 40 },
  );
});

test('a window has time for everything a watcher does, one after the other', () => {
  // 3 confirmations and 197 blocks of 12 s; 1.515 s to fetch and run; 7 s of censorship at $9 a second.
  assert.equal(leastWindowSeconds(60_000_000n, program, market, rules), 2_402n + 7n);
});

test('censoring a whole window costs the gain or more', () => {
  fc.assert(
    fc.property(questions, fc.bigInt(0n, 10n ** 15n), (asked, gain) => {
      const window = leastWindowSeconds(gain, asked.program, asked.market, asked.rules);
      assert.ok(censoringCostMicroUsd(window, asked.program, asked.market) >= gain);
    }),
  );
});

test('a second of censorship is counted once it has begun', () => {
  assert.equal(censorSeconds(9_000_001n, market.chain), 2n);
});

test('a clock has time for an answer to every question and the censorship that what is at stake pays for', () => {
  // 32 moves of 2,400 s, 3 ms of running, and $75 of a $100 bond that a false challenger could gain: 9 s.
  assert.equal(leastClockSeconds(60_000_000n, 100_000_000n, program, market, rules), 76_801n + 9n);
});
