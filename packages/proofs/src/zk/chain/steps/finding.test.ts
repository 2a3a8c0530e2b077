import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimStanding } from '../../../optimistic/finding.ts';
import { stepClaimFinding } from './finding.ts';

const finding = (standing: ClaimStanding, development = false) =>
  stepClaimFinding('claim', {
    arbiter: '0xa1 on chain 1',
    route: '0xb2',
    development,
    claimId: '0xc3',
    bondMicroUsd: 50_000_000n,
    standing,
  });

test('only a final claim shows anything, and it assumes an honest challenger and the data of the proof', () => {
  const final = finding({ state: 'final', windowSeconds: 3_600, disputes: 0, finalAt: 7 });
  assert.equal(final.holds, 'shown');
  assert.equal(final.freshAt, 7);
  assert.match(final.summary, /final: within 1 hour .* \$50\.00 at stake/);
  assert.ok(final.assumes.some((words) => words.startsWith('one watcher')));
  assert.ok(final.assumes.some((words) => words.includes('data of the proof')));
  assert.ok(final.doesNotProve.some((words) => words.includes('checked no proof')));
  for (const standing of [
    { state: 'open', windowEndsAt: 1_800_000_000, disputes: 1 },
    { state: 'void', by: 'ran-out', at: 5 },
    { state: 'annulled', at: 5, doubted: false },
    { state: 'proved', at: 5 },
  ] as const) {
    const { holds, proves, doesNotProve } = finding(standing);
    assert.deepEqual([holds, proves], ['not-shown', []], standing.state);
    assert.ok(doesNotProve.length > 0);
  }
});

test('a development chain is named as such', () => {
  const final = { state: 'final', windowSeconds: 60, disputes: 2, finalAt: 7 } as const;
  assert.equal(
    finding(final).assumes.some((words) => words.includes('development')),
    false,
  );
  assert.ok(finding(final, true).assumes.some((words) => words.includes('development')));
});
