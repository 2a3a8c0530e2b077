/** The registry of persons: SHA-384 and RSASSA-PSS as OpenSSL has them, tokens as `packages/core` and RFC 9578 have them. */
import assert from 'node:assert/strict';
import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { concat, type Hex, hexToBytes, slice, toFunctionSelector, toHex } from 'viem';
import { PersonTokens } from '../../../../packages/chain/src/generated/index.ts';
import { CONTRACTS, compileContract } from '../../support/compile.ts';
import { type CourtChain, startCourtChain, who } from '../court-chain.ts';

type Vectors = {
  readonly issuer: string;
  readonly registry: Hex;
  readonly modulus: Hex;
  readonly keyId: Hex;
  readonly tokens: readonly { readonly account: Hex; readonly challenge: Hex; readonly token: Hex }[];
  readonly refused: readonly { readonly why: string; readonly token: Hex }[];
};

const vectors = JSON.parse(readFileSync(join(CONTRACTS, '..', 'vectors', 'person-token.json'), 'utf8')) as Vectors;
const { issuer, modulus } = vectors;
/** How an error shows in a refusal. */
const [REFUTED, KNOWN] = ['TokenRefuted(address)', 'PersonKnown(address)'].map(toFunctionSelector);
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 } as const;
const { abi, bytecode } = compileContract('test/court/persons/PersonHarness.sol', 'PersonHarness', { viaIR: false });

let chain: CourtChain;
let harness: Hex;

before(async () => {
  chain = await startCourtChain(1_800_000_000, { persons: { issuer, modulus } });
  harness = (await chain.deploy({ abi, bytecode }, [])).address;
});
after(() => chain.local.kill());

const call = (name: string, ...args: readonly Hex[]): Promise<unknown> => chain.read(harness, abi, name, args);
const registered = (account: Hex, token: Hex): Promise<string> =>
  chain.read(chain.registry, PersonTokens.abi, 'register', [account, token]).then(
    () => 'counts',
    (error: Error) => error.message,
  );

const modulusOf = (key: KeyObject): Hex => toHex(Buffer.from(key.export({ format: 'jwk' }).n!, 'base64url'));

test('SHA-384: as OpenSSL says, for every length of the last block and for several blocks', async () => {
  for (let length = 0; length <= 260; length += length < 120 || length > 240 ? 1 : 7) {
    const message = Buffer.from(Array.from({ length }, (_, i) => (i * 131 + length) % 256));
    const [high, low] = (await call('sha384', toHex(message))) as readonly [Hex, Hex];
    assert.equal(concat([high, low]), toHex(createHash('sha384').update(message).digest()), `${length} bytes`);
  }
});

test('RSASSA-PSS: as OpenSSL says, on good signatures and on changed ones', async () => {
  for (let i = 0; i < 4; i++) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const key = modulusOf(publicKey);
    const message = Buffer.alloc(37 * i, i);
    const signature = toHex(sign('sha384', message, { key: privateKey, ...PSS }));
    const says = (of: Hex, by: Hex = key, on: Hex = toHex(message)): Promise<unknown> => call('verify', by, on, of);
    assert.equal(await says(signature), true);
    assert.equal(await says(signature, modulus), false, 'another key');
    assert.equal(await says(signature, key, toHex(Buffer.alloc(37 * i + 1, i))), false, 'another message');
    assert.equal(await says(slice(signature, 1)), false, 'a byte too few');
    assert.equal(await says(signature, slice(key, 1)), false, 'a modulus that is shorter');
    for (const at of [0, 31, 32, 128, 255]) {
      const changed = hexToBytes(signature);
      changed[at]! ^= 1 << i;
      assert.equal(await says(toHex(changed)), false, `byte ${at}`);
    }
    for (const saltLength of [0, 32, 47, 49]) {
      const other = toHex(sign('sha384', message, { key: privateKey, ...PSS, saltLength }));
      assert.equal(await says(other), false, `a salt of ${saltLength} bytes`);
    }
    const other = toHex(sign('sha256', message, { key: privateKey, ...PSS }));
    assert.equal(await says(other), false, 'another hash');
  }
});

