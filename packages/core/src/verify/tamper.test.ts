import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINAL, NOW, PROGRAMS, sampleReceipt, TRUST } from '../../test/sample.ts';
import { unwrap } from '../errors.ts';
import { receiptBytes } from '../receipt-build.ts';
import { tamper } from './tamper.ts';
import { allFindings, verifyReceipt } from './verify-receipt.ts';

const options = { trust: TRUST, now: NOW, programs: PROGRAMS };
const bytes = receiptBytes(await sampleReceipt(FINAL));

/** What a verifier says of the file with one field changed by a forger who encodes everything again. */
const after = (path: string) => {
  const { bytes: changed, what } = unwrap(tamper(bytes, { path }));
  assert.match(what, new RegExp(`^${path.replaceAll('.', '\\.')}: `));
  return verifyReceipt(changed, options);
};

test('a changed field is named, with the link it belongs to', () => {
  const cases: [string, string, string][] = [
    ['predicate.outcome', 'predicate.outcome', 'output'],
    ['predicate.claim.subject.host', 'predicate.claim', 'intent'],
    ['predicate.evidence.0.reading', 'predicate.evidence.0', 'intent'],
    ['predicate.evidence.2.probabilityPpm', 'predicate.evidence.2', 'program'],
    ['predicate.evidence.4.trades.0.at', 'predicate.evidence.4', 'output'],
    ['predicate.evidence.6.juror', 'predicate.evidence.6', 'program'],
    ['predicate.decidedBy.audited', 'predicate.decidedBy', 'output'],
  ];
  for (const [path, named, link] of cases) {
    const v = after(path);
    assert.equal(v.verdict, 'refuted', path);
    assert.ok(v.changed.includes(named), `${path}: ${v.changed}`);
    assert.ok(
      allFindings(v).some((f) => f.link === link && f.source === named && f.holds === 'refuted'),
      path,
    );
    assert.ok(
      v.checks.some((check) => check.name === 'envelope' && check.holds === 'refuted'),
      path,
    );
    assert.ok(
      v.checks.some((check) => check.name === 'contract-signature' && check.holds === 'refuted'),
      path,
    );
  }
});

test('a change outside the statement names the signature or proof that broke, and no link', () => {
  const cases: [string, string][] = [
    ['predicate.costMicroUsd', 'predicate.costMicroUsd'],
    ['predicate.cover.amountMicroUsd', 'predicate.cover'],
    ['subject.0.digest.sha256', 'predicate.claim'],
    ['eip712.signature', 'eip712.signature'],
    ['log.index', 'log.inclusion'],
  ];
  for (const [path, named] of cases) {
    const v = after(path);
    assert.equal(v.verdict, 'refuted', path);
    assert.ok(v.changed.includes(named), `${path}: ${v.changed}`);
  }
});

test('a change that no longer reads is malformed and names the field', () => {
  const cases: [string, RegExp][] = [
    ['predicate.status', /^envelope\.payload: predicate\.status$/],
    ['predicate.supersededBy', /^envelope\.payload: predicate\.supersededBy$/],
    ['predicate.probabilitiesPpm.0', /^envelope\.payload: predicate\.probabilitiesPpm$/],
    ['type', /^type$/],
    ['eip712.issuer', /^eip712\.issuer$/],
  ];
  for (const [path, named] of cases) {
    const v = after(path);
    assert.equal(v.verdict, 'malformed', path);
    assert.match(v.changed[0] ?? '', named);
  }
});

test('the same seed flips the same bit; different seeds roam the file', () => {
  const offsets = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const tampered = unwrap(tamper(bytes, { seed }));
    assert.deepEqual(tampered, unwrap(tamper(bytes, { seed })));
    assert.notDeepEqual(tampered.bytes, bytes);
    offsets.add(tampered.what);
  }
  assert.ok(offsets.size > 15);
});

test('what cannot be changed is refused', () => {
  for (const choice of [{ path: 'predicate.nothing' }, { path: '' }, { offset: -1, bit: 0 }, { offset: 0, bit: 8 }]) {
    assert.ok(!tamper(bytes, choice).ok);
  }
  assert.ok(!tamper(new Uint8Array(0), { seed: 1 }).ok);
  assert.ok(!tamper(new Uint8Array(3), { path: 'type' }).ok);
});
