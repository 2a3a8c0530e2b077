/** The vectors of `packages/core` against the contracts: every id, digest and proof is the same in both. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { decode, encode, fromHex, type ReceiptMessage, to0x, typedDigest, unwrap, utf8 } from '@surety/core';
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
  submit,
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
      const signed = { message: receipt, issuer: wallet, signature };
      assert.deepEqual(await verifyReceiptOnChain(chain, there, signed), { ok: true, value: true }, name);
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
