import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, utf8 } from '../bytes.ts';
import { keccak256 } from '../hash.ts';
import { domainSeparator, encodeType, hashStruct, type TypedTypes, typedDataDigest } from './hash.ts';
import { addressOfSecretKey, recoverDigest, signDigest } from './sign.ts';

// the example of https://eips.ethereum.org/EIPS/eip-712, with the values its Example.js asserts
const types: TypedTypes = {
  Person: [
    { name: 'name', type: 'string' },
    { name: 'wallet', type: 'address' },
  ],
  Mail: [
    { name: 'from', type: 'Person' },
    { name: 'to', type: 'Person' },
    { name: 'contents', type: 'string' },
  ],
};
const domain = {
  name: 'Ether Mail',
  version: '1',
  chainId: 1,
  verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
};
const mail = {
  from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
  to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
  contents: 'Hello, Bob!',
};

test('EIP-712 example: type, struct, domain and digest', () => {
  const type = 'Mail(Person from,Person to,string contents)Person(string name,address wallet)';
  assert.equal(encodeType('Mail', types), type);
  assert.equal(toHex(keccak256(utf8(type))), 'a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2');
  assert.equal(
    toHex(hashStruct('Mail', types, mail)),
    'c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e',
  );
  assert.equal(toHex(domainSeparator(domain)), 'f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f');
  assert.equal(
    toHex(typedDataDigest(domain, 'Mail', types, mail)),
    'be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2',
  );
});

test('EIP-712 example: signature by the key keccak256("cow")', () => {
  const key = keccak256(utf8('cow'));
  const digest = typedDataDigest(domain, 'Mail', types, mail);
  assert.equal(addressOfSecretKey(key), mail.from.wallet);
  const signature = signDigest(digest, key);
  assert.equal(
    signature,
    '0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c',
  );
  const recovered = recoverDigest(digest, signature);
  assert.ok(recovered.ok && recovered.value === mail.from.wallet);
});

test('arrays and every atomic type have a place', () => {
  const all: TypedTypes = {
    All: [
      { name: 'list', type: 'uint8[]' },
      { name: 'pair', type: 'bool[2]' },
      { name: 'tag', type: 'bytes4' },
      { name: 'data', type: 'bytes' },
      { name: 'signed', type: 'int64' },
    ],
  };
  const value = { list: [1, 2], pair: [true, false], tag: '0x01020304', data: '0x', signed: -1n };
  assert.equal(hashStruct('All', all, value).length, 32);
  for (const wrong of [{ pair: [true] }, { list: [256] }, { tag: '0x01' }, { signed: 1n << 63n }, { data: 1n }]) {
    assert.throws(() => hashStruct('All', all, { ...value, ...wrong }), { name: 'SuretyError' });
  }
});
