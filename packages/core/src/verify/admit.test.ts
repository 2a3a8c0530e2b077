import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLAIM, EVIDENCE, ISSUED_AT, NETWORK, PROGRAMS } from '../../test/sample.ts';
import type { AnalystReport } from '../evidence.ts';
import { admitEvidence } from './admit.ts';

const context = { network: NETWORK, issuedAt: ISSUED_AT, probabilitiesPpm: [812_000, 188_000], programs: PROGRAMS };
const report = EVIDENCE[2] as AnalystReport;
const admitted = (over: Partial<AnalystReport>): string => {
  const result = admitEvidence(CLAIM, { ...report, ...over }, context);
  return result.ok ? 'ok' : result.problem.code;
};

test('what holds or cannot be checked comes in; what is false here does not', () => {
  assert.equal(admitted({}), 'ok');
  assert.equal(admitted({ program: 'my/model@1.0', probabilityPpm: 5 }), 'ok');
  assert.equal(admitted({ probabilityPpm: 5 }), 'evidence.refuted');
  assert.equal(admitted({ program: 'my/model@1.0', input: { predicate: 'scam', subject: {} } }), 'evidence.refuted');
  assert.equal(admitted({ program: `surety/old@${'00'.repeat(32)}` }), 'evidence.unknown-program');
  for (const evidence of EVIDENCE) assert.ok(admitEvidence(CLAIM, evidence, context).ok, evidence.kind);
});
