import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzEnclave } from './enclave.ts';

test('damaged attestations and collateral are refused by name, or say what the undamaged ones say', () => {
  const report = fuzzEnclave({ seed: 1, count: 600 });
  assert.deepEqual(report.failures, []);
  for (const code of ['attestation.malformed', 'attestation.signature-wrong', 'attestation.untrusted'] as const) {
    assert.ok(report.codes[code]! > 0, JSON.stringify(report.codes));
  }
});
