import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimStanding } from '../../../optimistic/finding.ts';
import { type ClaimHides, stepClaimFinding } from './finding.ts';

const NOTHING: ClaimHides = { proofs: 0, input: false };

const finding = (standing: ClaimStanding, development = false, hides: ClaimHides | null = NOTHING) =>
  stepClaimFinding('claim', {
    arbiter: '0xa1 on chain 1',
    route: '0xb2',
    development,
    claimId: '0xc3',
    bondMicroUsd: 50_000_000n,
    standing,
    hides,
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

test('what the proof hides is said, and what it does not hide', () => {
  const final = { state: 'final', windowSeconds: 60, disputes: 0, finalAt: 7 } as const;
  const shown = finding(final);
  assert.deepEqual(
    shown.proves.map(({ property }) => property),
    ['integrity'],
  );
  assert.ok(shown.doesNotProve.some((words) => words.includes('committed to, not hidden')));
  assert.ok(shown.doesNotProve.some((words) => words.includes('the data of the proof shows it')));
  const constants = finding(final, false, { proofs: 3, input: false });
  assert.match(constants.proves[1]!.of, /^the values of the constants: /);
  assert.ok(constants.assumes.some((words) => words.includes('no more than 3 proofs')));
  assert.ok(constants.doesNotProve.some((words) => words.includes('the data of the proof shows it')));
  assert.ok(!constants.doesNotProve.some((words) => words.includes('not hidden')));
  const both = finding(final, false, { proofs: 3, input: true });
  assert.match(both.proves[1]!.of, /^the values of the constants and the input: /);
  const input = finding(final, false, { proofs: 0, input: true });
  assert.match(input.proves[1]!.of, /^the input: /);
  assert.ok(input.assumes.some((words) => words.includes('drew its randomness well')));
  assert.ok(!input.assumes.some((words) => words.includes('proofs are ever made')));
  assert.ok(input.doesNotProve.some((words) => words.includes('committed to, not hidden')));
  // Until a claim is final nothing is said of what it hides.
  assert.deepEqual(
    finding({ state: 'open', windowEndsAt: 9, disputes: 0 }, false, { proofs: 3, input: true }).proves,
    [],
  );
});

test('where the architecture is not held, nothing is said to be hidden, and nothing to be shown', () => {
  const unknown = finding({ state: 'final', windowSeconds: 60, disputes: 0, finalAt: 7 }, false, null);
  assert.deepEqual(
    unknown.proves.map(({ property }) => property),
    ['integrity'],
  );
  const about = unknown.doesNotProve.filter((words) => /constants|input/.test(words) && !words.includes('types'));
  assert.equal(about.length, 1);
  assert.match(about[0]!, /the architecture, which is not held here/);
  assert.ok(!unknown.assumes.some((words) => words.includes('randomness')));
});
