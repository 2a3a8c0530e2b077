import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims } from '@surety/core';
import { type ClaimInChain, type ClaimStanding, optimisticFinding } from './finding.ts';

const STANDINGS: readonly ClaimStanding[] = [
  { state: 'open', windowEndsAt: 1_800_000_000, disputes: 1 },
  { state: 'final', windowSeconds: 3_600, disputes: 0, finalAt: 1_800_000_000 },
  { state: 'final', windowSeconds: 90, disputes: 2, finalAt: 1_800_000_000 },
  { state: 'void', by: 'refuted', at: 1_800_000_000 },
  { state: 'void', by: 'ran-out', at: 1_800_000_000 },
  { state: 'proved', at: 1_800_000_000 },
  { state: 'annulled', at: 1_800_000_000, doubted: true },
  { state: 'annulled', at: 1_800_000_000, doubted: false },
];

const claim = (standing: ClaimStanding, ownRun: ClaimInChain['ownRun'], development = false): ClaimInChain => ({
  arbiter: '0x01 on chain 1',
  route: '0x02',
  development,
  claimId: '0x03',
  bondMicroUsd: 50_000_000n,
  standing,
  ownRun,
});

test('no finding claims more than silence, a refutation, or an own run shows', () => {
  for (const standing of STANDINGS) {
    for (const ownRun of ['same', 'other', null] as const) {
      for (const development of [true, false]) {
        const finding = optimisticFinding('claim', claim(standing, ownRun, development));
        assert.deepEqual(overClaims(finding), [], finding.summary);
        assert.ok(finding.doesNotProve.some((open) => open.includes('the answer is right')));
      }
    }
  }
});

test('what stands is shown, what was refuted is refuted, and what nobody answered or decided shows nothing', () => {
  const holds = STANDINGS.map((standing) => optimisticFinding('claim', claim(standing, null)).holds);
  assert.deepEqual(holds, ['not-shown', 'shown', 'shown', 'refuted', 'not-shown', 'shown', 'not-shown', 'not-shown']);
  for (const standing of STANDINGS) {
    assert.equal(optimisticFinding('claim', claim(standing, 'same')).holds, 'shown');
    assert.equal(optimisticFinding('claim', claim(standing, 'other')).holds, 'refuted');
  }
});

test('a final claim names whom it needs, and a development chain is called one', () => {
  const final = optimisticFinding('claim', claim(STANDINGS[1]!, null, true));
  assert.match(final.summary, /within 1 hour nobody disputed it, with \$50\.00 at stake/);
  assert.ok(final.assumes.some((one) => one.startsWith('one watcher')));
  const proved = optimisticFinding('claim', { ...claim(STANDINGS[5]!, null), judgesBySpec: false });
  assert.ok(!proved.assumes.some((one) => one.startsWith('one watcher')));
  assert.ok(proved.assumes.some((one) => one.includes('does not know how it judges')));
  assert.ok(final.assumes.some((one) => one.includes('development chain')));
});

test('on a route that nobody here knows, neither silence nor its own word shows a run', () => {
  for (const standing of STANDINGS) {
    const finding = optimisticFinding('claim', { ...claim(standing, null), judgesBySpec: false });
    assert.deepEqual(overClaims(finding), [], finding.summary);
    if (standing.state === 'final' || standing.state === 'proved') {
      assert.equal(finding.holds, 'not-shown');
      assert.deepEqual(finding.proves, []);
    }
  }
});
