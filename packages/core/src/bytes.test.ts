import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { from0x, fromBase64, fromHex, fromUtf8, sameBytes, to0x, toBase64, toHex, utf8 } from './bytes.ts';
import { unwrap } from './errors.ts';

const bytes = fc.uint8Array({ maxLength: 70 });

test('RFC 4648 section 10', () => {
  const cases = ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy'];
  cases.forEach((text, length) => {
    assert.equal(toBase64(utf8('foobar'.slice(0, length))), text);
  });
});

test('hex and base64 agree with Node and have one text per value', () => {
  fc.assert(
    fc.property(bytes, (b) => {
      assert.equal(toHex(b), Buffer.from(b).toString('hex'));
      assert.equal(toBase64(b), Buffer.from(b).toString('base64'));
      assert.deepEqual(unwrap(fromHex(toHex(b))), b);
      assert.deepEqual(unwrap(from0x(to0x(b))), b);
      assert.deepEqual(unwrap(fromBase64(toBase64(b))), b);
    }),
  );
});

test('an accepted text is the text of its value', () => {
  const nearBase64 = fc.string({ unit: fc.constantFrom(...'AQZagz09+/=_- \n'), maxLength: 12 });
  fc.assert(
    fc.property(nearBase64, (text) => {
      const result = fromBase64(text);
      if (result.ok) assert.equal(toBase64(result.value), text);
    }),
    { numRuns: 2000 },
  );
});

test('other spellings are refused', () => {
  for (const text of ['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zm9v\n', 'Zm 9v', 'Zm9_', '===='])
    assert.ok(!fromBase64(text).ok, text);
  for (const text of ['A0', '0', 'g0', '0x00', ' 00']) assert.ok(!fromHex(text).ok, text);
  assert.ok(!fromHex('00', { bytes: 2 }).ok);
  assert.ok(!fromBase64('Zg==', { bytes: 2 }).ok);
  assert.ok(!from0x('00').ok);
  assert.ok(!fromUtf8(new Uint8Array([0xc0, 0x80])).ok);
});

test('what is not UTF-8 is named by its byte', () => {
  const at = (...bytes: number[]): string => {
    const result = fromUtf8(new Uint8Array(bytes), 'It');
    return result.ok ? '' : result.problem.message;
  };
  assert.match(at(0x61, 0x62, 0xff, 0x63), /byte 2\.$/);
  assert.match(at(0xc0, 0x80), /byte 0\.$/);
  assert.match(at(0x61, 0xe2, 0x82, 0x41), /byte 3\.$/);
  assert.match(at(0x61, 0xe2, 0x82), /byte 3\.$/, 'the end, when it comes within a character');
});

test('sameBytes compares whole strings', () => {
  fc.assert(fc.property(bytes, bytes, (a, b) => assert.equal(sameBytes(a, b), toHex(a) === toHex(b))));
});
