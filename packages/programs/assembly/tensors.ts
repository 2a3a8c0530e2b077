/**
 * Roots T of the values of a run (spec 12.7) from the roots of their chunks, and the leaf hashes of the tree over them. A value
 * of the list is 16 words: bytes of what T hashes before the root of the chunks, then these bytes. Roots and results lie value
 * after value, sample after sample.
 */
import { copyBytes, hashMessages, leaf, MESSAGE } from './messages';

const VALUE: usize = 64;

// @ts-ignore: decorator
@inline
function message(value: usize, root: usize, scratch: usize, lane: usize): i32 {
  const prefix = load<i32>(value);
  const to = scratch + lane * MESSAGE;
  copyBytes(to, value + 4, <usize>prefix);
  copyBytes(to + <usize>prefix, root, 32);
  return prefix + 32;
}

/** Of values `from .. to − 1`, counted over all samples; there are `values` in a sample. */
export function hashTensors(
  list: usize, values: i32, from: i32, to: i32, roots: usize, tensors: usize, leaves: usize, scratch: usize,
): void {
  for (let i = from; i < to; i += 4) {
    const count = to - i;
    const at = roots + (<usize>i << 5), tensor = tensors + (<usize>i << 5);
    const m0 = message(list + <usize>(i % values) * VALUE, at, scratch, 0);
    const m1 = count > 1 ? message(list + <usize>((i + 1) % values) * VALUE, at + 32, scratch, 1) : 0;
    const m2 = count > 2 ? message(list + <usize>((i + 2) % values) * VALUE, at + 64, scratch, 2) : 0;
    const m3 = count > 3 ? message(list + <usize>((i + 3) % values) * VALUE, at + 96, scratch, 3) : 0;
    hashMessages(scratch, m0, m1, m2, m3, tensor, count);
    const l0 = leaf(scratch, 0, tensor, 32);
    const l1 = count > 1 ? leaf(scratch, 1, tensor + 32, 32) : 0;
    const l2 = count > 2 ? leaf(scratch, 2, tensor + 64, 32) : 0;
    const l3 = count > 3 ? leaf(scratch, 3, tensor + 96, 32) : 0;
    hashMessages(scratch, l0, l1, l2, l3, leaves + (<usize>i << 5), count);
  }
}