test('the registry names key, issuer and challenges as packages/core does', async () => {
  assert.equal(chain.registry.toLowerCase(), vectors.registry.toLowerCase());
  const read = (name: string, args: readonly unknown[] = []) =>
    chain.read(chain.registry, PersonTokens.abi, name, args);
  assert.equal(await read('issuer'), issuer);
  assert.equal(await read('modulus'), modulus);
  assert.equal(await read('keyId'), vectors.keyId);
  for (const { account, challenge } of vectors.tokens) assert.equal(await read('challengeOf', [account]), challenge);
});

test('what is no token of the account is refused by name', async () => {
  const { account } = vectors.tokens[0]!;
  for (const { why, token } of vectors.refused) assert.equal(await registered(account, token), REFUTED, why);
});

test('a token counts once, for its account, whoever sends it', async () => {
  const [first, second] = vectors.tokens;
  assert.equal(await registered(second!.account, first!.token), REFUTED);
  const args = [first!.account, first!.token];
  const read = () => chain.read(chain.registry, PersonTokens.abi, 'isHuman', [first!.account]);
  assert.equal(await read(), false);
  await chain.send(who(5), chain.registry, PersonTokens.abi, 'register', args);
  assert.equal(await read(), true);
  assert.equal(await registered(first!.account, first!.token), KNOWN);
  assert.equal(await chain.read(chain.registry, PersonTokens.abi, 'isHuman', [second!.account]), false);
  const logs = (await chain.local.rpc('eth_getLogs', [{ fromBlock: '0x0', address: chain.registry }])) as readonly {
    readonly topics: readonly Hex[];
    readonly data: Hex;
  }[];
  assert.equal(logs.length, 1);
  assert.ok(logs[0]!.data.includes(first!.token.slice(2)), 'the token is there for whoever checks it');
});

test('no registry without a key of 2048 bits and a name', async () => {
  const made = (name: string, key: Hex): Promise<string> =>
    chain.deploy(PersonTokens, [name, key]).then(
      () => 'made',
      () => 'refused',
    );
  assert.equal(await made('x', modulus), 'made');
  assert.equal(await made('', modulus), 'refused');
  assert.equal(await made('x'.repeat(129), modulus), 'refused');
  assert.equal(await made('x', slice(modulus, 1)), 'refused');
  const bytes = hexToBytes(modulus);
  assert.equal(await made('x', toHex(bytes.with(0, 0x7f))), 'refused', 'shorter than 2048 bits');
  assert.equal(await made('x', toHex(bytes.with(255, bytes[255]! ^ 1))), 'refused', 'even');
});

const RFC = join(CONTRACTS, '..', '..', 'shared', 'data', 'privacy-pass');
const skip = existsSync(RFC) ? false : 'n/a: ../shared/data/privacy-pass is absent';

test('RFC 9578, publicly verifiable tokens: the published ones verify, changed ones do not', { skip }, async () => {
  let count = 0;
  for (const file of ['pub_verif_rfc9578.rust.json', 'pub_verif_rfc9578.go.json']) {
    for (const v of JSON.parse(readFileSync(join(RFC, file), 'utf8')) as readonly Record<string, string>[]) {
      // 256 bytes before the exponent, which the encoding ends with.
      const key = slice(`0x${v.pkS}`, -261, -5);
      const token: Hex = `0x${v.token}`;
      assert.equal(await call('verify', key, slice(token, 0, 98), slice(token, 98)), true);
      assert.equal(await call('verify', key, slice(token, 1, 98), slice(token, 98)), false);
      count += 1;
    }
  }
  assert.ok(count >= 10, `${count} vectors`);
});
