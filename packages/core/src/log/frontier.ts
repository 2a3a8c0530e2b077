/**
 * The right edge of a growing tree: the roots of its complete subtrees, largest first. Everything an append needs,
 * in at most 53 hashes.
 */
import { SuretyError } from '../errors.ts';
import { emptyRoot, nodeHash } from './hash.ts';

/** `hashes[i]` is the root of the complete subtree of the i-th set bit of `size`, highest bit first. */
export type Frontier = { readonly size: number; readonly hashes: readonly Uint8Array[] };

/** A node of the tree that can never change again: the root of the complete subtree `level` high, `index`-th from the left. */
export type CompleteNode = { readonly level: number; readonly index: number; readonly hash: Uint8Array };

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** Number of hashes a frontier of this size holds: the set bits of `size`. */
export const frontierLength = (size: number): number => size.toString(2).replaceAll('0', '').length;

/** Appends a leaf hash; `completed` lists the nodes that became complete, the leaf itself first. */
export const appendLeaf = (
  frontier: Frontier,
  leaf: Uint8Array,
): { readonly frontier: Frontier; readonly completed: readonly CompleteNode[] } => {
  const hashes = [...frontier.hashes];
  const completed: CompleteNode[] = [];
  let hash = leaf;
  let index = frontier.size;
  for (let level = 0; ; level++) {
    completed.push({ level, index, hash });
    if (index % 2 === 0) break;
    hash = nodeHash(hashes.pop()!, hash);
    index = (index - 1) / 2;
  }
  hashes.push(hash);
  return { frontier: { size: frontier.size + 1, hashes }, completed };
};

/**
 * The root of the whole tree.
 * @throws {SuretyError} `input.malformed` when the frontier holds another number of hashes than its size needs
 */
export const frontierRoot = (frontier: Frontier): Uint8Array => {
  if (frontier.hashes.length !== frontierLength(frontier.size)) {
    throw new SuretyError({
      code: 'input.malformed',
      message: `A frontier of size ${frontier.size} does not hold ${frontier.hashes.length} hashes.`,
      next: 'Rebuild it from the leaves.',
      field: 'frontier.hashes',
    });
  }
  if (frontier.size === 0) return emptyRoot();
  return frontier.hashes.reduceRight((right, left) => nodeHash(left, right));
};
