/**
 * The Merkle-sum tree of `spec/05-settlement.md`: a root commits to every account's money and to its total. Pure; the
 * twin of `contracts/src/libraries/SumTree.sol`, with shared vectors in `vectors/sum-tree.json`.
 */
import { concatBytes, from0x, keccak256, ok, type Result, refuse, SuretyError, to0x, unwrap, utf8 } from '@surety/core';
import type { Hex } from 'viem';

/** What one account owns. Amounts in micro-USD, 0 .. 2^128 − 1. */
export type SumLeaf = {
  /** EIP-55 or lower case. */
  readonly account: Hex;
  /** Withdrawals granted since the beginning; only ever grows. */
  readonly authorisedMicroUsd: bigint;
  /** How much of it the operator saw paid on chain; at most `authorisedMicroUsd`. */
  readonly withdrawnMicroUsd: bigint;
  readonly cashMicroUsd: bigint;
  /** Open positions at a mark under which all leaves together add up to real money. */
  readonly positionsMicroUsd: bigint;
  /** Hash of the list of positions; zero for none. */
  readonly positionsCommitment: Hex;
};

export type SumNode = { readonly hash: Hex; readonly sumMicroUsd: bigint };

/** Where a leaf sits, and the nodes beside its way to the root, lowest first. */
export type SumPath = { readonly index: number; readonly siblings: readonly SumNode[] };

export type SumTree = {
  readonly root: SumNode;
  readonly depth: number;
  readonly leafCount: number;
  /** Leaf and path of one account, or `undefined` when it has no leaf. */
  readonly proof: (account: string) => { readonly leaf: SumLeaf; readonly path: SumPath } | undefined;
};

/** Deepest path that is read: 2^32 accounts. */
export const SUM_TREE_MAX_DEPTH = 32;
export const ZERO_32: Hex = `0x${'00'.repeat(32)}`;

const LIMIT = 1n << 128n;
const LEAF_TAG = keccak256(utf8('surety/sum-tree/leaf/v1'));
const NODE_TAG = keccak256(utf8('surety/sum-tree/node/v1'));

type Node = { readonly hash: Uint8Array; readonly sum: bigint };
const EMPTY: Node = { hash: new Uint8Array(32), sum: 0n };

const word = (value: bigint): Uint8Array => unwrap(from0x(`0x${value.toString(16).padStart(64, '0')}`));
const bytes = (hex: string, size: number): Result<Uint8Array> => from0x(hex.toLowerCase(), { bytes: size });

const overflow = (): never => {
  throw new SuretyError({
    code: 'settlement.sum-overflow',
    message: 'A sum in the tree leaves 128 bits.',
    next: 'No real money adds up to that: check the amounts.',
    limit: '0 .. 2^128 - 1',
  });
};

const join = (left: Node, right: Node): Node => {
  const sum = left.sum + right.sum;
  if (sum >= LIMIT) overflow();
  return { hash: keccak256(concatBytes(NODE_TAG, left.hash, word(left.sum), right.hash, word(right.sum))), sum };
};

const AMOUNTS = ['authorisedMicroUsd', 'withdrawnMicroUsd', 'cashMicroUsd', 'positionsMicroUsd'] as const;

const refuseLeaf = (leaf: SumLeaf, field: string, message: string): Result<never> =>
  refuse({
    code: 'settlement.path-not-in-root',
    message: `The leaf of ${leaf.account}: ${message}`,
    next: 'Correct the leaf.',
    field,
  });

const leafNode = (leaf: SumLeaf): Result<Node> => {
  const bad = AMOUNTS.find((name) => leaf[name] < 0n || leaf[name] >= LIMIT);
  if (bad !== undefined) return refuseLeaf(leaf, bad, `${bad} lies outside 0 .. 2^128 - 1.`);
  if (leaf.withdrawnMicroUsd > leaf.authorisedMicroUsd) {
    return refuseLeaf(leaf, 'withdrawnMicroUsd', 'more was withdrawn than authorised.');
  }
  const account = bytes(leaf.account, 20);
  if (!account.ok) return account;
  const commitment = bytes(leaf.positionsCommitment, 32);
  if (!commitment.ok) return commitment;
  const hash = keccak256(
    concatBytes(
      LEAF_TAG,
      new Uint8Array(12),
      account.value,
      ...AMOUNTS.map((name) => word(leaf[name])),
      commitment.value,
    ),
  );
  const sum = leaf.authorisedMicroUsd - leaf.withdrawnMicroUsd + leaf.cashMicroUsd + leaf.positionsMicroUsd;
  return sum < LIMIT ? ok({ hash, sum }) : refuseLeaf(leaf, 'cashMicroUsd', 'its amounts leave 128 bits.');
};

