import assert from 'node:assert/strict';
import { test } from 'node:test';
import { p256 } from '@noble/curves/nist.js';
import { concatBytes, fromBase64, fromHex, utf8 } from './bytes.ts';
import { preAuthEncoding, signDsse, verifyDsse } from './dsse.ts';
import { unwrap } from './errors.ts';

const hex = (text: string): Uint8Array => unwrap(fromHex(text));

test('DSSE protocol.md: the pre-authentication encoding and the ECDSA signature of "hello world"', () => {
  const signed = preAuthEncoding('http://example.com/HelloWorld', utf8('hello world'));
  assert.deepEqual(signed, utf8('DSSEv1 29 http://example.com/HelloWorld 11 hello world'));
  const coordinate = (n: bigint): Uint8Array => hex(n.toString(16).padStart(64, '0'));
  const x = 46950820868899156662930047687818585632848591499744589407958293238635476079160n;
  const y = 5640078356564379163099075877009565129882514886557779369047442380624545832820n;
  const signature = 'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==';
  const key = concatBytes(new Uint8Array([4]), coordinate(x), coordinate(y));
  assert.ok(p256.verify(unwrap(fromBase64(signature)), signed, key, { lowS: false }));
});

test('an envelope signature fits one payload, one type, one key', () => {
  const secret = new Uint8Array(32).fill(3);
  const signature = signDsse('a/b', utf8('payload'), secret);
  assert.ok(verifyDsse('a/b', utf8('payload'), signature).ok);
  const other = signDsse('a/b', utf8('payload'), new Uint8Array(32).fill(4));
  const wrong = [
    verifyDsse('a/b', utf8('payloae'), signature),
    verifyDsse('a/c', utf8('payload'), signature),
    verifyDsse('a/b', utf8('payload'), { ...signature, keyid: other.keyid }),
    verifyDsse('a/b', utf8('payload'), { ...signature, keyid: 'ff'.repeat(32) }),
  ];
  for (const result of wrong) assert.equal(!result.ok && result.problem.code, 'signature.wrong-signer');
  assert.ok(!verifyDsse('a/b', utf8('payload'), { ...signature, sig: 'AAAA' }).ok);
  assert.ok(!verifyDsse('a/b', utf8('payload'), { ...signature, keyid: 'AA' }).ok);
});
