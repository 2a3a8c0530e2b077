import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST } from '../test/sample.ts';
import { utf8 } from './bytes.ts';
import { unwrap } from './errors.ts';
import { NO_TRUST, parseTrust, readTrust, type Trust } from './trust.ts';

test('a trust file in any layout reads as what it says', () => {
  assert.deepEqual(unwrap(parseTrust(utf8(JSON.stringify(TRUST, null, 4)))), TRUST);
  assert.deepEqual(unwrap(readTrust(NO_TRUST)), NO_TRUST);
  const askers = [{ name: 'me', address: TRUST.issuers[0]!.address }];
  assert.deepEqual(unwrap(readTrust({ ...TRUST, askers })).askers, askers);
});

test('what does not fit is refused by field', () => {
  const log = TRUST.logs[0]!;
  const witness = log.witnesses[0]!;
  const withLog = (over: object): Trust => ({ ...TRUST, logs: [{ ...log, ...over }] });
  const cases: [unknown, string][] = [
    [{ ...TRUST, more: 1 }, 'more'],
    [{ ...TRUST, allowDevelopment: 'yes' }, 'allowDevelopment'],
    [{ ...TRUST, type: 'surety/trust/v2' }, 'type'],
    [withLog({ publicKey: 'AB' }), 'logs.0.publicKey'],
    [withLog({ origin: 'a b' }), 'logs.0.origin'],
    [withLog({ witnessQuorum: 2 }), 'logs.0.witnessQuorum'],
    [withLog({ witnesses: [witness, witness] }), 'logs.0.witnesses'],
    [withLog({ witnesses: [{ ...witness, name: log.origin }] }), 'logs.0.witnesses'],
    [{ ...TRUST, networks: [{ ...TRUST.networks[0], chainId: 0 }] }, 'networks.0.chainId'],
    [{ ...TRUST, issuers: [{ ...TRUST.issuers[0], address: '0x00' }] }, 'issuers.0.address'],
  ];
  for (const [value, field] of cases) {
    const result = readTrust(value);
    assert.ok(!result.ok, field);
    assert.equal(result.problem.field?.replace(/\.$/, ''), field);
  }
});

test('a file that is no JSON, no text or too large is refused', () => {
  for (const bytes of [utf8('{'), new Uint8Array([0xff]), new Uint8Array(262_145)]) {
    const result = parseTrust(bytes);
    assert.match(result.ok ? '' : result.problem.code, /^input\./);
  }
});
