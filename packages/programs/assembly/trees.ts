/**
 * Roots of many trees of spec 12.7 (RFC 9162) level by level, so that small trees share the lanes. A list holds groups of
 * trees of one size, six words each: address of their leaf hashes, which are overwritten, leaves of a tree, trees, address
 * and stride of the roots, and one that is this file's own.
 */
import { hashQueued } from './pairs';

const GROUP: usize = 24;
const SIZE: usize = 4, TREES: usize = 8, ROOTS: usize = 12, STRIDE: usize = 16, NOW: usize = 20;
/** Scratch of pairs, then the queue. */
const QUEUE: usize = 512;

/** A level of all trees; whether any has another. */
function foldLevel(list: usize, groups: i32, scratch: usize): bool {
  const end = list + <usize>groups * GROUP, queue = scratch + QUEUE;
  let queued = 0;
  for (let group = list; group < end; group += GROUP) {
    const pairs = load<i32>(group, NOW) >> 1;
    let tree = <usize>load<u32>(group);
    for (let t = pairs ? load<i32>(group, TREES) : 0; t > 0; t--) {
      for (let i = 0; i < pairs; i++) {
        store<u32>(queue + (<usize>queued << 3), <u32>tree + (i << 6));
        store<u32>(queue + (<usize>queued << 3), <u32>tree + (i << 5), 4);
        if (++queued == 4) {
          hashQueued(queue, 4, scratch);
          queued = 0;
        }
      }
      tree += <usize>load<u32>(group, SIZE) << 5;
    }
  }
  hashQueued(queue, queued, scratch);
  let more = false;
  for (let group = list; group < end; group += GROUP) {
    const now = load<i32>(group, NOW), pairs = now >> 1;
    if (now < 2) continue;
    // The last of an odd number goes up as it is.
    let tree = <usize>load<u32>(group);
    for (let t = now & 1 ? load<i32>(group, TREES) : 0; t > 0; t--) {
      memory.copy(tree + (<usize>pairs << 5), tree + (<usize>(now - 1) << 5), 32);
      tree += <usize>load<u32>(group, SIZE) << 5;
    }
    store<i32>(group, pairs + (now & 1), NOW);
    if (now > 2) more = true;
  }
  return more;
}

/** Folds all trees of a list and copies their roots, 32 bytes each, to where the list says. */
export function foldTrees(list: usize, groups: i32, scratch: usize): void {
  const end = list + <usize>groups * GROUP;
  for (let group = list; group < end; group += GROUP) store<i32>(group, load<i32>(group, SIZE), NOW);
  while (foldLevel(list, groups, scratch)) {}
  for (let group = list; group < end; group += GROUP) {
    let tree = <usize>load<u32>(group), root = <usize>load<u32>(group, ROOTS);
    for (let t = load<i32>(group, TREES); t > 0; t--) {
      memory.copy(root, tree, 32);
      tree += <usize>load<u32>(group, SIZE) << 5;
      root += <usize>load<u32>(group, STRIDE);
    }
  }
}
