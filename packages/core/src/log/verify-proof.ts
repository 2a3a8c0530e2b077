/** Verification of inclusion and consistency proofs, step by step as in RFC 9162 sections 2.1.3.2 and 2.1.4.2. */
import { sameBytes } from '../bytes.ts';
import { ok, type Result, refuse } from '../errors.ts';
import { HASH_BYTES, MAX_TREE_SIZE, nodeHash } from './hash.ts';

const refused = (code: 'log.bad-inclusion' | 'log.bad-consistency', message: string, field: string): Result<never> =>
  refuse({
    code,
    message,
    next: 'Get proof and checkpoint again from the log; if they differ again, report it.',
    field,
  });

const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES;
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0 && n <= MAX_TREE_SIZE;
const half = (n: number): number => Math.floor(n / 2);

/** The root that an inclusion proof leads to. */
export const rootOfInclusion = (
  leaf: Uint8Array,
  position: { readonly index: number; readonly size: number },
  proof: readonly Uint8Array[],
): Result<Uint8Array> => {
  const { index, size } = position;
  if (!isSize(index) || !isSize(size) || index >= size) {
    return refused('log.bad-inclusion', `Leaf ${index} is not in a tree of ${size} leaves.`, 'log.index');
  }
  if (!isHash(leaf) || !proof.every(isHash)) {
    return refused('log.bad-inclusion', 'A hash of the inclusion proof does not have 32 bytes.', 'log.inclusion');
  }
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const step of proof) {
    if (last === 0) return refused('log.bad-inclusion', 'The inclusion proof is too long.', 'log.inclusion');
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(step, hash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, step);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? ok(hash) : refused('log.bad-inclusion', 'The inclusion proof is too short.', 'log.inclusion');
};

/** Whether the leaf hash is at `index` of the tree of `size` leaves with this root. */
export const verifyInclusion = (
  leaf: Uint8Array,
  position: { readonly index: number; readonly size: number },
  proof: readonly Uint8Array[],
  root: Uint8Array,
): Result<true> => {
  const computed = rootOfInclusion(leaf, position, proof);
  if (!computed.ok) return computed;
  if (sameBytes(computed.value, root)) return ok(true);
  const message = `The inclusion proof of leaf ${position.index} does not lead to the checkpoint's root.`;
  return refused('log.bad-inclusion', message, 'log.inclusion');
};

export type TreeHead = { readonly size: number; readonly root: Uint8Array };

/**
 * Whether the tree of `first` is a prefix of the tree of `second`. The empty tree is a prefix of everything, so a
 * proof about it would say nothing and is refused.
 */
export const verifyConsistency = (first: TreeHead, second: TreeHead, proof: readonly Uint8Array[]): Result<true> => {
  const bad = (message: string): Result<never> => refused('log.bad-consistency', message, 'consistency');
  if (!isSize(first.size) || !isSize(second.size) || first.size < 1 || first.size > second.size) {
    return bad(`No proof can join trees of ${first.size} and ${second.size} leaves.`);
  }
  if (![first.root, second.root, ...proof].every(isHash)) return bad('A hash does not have 32 bytes.');
  if (first.size === second.size) {
    if (proof.length > 0) return bad('Equal trees need no proof, but one is given.');
    return sameBytes(first.root, second.root)
      ? ok(true)
      : bad('Two roots are shown for one tree size: the log forked.');
  }
  let node = first.size - 1;
  let last = second.size - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  const steps = node === 0 ? [first.root, ...proof] : proof;
  const seed = steps[0];
  if (seed === undefined) return bad('The consistency proof is empty.');
  let before = seed;
  let after = seed;
  for (const step of steps.slice(1)) {
    if (last === 0) return bad('The consistency proof is too long.');
    if (node % 2 === 1 || node === last) {
      before = nodeHash(step, before);
      after = nodeHash(step, after);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      after = nodeHash(after, step);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) return bad('The consistency proof is too short.');
  if (!sameBytes(before, first.root)) return bad(`The proof does not lead to the root of ${first.size} leaves.`);
  if (!sameBytes(after, second.root)) return bad(`The proof does not lead to the root of ${second.size} leaves.`);
  return ok(true);
};
