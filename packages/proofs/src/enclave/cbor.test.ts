import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, unwrap } from '@surety/core';
import { cbor } from '../../test/cbor-writer.ts';
import { decodeCbor, encodeByteString } from './cbor.ts';
import { reading } from './problem.ts';

const decode = (hex: string, options: { readonly openMaps?: boolean } = {}) =>
  reading(() => decodeCbor(unwrap(fromHex(hex)), 'bytes', options));
const refusal = (hex: string, options = {}): string => {
  const result = decode(hex, options);
  return result.ok ? 'accepted' : `${result.problem.code}: ${result.problem.message}`;
};

test('examples of RFC 8949, appendix A, that attestations use', () => {
  const values: readonly (readonly [string, unknown])[] = [
    ['00', 0],
    ['1818', 24],
    ['190100', 256],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['29', -10],
    ['3903e7', -1000],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['4401020304', new Uint8Array([1, 2, 3, 4])],
    ['6449455446', 'IETF'],
    ['8301820203820405', [1, [2, 3], [4, 5]]],
    [
      'a201020304',
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
  ];
  for (const [hex, value] of values) {
    const result = decode(hex);
    assert.ok(result.ok, hex);
    assert.deepEqual(result.value, value, hex);
  }
});

test('a second encoding of the same value is refused', () => {
  for (const hex of ['1801', '190001', '1a00000001', '1b0000000000000001', '5801aa', '590001aa', 'b801f6f6']) {
    assert.match(refusal(hex), /^attestation\.malformed: .*too long/, hex);
  }
});

test('indefinite lengths, tags, floats, other simple values and large numbers are refused', () => {
  const odd = [
    '5f4101ff',
    '7f6161ff',
    '9f01ff',
    'bff6f6ff',
    'c000',
    'f90000',
    'fb0000000000000000',
    'f7',
    'e0',
    'f8ff',
  ];
  for (const hex of [...odd, '1bffffffffffffffff', '1c', 'ff']) assert.match(refusal(hex), /malformed/, hex);
});

test('a key twice, a key of another kind, bytes after the end and before it are refused', () => {
  assert.match(refusal('a201020103'), /the key 1 twice/);
  assert.match(refusal('a1f602'), /neither text nor a number/);
  assert.match(refusal('0000'), /1 bytes after its end/);
  assert.match(refusal(''), /before it is complete/);
  assert.match(refusal('4401'), /before it is complete/);
  assert.match(refusal('9bffffffffffff0000'), /above 2\^53/);
  assert.match(refusal('9a7fffffff'), /before it is complete/);
  assert.match(refusal(`${'81'.repeat(10)}00`), /nested deeper/);
  assert.match(refusal('61ff'), /not UTF-8/);
});

test('a map may leave its size open only where the caller says so', () => {
  const open = decode('bf01020304ff', { openMaps: true });
  assert.ok(open.ok);
  assert.deepEqual(
    open.value,
    new Map([
      [1, 2],
      [3, 4],
    ]),
  );
  assert.match(refusal('bf0102', { openMaps: true }), /before it is complete/);
  assert.match(refusal('bf0102010fff', { openMaps: true }), /twice/);
  assert.match(refusal('bf01ff', { openMaps: true }), /indefinite/);
  assert.match(refusal('9f01ff', { openMaps: true }), /indefinite/);
});

test('byte strings are written as they are read', () => {
  for (const length of [0, 1, 23, 24, 255, 256, 65_535]) {
    const bytes = new Uint8Array(length).fill(7);
    assert.deepEqual(encodeByteString(bytes), new Uint8Array(cbor(bytes)));
    assert.deepEqual(decodeCbor(encodeByteString(bytes), 'bytes'), bytes);
  }
  assert.throws(() => encodeByteString(new Uint8Array(65_536)), { code: 'internal' });
});
