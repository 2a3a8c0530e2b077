/**
 * Writes `vectors/sum-tree.json`: trees of accounts, their roots and every path (spec/05-settlement.md). Read by
 * `packages/chain/src/sum-tree.test.ts` and `contracts/test/unit/SumTreeVectors.t.sol`. Run:
 * `node scripts/vectors/sum-tree.ts`
 */

import { buildSumTree, type SumLeaf, ZERO_32 } from '../../packages/chain/src/sum-tree.ts';
import { addressOfBytes } from '../../packages/core/src/address.ts';
import { to0x, utf8 } from '../../packages/core/src/bytes.ts';
import { unwrap } from '../../packages/core/src/errors.ts';
import { keccak256 } from '../../packages/core/src/hash.ts';
import { writeVectors } from './write.ts';

const account = (name: string) => addressOfBytes(keccak256(utf8(name)).subarray(12)) as `0x${string}`;

const leaf = (name: string, amounts: readonly [bigint, bigint, bigint, bigint]): SumLeaf => ({
  account: account(name),
  authorisedMicroUsd: amounts[0],
  withdrawnMicroUsd: amounts[1],
  cashMicroUsd: amounts[2],
  positionsMicroUsd: amounts[3],
  positionsCommitment: amounts[3] === 0n ? ZERO_32 : to0x(keccak256(utf8(`positions of ${name}`))),
});

const many = (count: number): SumLeaf[] =>
  Array.from({ length: count }, (_, i) => {
    const n = BigInt(i);
    return leaf(`account ${i}`, [n * 1_000_003n, n * 999_983n, (n * 7_919n) % 1_000n, n % 3n === 0n ? 0n : n * 31n]);
  });

const LARGE = (1n << 128n) - 1n;
const cases: readonly (readonly [string, readonly SumLeaf[]])[] = [
  ['one account', [leaf('alice', [40_000_000n, 10_000_000n, 25_000_000n, 0n])]],
  ['two accounts', [leaf('alice', [0n, 0n, 1n, 0n]), leaf('bob', [5n, 5n, 0n, 7n])]],
  ['three accounts: one place is empty', many(3)],
  ['five accounts: a whole subtree is empty', many(5)],
  ['eight accounts', many(8)],
  ['seventeen accounts', many(17)],
  ['the largest sum there is', [leaf('alice', [0n, 0n, LARGE - 1n, 0n]), leaf('bob', [LARGE, LARGE, 0n, 1n])]],
];

writeVectors('sum-tree', {
  description: 'Merkle-sum trees (spec/05-settlement.md). Amounts in micro-USD as decimal text; leaves in tree order.',
  cases: cases.map(([name, leaves]) => {
    const tree = unwrap(buildSumTree(leaves));
    const proofs = leaves
      .map((one) => tree.proof(one.account)!)
      .sort((a, b) => a.path.index - b.path.index)
      .map(({ leaf: found, path }) => ({
        account: found.account,
        authorised: `${found.authorisedMicroUsd}`,
        withdrawn: `${found.withdrawnMicroUsd}`,
        cash: `${found.cashMicroUsd}`,
        positions: `${found.positionsMicroUsd}`,
        positionsCommitment: found.positionsCommitment,
        index: path.index,
        siblingHashes: path.siblings.map(({ hash }) => hash),
        siblingSums: path.siblings.map(({ sumMicroUsd }) => `${sumMicroUsd}`),
      }));
    return { name, rootHash: tree.root.hash, rootSum: `${tree.root.sumMicroUsd}`, leafCount: leaves.length, proofs };
  }),
});
