import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { actionBytes, verifyAction } from '../action.ts';
import { to0x, utf8 } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { keccak256 } from '../hash.ts';
import { domainSeparator, encodeType, hashStruct, type TypedStruct, typedDataDigest } from './hash.ts';
import { recoverDigest } from './sign.ts';
import { type Bytes32, suretyDomain, TYPED_TYPES } from './types.ts';

type Vectors = {
  domain: { chainId: number; verifyingContract: string };
  domainSeparator: string;
  wallet: string;
  types: { struct: string; type: string; typeHash: string }[];
  cases: {
    struct: keyof typeof TYPED_TYPES;
    name: string;
    message: TypedStruct;
    structHash: string;
    digest: string;
    signature: string;
  }[];
  action: { action: unknown; bytes: string; sessionKeyX: Bytes32; sessionKeyY: Bytes32; signature: string };
};
const v = JSON.parse(readFileSync(new URL('../../../../vectors/typed-data.json', import.meta.url), 'utf8')) as Vectors;

/** JSON has no bigint: amounts are decimal strings there. */
const revive = (struct: keyof typeof TYPED_TYPES, message: TypedStruct): TypedStruct =>
  Object.fromEntries(
    TYPED_TYPES[struct].map(({ name, type }) => [
      name,
      type === 'uint128' ? BigInt(message[name] as string) : message[name]!,
    ]),
  );

test('typed-data vectors: types, structs, digests and signers', () => {
  assert.equal(to0x(domainSeparator(suretyDomain(v.domain))), v.domainSeparator);
  for (const { struct, type, typeHash } of v.types) {
    assert.equal(encodeType(struct, TYPED_TYPES), type);
    assert.equal(to0x(keccak256(utf8(type))), typeHash);
  }
  for (const each of v.cases) {
    const message = revive(each.struct, each.message);
    assert.equal(to0x(hashStruct(each.struct, TYPED_TYPES, message)), each.structHash, each.name);
    const digest = typedDataDigest(suretyDomain(v.domain), each.struct, TYPED_TYPES, message);
    assert.equal(to0x(digest), each.digest);
    assert.equal(unwrap(recoverDigest(digest, each.signature)), v.wallet);
  }
});

test('typed-data vectors: the session-key action', () => {
  const { action, bytes, sessionKeyX, sessionKeyY, signature } = v.action;
  assert.equal(to0x(actionBytes(action)), bytes);
  assert.ok(verifyAction(action, signature, { x: sessionKeyX, y: sessionKeyY }).ok);
});
