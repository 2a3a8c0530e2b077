import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toHex, utf8 } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from './frontier.ts';
import { emptyRoot, leafHash, nodeHash } from './hash.ts';
import { consistencyRanges, inclusionRanges, proveConsistency, proveInclusion } from './ranges.ts';
import { rootOfInclusion, verifyConsistency, verifyInclusion } from './verify-proof.ts';

/** MTH of RFC 9162 section 2.1.1, word for word. */
const treeHash = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leaves[0]!;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
};

const MAX = 70;
const leaves = Array.from({ length: MAX }, (_, i) => leafHash(utf8(`leaf ${i}`)));
const readNode = (level: number, index: number): Uint8Array =>
  treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const root = (size: number): Uint8Array => treeHash(leaves.slice(0, size));

test('RFC 9162 / RFC 6962: roots of the reference tree, sizes 0 to 8', () => {
  const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const hashes = entries.map((hex) => leafHash(new Uint8Array(Buffer.from(hex, 'hex'))));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  let frontier: Frontier = EMPTY_FRONTIER;
  for (let size = 0; ; size++) {
    assert.equal(toHex(frontierRoot(frontier)), roots[size]);
    assert.equal(toHex(treeHash(hashes.slice(0, size))), roots[size]);
    if (size === hashes.length) break;
    frontier = appendLeaf(frontier, hashes[size]!).frontier;
  }
});

test('a frontier grows to the same roots and completes each node once', () => {
  let frontier: Frontier = EMPTY_FRONTIER;
  const seen = new Set<string>();
  leaves.forEach((leaf, i) => {
    const step = appendLeaf(frontier, leaf);
    frontier = step.frontier;
    assert.deepEqual(frontierRoot(frontier), root(i + 1));
    for (const node of step.completed) {
      const name = `${node.level}/${node.index}`;
      assert.ok(!seen.has(name));
      seen.add(name);
      assert.deepEqual(node.hash, readNode(node.level, node.index));
    }
  });
  assert.throws(() => frontierRoot({ size: 3, hashes: [] }), { name: 'SuretyError' });
});

test('every inclusion proof holds, and for no other leaf, index, size or root', async () => {
  for (let size = 1; size <= 20; size++) {
    for (let index = 0; index < size; index++) {
      const proof = await proveInclusion(index, size, readNode);
      const at = { index, size };
      assert.ok(verifyInclusion(leaves[index]!, at, proof, root(size)).ok);
      assert.ok(!verifyInclusion(leaves[index + 1]!, at, proof, root(size)).ok);
      assert.ok(!verifyInclusion(leaves[index]!, at, proof, root(size + 1)).ok);
      assert.ok(!verifyInclusion(leaves[index]!, at, [...proof, leaves[0]!], root(size)).ok);
      if (proof.length > 0) assert.ok(!verifyInclusion(leaves[index]!, at, proof.slice(1), root(size)).ok);
      for (let other = 0; other < size; other++) {
        const result = verifyInclusion(leaves[index]!, { index: other, size }, proof, root(size));
        assert.equal(result.ok, other === index);
      }
    }
  }
});

test('every consistency proof holds, and none with a changed part', async () => {
  for (let second = 1; second <= 20; second++) {
    for (let first = 1; first <= second; first++) {
      const proof = await proveConsistency(first, second, readNode);
      const [a, b] = [
        { size: first, root: root(first) },
        { size: second, root: root(second) },
      ];
      assert.ok(verifyConsistency(a, b, proof).ok);
      assert.ok(!verifyConsistency({ ...a, root: root(first + 1) }, b, proof).ok);
      assert.ok(!verifyConsistency(a, { ...b, root: root(second + 1) }, proof).ok);
      assert.ok(!verifyConsistency(a, b, [...proof, leaves[0]!]).ok);
      if (first < second) assert.ok(!verifyConsistency(a, b, proof.slice(1)).ok);
      for (let i = 0; i < proof.length; i++) {
        assert.ok(!verifyConsistency(a, b, proof.with(i, leafHash(proof[i]!))).ok);
      }
    }
  }
});

test('proofs of random positions up to a tree that needs several levels', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: MAX }), fc.nat(), async (size, seed) => {
      const index = seed % size;
      const proof = await proveInclusion(index, size, readNode);
      assert.deepEqual(unwrap(rootOfInclusion(leaves[index]!, { index, size }, proof)), root(size));
    }),
  );
});

test('positions beyond the tree and hashes of another length are refused; planning them is a bug', () => {
  const bad = [
    verifyInclusion(leaves[0]!, { index: 1, size: 1 }, [], root(1)),
    verifyInclusion(leaves[0]!, { index: 0, size: 0 }, [], root(0)),
    verifyInclusion(leaves[0]!, { index: 0, size: 2 ** 53 }, [], root(0)),
    verifyInclusion(leaves[0]!.subarray(1), { index: 0, size: 1 }, [], root(1)),
    verifyConsistency({ size: 0, root: root(0) }, { size: 2, root: root(2) }, []),
    verifyConsistency({ size: 2, root: root(2) }, { size: 1, root: root(1) }, []),
    verifyConsistency({ size: 2, root: root(2) }, { size: 2, root: root(3) }, []),
  ];
  for (const result of bad) assert.match(result.ok ? '' : result.problem.code, /^log\.bad-/);
  assert.throws(() => inclusionRanges(2, 2), { name: 'SuretyError' });
  assert.throws(() => consistencyRanges(0, 2), { name: 'SuretyError' });
});