const open = (node: Node): SumNode => ({ hash: to0x(node.hash) as Hex, sumMicroUsd: node.sum });

/** All levels from the leaves up, each padded to an even count with empty nodes; the last holds the root alone. */
const levelsOf = (leaves: readonly Node[]): Node[][] => {
  const depth = leaves.length <= 1 ? 0 : 32 - Math.clz32(leaves.length - 1);
  const levels: Node[][] = [leaves.length === 0 ? [EMPTY] : [...leaves]];
  // What stands for a whole missing subtree of this level; padding is real, so empty pairs are hashed as well.
  let missing = EMPTY;
  for (let level = 0; level < depth; level++) {
    const below = levels[level]!;
    if (below.length % 2 === 1) below.push(missing);
    const above: Node[] = [];
    for (let i = 0; i < below.length; i += 2) above.push(join(below[i]!, below[i + 1]!));
    levels.push(above);
    missing = join(missing, missing);
  }
  return levels;
};

/**
 * The tree over all accounts, in the order of their addresses, so that the same accounts have the same root.
 * @returns `settlement.path-not-in-root` for a leaf that is no leaf or an account that has two
 * @throws {SuretyError} `settlement.sum-overflow`
 */
export const buildSumTree = (leaves: readonly SumLeaf[]): Result<SumTree> => {
  const sorted = [...leaves].sort((a, b) => (a.account.toLowerCase() < b.account.toLowerCase() ? -1 : 1));
  const indexOf = new Map<string, number>();
  const nodes: Node[] = [];
  for (const [index, leaf] of sorted.entries()) {
    const key = leaf.account.toLowerCase();
    if (indexOf.has(key)) return refuseLeaf(leaf, 'account', 'the account has two leaves.');
    indexOf.set(key, index);
    const node = leafNode(leaf);
    if (!node.ok) return node;
    nodes.push(node.value);
  }
  const levels = levelsOf(nodes);
  const depth = levels.length - 1;
  const proof: SumTree['proof'] = (account) => {
    const index = indexOf.get(account.toLowerCase());
    if (index === undefined) return undefined;
    const siblings = levels.slice(0, depth).map((level, i) => open(level[(index >> i) ^ 1]!));
    return { leaf: sorted[index]!, path: { index, siblings } };
  };
  return ok({ root: open(levels[depth]![0]!), depth, leafCount: sorted.length, proof });
};

/**
 * The root that a leaf and its path lead to.
 * @throws {SuretyError} `settlement.sum-overflow`
 */
export const rootOfPath = (leaf: SumLeaf, path: SumPath): Result<SumNode> => {
  const depth = path.siblings.length;
  if (depth > SUM_TREE_MAX_DEPTH || path.index < 0 || path.index >= 2 ** depth) {
    return refuseLeaf(leaf, 'index', `place ${path.index} does not exist in a tree of depth ${depth}.`);
  }
  const start = leafNode(leaf);
  if (!start.ok) return start;
  let node = start.value;
  for (const [level, sibling] of path.siblings.entries()) {
    const hash = bytes(sibling.hash, 32);
    if (!hash.ok) return hash;
    if (sibling.sumMicroUsd < 0n || sibling.sumMicroUsd >= LIMIT) overflow();
    const other = { hash: hash.value, sum: sibling.sumMicroUsd };
    const onRight = Math.floor(path.index / 2 ** level) % 2 === 1;
    node = onRight ? join(other, node) : join(node, other);
  }
  return ok(open(node));
};

/** Whether this leaf was counted in full under `root`; a path that does not fit is a refusal. */
export const verifySumPath = (root: SumNode, leaf: SumLeaf, path: SumPath): Result<true> => {
  const found = rootOfPath(leaf, path);
  if (!found.ok) return found;
  if (found.value.hash === root.hash.toLowerCase() && found.value.sumMicroUsd === root.sumMicroUsd) return ok(true);
  return refuseLeaf(leaf, 'path', 'it does not lead to this root.');
};
