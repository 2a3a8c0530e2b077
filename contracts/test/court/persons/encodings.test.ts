/** RSASSA-PSS on encodings that no signer makes: each rule of RFC 8017, section 9.1.2, that a verifier has to check by itself. */
import assert from 'node:assert/strict';
import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Hex, toHex } from 'viem';
import { compileContract } from '../../support/compile.ts';
import { type CourtChain, startCourtChain } from '../court-chain.ts';

const { abi, bytecode } = compileContract('test/court/persons/PersonHarness.sol', 'PersonHarness', { viaIR: false });
const MESSAGE = Buffer.from('a token');
const [BYTES, MASKED_BYTES, SALT_BYTES] = [256, 207, 48];

let chain: CourtChain;
let harness: Hex;
let key: KeyObject;
let modulus: bigint;

before(async () => {
  chain = await startCourtChain(1_800_000_000);
  harness = (await chain.deploy({ abi, bytecode }, [])).address;
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  key = pair.privateKey;
  modulus = BigInt(toHex(Buffer.from(pair.publicKey.export({ format: 'jwk' }).n!, 'base64url')));
});
after(() => chain.local.kill());

const sha384 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha384')).digest();

const mask = (seed: Buffer): Buffer =>
  Buffer.concat([0, 1, 2, 3, 4].map((i) => sha384(seed, Buffer.of(0, 0, 0, i)))).subarray(0, MASKED_BYTES);

type Change = {
  /** Of the hash, before the mask is made of it. */
  readonly digest?: (digest: Buffer) => void;
  /** Of zeros, 0x01 and salt, before they are masked. */
  readonly block?: (block: Buffer) => void;
  /** Of all that is signed. */
  readonly encoded?: (encoded: Buffer) => void;
};

const flip =
  (at: number, bits: number) =>
  (bytes: Buffer): void => {
    bytes[at]! ^= bits;
  };

/** An encoding that is below the modulus, with a change in it. */
const encode = (change: Change): Buffer => {
  for (;;) {
    const salt = randomBytes(SALT_BYTES);
    const digest = sha384(Buffer.alloc(8), sha384(MESSAGE), salt);
    change.digest?.(digest);
    const block = Buffer.concat([Buffer.alloc(MASKED_BYTES - SALT_BYTES - 1), Buffer.of(1), salt]);
    change.block?.(block);
    const over = mask(digest);
    const masked = block.map((byte, i) => byte ^ over[i]!);
    masked[0]! &= 0x7f;
    const encoded = Buffer.concat([masked, digest, Buffer.of(0xbc)]);
    change.encoded?.(encoded);
    if (BigInt(toHex(encoded)) < modulus) return encoded;
  }
};

const signed = (encoded: Buffer): Hex => toHex(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded));

const verifies = (signature: Hex): Promise<unknown> =>
  chain.read(harness, abi, 'verify', [toHex(modulus, { size: BYTES }), toHex(MESSAGE), signature]);

test('an encoding as it should be verifies, and no other', async () => {
  for (let i = 0; i < 4; i++) assert.equal(await verifies(signed(encode({}))), true);
  const changes: readonly (readonly [string, Change])[] = [
    ['the last byte', { encoded: flip(255, 1) }],
    ['the first bit', { encoded: flip(0, 0x80) }],
    ['the hash, at its beginning', { digest: flip(0, 1) }],
    ['the hash, at its end', { digest: flip(47, 1) }],
    ['the salt, at its end', { block: flip(206, 1) }],
    ['no 0x01', { block: flip(158, 1) }],
    ['0x03 for 0x01', { block: flip(158, 2) }],
    ...[0, 1, 31, 32, 63, 64, 95, 96, 127, 128, 157].map(
      (at) => [`byte ${at} before it`, { block: flip(at, 0x40) }] as const,
    ),
  ];
  for (const [what, change] of changes) assert.equal(await verifies(signed(encode(change))), false, what);
});

test('a signature is below the modulus: the same number above it is none', async () => {
  for (;;) {
    const signature = signed(encode({}));
    const above = BigInt(signature) + modulus;
    if (above >> 2_048n !== 0n) continue;
    assert.equal(await verifies(signature), true);
    assert.equal(await verifies(toHex(above, { size: BYTES })), false);
    break;
  }
  for (const number of [0n, 1n, modulus, modulus - 1n])
    assert.equal(await verifies(toHex(number, { size: BYTES })), false);
});
