import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimFinding, type Standing } from './claim-finding.ts';

const KINDS = ['open', 'proved', 'unrefuted', 'refuted', 'unanswered', 'annulled'] as const;

const of = (kind: Standing['kind']) => claimFinding('ab'.repeat(32), { kind }, 1_700_000_000);

test('only a final claim is shown, only a refutation refutes, and nothing else proves anything', () => {
  const holds = Object.fromEntries(KINDS.map((kind) => [kind, of(kind).holds]));
  assert.deepEqual(holds, {
    open: 'not-shown',
    proved: 'shown',
    unrefuted: 'shown',
    refuted: 'refuted',
    unanswered: 'not-shown',
    annulled: 'not-shown',
  });
  for (const kind of KINDS) assert.equal(of(kind).proves.length > 0, of(kind).holds !== 'not-shown', kind);
});

test('what spec 14.6 leaves open is said of every claim; what nobody proved assumes an honest watcher', () => {
  for (const kind of KINDS) {
    const { doesNotProve, summary, freshAt } = of(kind);
    assert.match(doesNotProve.join('; '), /answer is right/);
    assert.match(doesNotProve.join('; '), /model is good/);
    assert.ok(summary.endsWith('.') && freshAt === 1_700_000_000);
  }
  const { assumes, doesNotProve } = of('unrefuted');
  assert.match(assumes[0]!, /one honest watcher/);
  assert.equal(doesNotProve[0], 'that anybody watched');
  assert.ok(!of('proved').assumes.join().includes('watcher'));
});
