/** Who may not judge a case: a Merkle root over accounts, given with the proposal (spec 21.5). */
import { concatBytes, from0x, keccak256, to0x, toHex } from '@surety/core';
import { exclusionLeaf } from './hashes.ts';

/** Longest proof: 2^32 accounts. */
const DEPTH = 32;

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  keccak256(toHex(a) < toHex(b) ? concatBytes(a, b) : concatBytes(b, a));

/** Levels of the tree over sorted leaves; an odd last node goes up as it is. */
const levelsOf = (accounts: readonly string[]): Uint8Array[][] => {
  let level = accounts.map(exclusionLeaf).sort((a, b) => (toHex(a) < toHex(b) ? -1 : 1));
  const levels = [level];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]];
      above.push(right === undefined ? left : joined(left, right));
    }
    level = above;
    levels.push(level);
  }
  return levels;
};

/** The root over some accounts (at least one, addresses in EIP-55 form), as 0x-hex. */
export const exclusionRoot = (accounts: readonly string[]): string => to0x(levelsOf(accounts).at(-1)![0]!);

/** The proof that an account is among those excluded, or `null` where it is not. */
export const exclusionProof = (accounts: readonly string[], account: string): readonly string[] | null => {
  const levels = levelsOf(accounts);
  const leaf = toHex(exclusionLeaf(account));
  let place = levels[0]!.findIndex((one) => toHex(one) === leaf);
  if (place < 0) return null;
  const proof: string[] = [];
  for (const level of levels.slice(0, -1)) {
    const sibling = level[place ^ 1];
    if (sibling !== undefined) proof.push(to0x(sibling));
    place >>= 1;
  }
  return proof;
};

/** Whether a proof shows that an account is under a root. What is malformed shows nothing. */
export const isExcluded = (root: string, account: string, proof: readonly string[]): boolean => {
  if (proof.length > DEPTH) return false;
  let node = exclusionLeaf(account);
  for (const text of proof) {
    const sibling = from0x(text, { bytes: 32 });
    if (!sibling.ok) return false;
    node = joined(node, sibling.value);
  }
  return to0x(node) === root;
};
