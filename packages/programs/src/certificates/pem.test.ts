import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CA, certificate, testKey, toPem } from '../../test/pki.ts';
import { certificatesOfPem } from './pem.ts';

const key = testKey('pem');
const der = certificate({ subject: 'a', issuer: 'a', key, by: key, extensions: CA });

test('certificates one after another are read, with any white space between', () => {
  assert.deepEqual(certificatesOfPem(toPem(der))?.map(Buffer.from), [der]);
  assert.equal(certificatesOfPem(`\n${toPem(der)}\n\n${toPem(der)}`)?.length, 2);
});

test('anything before, between or after them is refused', () => {
  const pem = toPem(der);
  for (const text of [
    '',
    `x${pem}`,
    `${pem}x`,
    `${pem}x${pem}`,
    pem.slice(0, 40),
    pem.replaceAll('CERTIFICATE', 'KEY'),
  ]) {
    assert.equal(certificatesOfPem(text), null, text.slice(0, 20));
  }
  assert.equal(certificatesOfPem(pem.replace('=', '!')), null);
});
