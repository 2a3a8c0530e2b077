/** The vectors of `packages/core` against the contracts: every id, digest and proof is the same in both. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import {
  decode,
  encode,
  fromBase64,
  fromHex,
  keccak256,
  openCheckpoint,
  parseReceipt,
  type ReceiptMessage,
  signTyped,
  to0x,
  toHex,
  typedDigest,
  unwrap,
  utf8,
} from '@surety/core';
import fc from 'fast-check';
import type { Hex } from 'viem';

import { KEYS, type LocalChain, startChain } from '../test/local-chain.ts';
import { Anchor, ReceiptVerifier } from './generated/index.ts';
import {
  type Chain,
  type Contracts,
  canonicalIdOnChain,
  connect,
  deployOn,
  originHash,
  type SignedReceipt,
  submit,
  verifyAnchoredReceipt,
  verifyReceiptOnChain,
} from './index.ts';
import { receiptArgument } from './receipt.ts';

const vectors = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'vectors', `${name}.json`), 'utf8'));

let local: LocalChain;
let chain: Chain;
let contracts: Contracts;

before(async () => {
  local = await startChain();
  chain = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  contracts = unwrap(await deployOn(chain)).contracts;
});
after(() => local.kill());

test('canonical.json: what TypeScript encodes has the same id on chain, what it refuses has none', async () => {
  const { valid, invalid } = vectors('canonical') as {
    readonly valid: readonly { readonly name: string; readonly hex: string; readonly id: string }[];
    readonly invalid: readonly { readonly name: string; readonly hex: string }[];
  };
  assert.ok(valid.length > 20 && invalid.length > 40);
  for (const { name, hex, id } of valid) {
    const found = await canonicalIdOnChain(chain, contracts, unwrap(fromHex(hex)));
    assert.deepEqual(found, { ok: true, value: `0x${id}` }, name);
  }
  for (const { name, hex } of invalid) {
    const found = await canonicalIdOnChain(chain, contracts, unwrap(fromHex(hex)));
    assert.equal(found.ok ? 'accepted' : found.problem.code, 'input.not-canonical', name);
  }
});

const key = fc.stringMatching(/^[A-Za-z0-9_.:/$@-]{1,6}$/);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('property: TypeScript and Solidity accept the same bytes, one changed byte included', async () => {
  const change = fc.record({
    at: fc.nat(),
    byte: fc.constantFrom(...utf8('{}[],:"\\ 0129-+.eEtfnul/\u0000\u001f'), 0x80, 0xc2, 0xed, 0xff),
  });
  await fc.assert(
    fc.asyncProperty(value, change, async (json, { at, byte }) => {
      const bytes = encode(json as Parameters<typeof encode>[0]);
      assert.ok((await canonicalIdOnChain(chain, contracts, bytes)).ok);
      bytes[at % bytes.length] = byte;
      const onChain = await canonicalIdOnChain(chain, contracts, bytes);
      assert.equal(onChain.ok, decode(bytes).ok, to0x(bytes));
    }),
    { numRuns: 300 },
  );
});

type TypedCase = {
  readonly struct: string;
  readonly name: string;
  readonly message: Record<string, string | number>;
  readonly digest: Hex;
  readonly signature: Hex;
};

test('typed-data.json: contracts hash the same structs and take the same signatures', async () => {
  const { domain, wallet, cases } = vectors('typed-data') as {
    readonly domain: { readonly chainId: number; readonly verifyingContract: Hex };
    readonly wallet: Hex;
    readonly cases: readonly TypedCase[];
  };
  // The vectors' verifier lives at an address of its own; the contract takes its domain from where it stands.
  const code = await chain.reader.getCode({ address: contracts.receiptVerifier });
  await local.rpc('anvil_setCode', [domain.verifyingContract, code]);
  const at = { abi: ReceiptVerifier.abi, address: domain.verifyingContract } as const;
  const there = { ...contracts, receiptVerifier: domain.verifyingContract };
  for (const { struct, name, message, digest, signature } of cases) {
    if (struct === 'Receipt') {
      const receipt = { ...message, coverMicroUsd: BigInt(message.coverMicroUsd!) } as ReceiptMessage;
      assert.equal(to0x(typedDigest('Receipt', receipt, domain)), digest, name);
      const args = [receiptArgument(receipt)] as const;
      assert.equal(await chain.reader.readContract({ ...at, functionName: 'digest', args }), digest, name);
      const signed = { message: receipt, signature };
      assert.deepEqual(
        await verifyReceiptOnChain(chain, there, signed, wallet),
        { ok: true, value: receipt.operator === wallet },
        name,
      );
      continue;
    }
    const struct_ = Object.fromEntries(
      Object.entries(message).map(([k, v]) => [k, typeof v === 'number' || /MicroUsd$/.test(k) ? BigInt(v) : v]),
    );
    const functionName = struct === 'Delegation' ? 'delegationDigest' : 'askerClaimDigest';
    const found = await chain.reader.readContract({ ...at, functionName, args: [struct_ as never] });
    assert.equal(found, digest, name);
  }
});

type ReceiptCase = {
  readonly name: string;
  readonly file: string;
  readonly leaf: string;
  readonly eip712: {
    readonly message: ReceiptMessage & { readonly coverMicroUsd: string };
    readonly digest: Hex;
    readonly signature: Hex;
    readonly issuer: Hex;
  };
};

test('receipt.json: contracts take the same signatures, and rebuild the leaf that the log holds', async () => {
  const { valid, trust } = vectors('receipt') as {
    readonly valid: readonly ReceiptCase[];
    readonly trust: { readonly networks: readonly { readonly receiptVerifier: Hex }[] };
  };
  const [network] = trust.networks;
  assert.ok(network && valid.length > 3);
  const code = await chain.reader.getCode({ address: contracts.receiptVerifier });
  await local.rpc('anvil_setCode', [network.receiptVerifier, code]);
  const there = { ...contracts, receiptVerifier: network.receiptVerifier };
  const at = { abi: ReceiptVerifier.abi, address: network.receiptVerifier } as const;
  for (const { name, leaf, eip712 } of valid) {
    const message = { ...eip712.message, coverMicroUsd: BigInt(eip712.message.coverMicroUsd) };
    const args = [receiptArgument(message)] as const;
    assert.equal(await chain.reader.readContract({ ...at, functionName: 'digest', args }), eip712.digest, name);
    assert.equal(await chain.reader.readContract({ ...at, functionName: 'logLeaf', args }), to0x(utf8(leaf)), name);
    const signed = { message, signature: eip712.signature };
    assert.deepEqual(await verifyReceiptOnChain(chain, there, signed, eip712.issuer), { ok: true, value: true }, name);
    const other = contracts.anchor;
    assert.deepEqual(await verifyReceiptOnChain(chain, there, signed, other), { ok: true, value: false }, name);
  }
});

test('receipt.json: an anchored root shows on chain what was decided, and nothing else that the issuer may sign', async () => {
  const { valid, trust } = vectors('receipt') as {
    readonly valid: readonly ReceiptCase[];
    readonly trust: { readonly networks: readonly { readonly receiptVerifier: Hex; readonly operator: Hex }[] };
  };
  const [network] = trust.networks;
  const found = valid.find(({ name }) => name === 'final by a panel');
  assert.ok(network && found);
  const code = await chain.reader.getCode({ address: contracts.receiptVerifier });
  await local.rpc('anvil_setCode', [network.receiptVerifier, code]);
  await local.rpc('anvil_setBalance', [network.operator, '0x8ac7230489e80000']);
  // The operator of the vectors, whose key is published in `packages/core/test/sample.ts`.
  const secretKey = keccak256(utf8('surety sample issuer'));
  const operator = unwrap(await connect(local.rpcUrl, { key: toHex(secretKey) }));
  assert.equal(operator.account!.address, network.operator);
  const there = { ...contracts, receiptVerifier: network.receiptVerifier };

  const { log } = unwrap(parseReceipt(utf8(found.file)));
  const { checkpoint } = unwrap(openCheckpoint(log.checkpoint));
  const [origin, treeSize] = [originHash(checkpoint.origin), BigInt(checkpoint.size)];
  const inclusion = log.inclusion.map((hash) => to0x(unwrap(fromBase64(hash))));
  const place = { origin, treeSize, leafIndex: BigInt(log.index), inclusion };
  const message = { ...found.eip712.message, coverMicroUsd: BigInt(found.eip712.message.coverMicroUsd) };
  const says = (signed: SignedReceipt) => verifyAnchoredReceipt(operator, there, signed, network.operator, place);
  const signed = { message, signature: found.eip712.signature };
  assert.deepEqual(await says(signed), { ok: true, value: false }, 'nothing is anchored yet');
  const anchor = { kind: 'anchor', origin, treeSize, rootHash: to0x(checkpoint.root), consistency: [] } as const;
  assert.equal((await submit(operator, there, anchor)).kind, 'mined');
  assert.deepEqual(await says(signed), { ok: true, value: true });

  const domain = { chainId: 31_337, verifyingContract: network.receiptVerifier };
  const others = [
    { outcome: message.claimId },
    { status: 0 },
    { coverMicroUsd: message.coverMicroUsd + 1n },
    { issuedAt: 1 },
  ];
  for (const other of others) {
    const changed = { ...message, ...other };
    const signature = signTyped('Receipt', changed, { domain, secretKey }) as Hex;
    const taken = await verifyReceiptOnChain(chain, there, { message: changed, signature }, network.operator);
    assert.deepEqual(taken, { ok: true, value: true }, 'signed all the same');
    assert.deepEqual(await says({ message: changed, signature }), { ok: true, value: false }, Object.keys(other)[0]);
  }
});

test('merkle.json: every root can be anchored after every other, every leaf is found', async () => {
  const { roots, leafHashes, inclusion, consistency } = vectors('merkle') as {
    readonly roots: readonly string[];
    readonly leafHashes: readonly string[];
    readonly inclusion: readonly { index: number; size: number; leafHash: string; proof: string[]; root: string }[];
    readonly consistency: readonly {
      first: number;
      second: number;
      firstRoot: string;
      secondRoot: string;
      proof: string[];
    }[];
  };
  const hexes = (list: readonly string[]): Hex[] => list.map((item): Hex => `0x${item}`);
  const operator = chain.account!.address;
  assert.ok(roots.length > 10 && leafHashes.length > 9);
  for (const { first, second, firstRoot, secondRoot, proof } of consistency) {
    if (first === 0 || first === second) continue;
    const origin: Hex = `0x${first.toString(16).padStart(2, '0')}${second.toString(16).padStart(62, '0')}`;
    const start = {
      kind: 'anchor',
      origin,
      treeSize: BigInt(first),
      rootHash: `0x${firstRoot}`,
      consistency: [],
    } as const;
    assert.equal((await submit(chain, contracts, start)).kind, 'mined');
    const next = { ...start, treeSize: BigInt(second), rootHash: `0x${secondRoot}` as Hex, consistency: hexes(proof) };
    assert.equal((await submit(chain, contracts, next)).kind, 'mined', `${first} to ${second}`);
    for (const { index, size, leafHash, proof: path } of inclusion) {
      if (size !== second) continue;
      const args = [operator, origin, BigInt(size), BigInt(index), `0x${leafHash}` as Hex, hexes(path)] as const;
      const place = { abi: Anchor.abi, address: contracts.anchor, functionName: 'includes', args } as const;
      assert.equal(await chain.reader.readContract(place), true, `${index} of ${size}`);
    }
  }
});
