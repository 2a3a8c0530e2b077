import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBytes, addressOfBytes, parseAddress } from './address.ts';
import { unwrap } from './errors.ts';

// the examples in EIP-55
const EXAMPLES = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x27b1fdb04752bbc536007a920d24acb045561c26',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];

test('EIP-55 examples', () => {
  for (const address of EXAMPLES) {
    assert.equal(unwrap(parseAddress(address)), address);
    assert.equal(unwrap(parseAddress(address.toLowerCase(), { lenient: true })), address);
    assert.equal(addressOfBytes(unwrap(addressBytes(address))), address);
  }
});

test('a wrong checksum is refused even when lenient; no checksum only when strict', () => {
  const wrong = '0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
  assert.ok(!parseAddress(wrong, { lenient: true }).ok);
  const lower = parseAddress('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed');
  assert.ok(!lower.ok && lower.problem.next.includes('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'));
});

test('other forms are refused', () => {
  for (const text of [
    '',
    '0x',
    '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0X52908400098527886E0F7030069857D2E4169EE7',
  ]) {
    assert.ok(!parseAddress(text, { lenient: true }).ok);
  }
});

test('every 20 bytes have one strict text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
      assert.deepEqual(unwrap(addressBytes(addressOfBytes(bytes))), bytes);
    }),
  );
});
