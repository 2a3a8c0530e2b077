import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { to0x, unwrap } from '@surety/core';
import fc from 'fast-check';

import { buildSumTree, rootOfPath, type SumLeaf, type SumPath, verifySumPath, ZERO_32 } from './sum-tree.ts';

type Case = {
  readonly name: string;
  readonly rootHash: `0x${string}`;
  readonly rootSum: string;
  readonly proofs: readonly {
    readonly account: `0x${string}`;
    readonly authorised: string;
    readonly withdrawn: string;
    readonly cash: string;
    readonly positions: string;
    readonly positionsCommitment: `0x${string}`;
    readonly index: number;
    readonly siblingHashes: readonly `0x${string}`[];
    readonly siblingSums: readonly string[];
  }[];
};

const file = join(import.meta.dirname, '..', '..', '..', 'vectors', 'sum-tree.json');
const cases: readonly Case[] = JSON.parse(readFileSync(file, 'utf8')).cases;

const leafOf = (proof: Case['proofs'][number]): SumLeaf => ({
  account: proof.account,
  authorisedMicroUsd: BigInt(proof.authorised),
  withdrawnMicroUsd: BigInt(proof.withdrawn),
  cashMicroUsd: BigInt(proof.cash),
  positionsMicroUsd: BigInt(proof.positions),
  positionsCommitment: proof.positionsCommitment,
});

test('the vectors: roots from leaves in any order, and every path', () => {
  for (const { name, rootHash, rootSum, proofs } of cases) {
    const root = { hash: rootHash, sumMicroUsd: BigInt(rootSum) };
    const tree = unwrap(buildSumTree(proofs.map(leafOf).reverse()));
    assert.deepEqual(tree.root, root, name);
    for (const proof of proofs) {
      const siblings = proof.siblingHashes.map((hash, i) => ({ hash, sumMicroUsd: BigInt(proof.siblingSums[i]!) }));
      const path = { index: proof.index, siblings };
      assert.deepEqual(tree.proof(proof.account), { leaf: leafOf(proof), path }, name);
      assert.ok(verifySumPath(root, leafOf(proof), path).ok, name);
    }
  }
});

const amount = fc.bigInt({ min: 0n, max: 1n << 64n });
const anyLeaf: fc.Arbitrary<SumLeaf> = fc
  .record({
    account: fc.uint8Array({ minLength: 20, maxLength: 20 }),
    a: amount,
    b: amount,
    cash: amount,
    held: amount,
  })
  .map(({ account, a, b, cash, held }) => ({
    account: to0x(account),
    authorisedMicroUsd: a + b,
    withdrawnMicroUsd: b,
    cashMicroUsd: cash,
    positionsMicroUsd: held,
    positionsCommitment: ZERO_32,
  }));
const leaves = fc.uniqueArray(anyLeaf, { minLength: 1, maxLength: 20, selector: ({ account }) => account });

test('property: the root sums all leaves, and a path proves its own leaf and no other', () => {
  fc.assert(
    fc.property(leaves, fc.nat(), fc.nat(), (list, pick, other) => {
      const tree = unwrap(buildSumTree(list));
      const owed = (l: SumLeaf) => l.authorisedMicroUsd - l.withdrawnMicroUsd + l.cashMicroUsd + l.positionsMicroUsd;
      assert.equal(
        tree.root.sumMicroUsd,
        list.reduce((sum, l) => sum + owed(l), 0n),
      );
      const { leaf, path } = tree.proof(list[pick % list.length]!.account)!;
      assert.ok(verifySumPath(tree.root, leaf, path).ok);
      const changed: SumLeaf = { ...leaf, cashMicroUsd: leaf.cashMicroUsd + 1n };
      assert.ok(!verifySumPath(tree.root, changed, path).ok);
      const another = tree.proof(list[other % list.length]!.account)!;
      assert.equal(verifySumPath(tree.root, leaf, another.path).ok, another.path.index === path.index);
    }),
    { numRuns: 100 },
  );
});

test('property: moving money between sums along a path changes the root', () => {
  fc.assert(
    fc.property(leaves, fc.nat(), fc.nat(), (list, pick, level) => {
      const tree = unwrap(buildSumTree(list));
      const { leaf, path } = tree.proof(list[pick % list.length]!.account)!;
      if (path.siblings.length === 0 || leaf.cashMicroUsd === 0n) return;
      const at = level % path.siblings.length;
      const siblings = path.siblings.map((s, i) => (i === at ? { ...s, sumMicroUsd: s.sumMicroUsd + 1n } : s));
      const moved: SumLeaf = { ...leaf, cashMicroUsd: leaf.cashMicroUsd - 1n };
      const found = unwrap(rootOfPath(moved, { ...path, siblings }));
      assert.equal(found.sumMicroUsd, tree.root.sumMicroUsd);
      assert.notEqual(found.hash, tree.root.hash);
    }),
    { numRuns: 50 },
  );
});

test('what is no leaf, no tree or no path is refused', () => {
  const leaf: SumLeaf = {
    account: '0x00000000000000000000000000000000000000aa',
    authorisedMicroUsd: 5n,
    withdrawnMicroUsd: 0n,
    cashMicroUsd: 1n,
    positionsMicroUsd: 0n,
    positionsCommitment: ZERO_32,
  };
  const upper: SumLeaf = { ...leaf, account: '0x00000000000000000000000000000000000000AA' };
  const refused = (list: readonly SumLeaf[]) => {
    const tree = buildSumTree(list);
    return tree.ok ? 'ok' : tree.problem.code;
  };
  assert.equal(refused([leaf, upper]), 'settlement.path-not-in-root');
  assert.equal(refused([{ ...leaf, withdrawnMicroUsd: 6n }]), 'settlement.path-not-in-root');
  assert.equal(refused([{ ...leaf, cashMicroUsd: -1n }]), 'settlement.path-not-in-root');
  assert.equal(refused([{ ...leaf, cashMicroUsd: 1n << 128n }]), 'settlement.path-not-in-root');
  assert.equal(refused([{ ...leaf, positionsCommitment: '0x00' }]), 'input.malformed');
  assert.equal(refused([]), 'ok');
  const path: SumPath = { index: 2, siblings: [{ hash: ZERO_32, sumMicroUsd: 0n }] };
  assert.equal(rootOfPath(leaf, path).ok, false);
  const large = { ...leaf, cashMicroUsd: (1n << 128n) - 6n };
  assert.throws(() => buildSumTree([large, { ...leaf, account: '0x00000000000000000000000000000000000000bb' }]), {
    code: 'settlement.sum-overflow',
  });
});
