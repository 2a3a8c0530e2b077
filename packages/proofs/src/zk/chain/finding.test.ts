import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimStanding } from '../../optimistic/finding.ts';
import { checkedClaimFinding } from './finding.ts';

const finding = (standing: ClaimStanding, development = false) =>
  checkedClaimFinding('claim', {
    arbiter: '0xa1 on chain 1',
    route: '0xb2',
    development,
    claimId: '0xc3',
    bondMicroUsd: 50_000_000n,
    standing,
  });

test('only a proof that was checked shows anything, and it assumes nobody who watches', () => {
  const { holds, freshAt, assumes, doesNotProve } = finding({ state: 'proved', at: 7 });
  assert.deepEqual([holds, freshAt], ['shown', 7]);
  assert.equal(
    assumes.some((words) => words.includes('watcher')),
    false,
  );
  assert.ok(assumes.some((words) => words.includes('random oracle')));
  assert.ok(doesNotProve.some((words) => words.includes('not hidden')));
  for (const standing of [
    { state: 'final', windowSeconds: 3_600, disputes: 0, finalAt: 7 },
    { state: 'open', windowEndsAt: 1_800_000_000, disputes: 1 },
    { state: 'void', by: 'ran-out', at: 5 },
    { state: 'annulled', at: 5, doubted: false },
  ] as const) {
    const told = finding(standing);
    assert.deepEqual([told.holds, told.proves], ['not-shown', []], standing.state);
    assert.ok(told.doesNotProve.length > 0);
  }
});

test('a development chain is named as such', () => {
  const named = (development: boolean): boolean =>
    finding({ state: 'proved', at: 7 }, development).assumes.some((words) => words.includes('development'));
  assert.deepEqual([named(false), named(true)], [false, true]);
});
