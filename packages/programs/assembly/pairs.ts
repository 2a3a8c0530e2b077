/** Interior nodes of the trees of RFC 9162, four at once. */
import { begin, bigEndian, compress, digests, SCHEDULE, STATE, transpose } from './sha256-lanes';

/** Bits of 0x01 ‖ left ‖ right. */
const BITS: i32 = 8 * 65;

/** Words `i .. i + 3` of four messages that begin a byte before `at`. */
// @ts-ignore: decorator
@inline
function shifted(at: usize, i: usize): v128 {
  return v128.load(at + 16 * i - 1);
}

// @ts-ignore: decorator
@inline
function first(at: usize): v128 {
  return bigEndian(i8x16.replace_lane(shifted(at, 0), 0, 1));
}

/** The last byte of four pairs and the end mark. */
// @ts-ignore: decorator
@inline
function last(at0: usize, at1: usize, at2: usize, at3: usize): v128 {
  return v128.load8_lane(at3, v128.load8_lane(at2, v128.load8_lane(at1, v128.load8_lane(at0, i32x4.splat(0x800000), 3, 63), 7, 63), 11, 63), 15, 63);
}

/** Digests of four pairs of 32 + 32 bytes, 32 bytes each at `out`. `scratch`: 384 bytes. */
function hash4(at0: usize, at1: usize, at2: usize, at3: usize, out: usize, scratch: usize): void {
  const w = scratch, state = scratch + SCHEDULE;
  begin(state);
  transpose(first(at0), first(at1), first(at2), first(at3), w);
  for (let j: usize = 1; j < 4; j++) {
    transpose(
      bigEndian(shifted(at0, j)), bigEndian(shifted(at1, j)), bigEndian(shifted(at2, j)), bigEndian(shifted(at3, j)),
      w + 64 * j,
    );
  }
  compress(state, w, i32x4.splat(-1));
  v128.store(w, last(at0, at1, at2, at3));
  for (let j: usize = 1; j < 15; j++) v128.store(w + 16 * j, i32x4.splat(0));
  v128.store(w, i32x4.splat(BITS), 15 * 16);
  compress(state, w, i32x4.splat(-1));
  digests(state, out);
}

const KEPT: usize = SCHEDULE + STATE;

/**
 * SHA-256(0x01 ‖ left ‖ right) of `count` pairs of 32 + 32 bytes at `pairs`, 32 bytes each at `out`, which may be where the
 * pairs are. `scratch`: 512 bytes.
 */
export function hashPairs(pairs: usize, count: i32, out: usize, scratch: usize): void {
  for (let i = 0; i < count; i += 4) {
    // Lanes beyond the last pair hash it again.
    const left = count - i;
    const at0 = pairs + (<usize>i << 6);
    const at1 = at0 + (left > 1 ? 64 : 0), at2 = at1 + (left > 2 ? 64 : 0), at3 = at2 + (left > 3 ? 64 : 0);
    hash4(at0, at1, at2, at3, scratch + KEPT, scratch);
    memory.copy(out + (<usize>i << 5), scratch + KEPT, <usize>min(4, left) << 5);
  }
}

/**
 * Up to four pairs that lie anywhere.
 * @param queue for each the address of the pair, and where its digest goes
 */
export function hashQueued(queue: usize, count: i32, scratch: usize): void {
  if (count == 0) return;
  const last = count - 1;
  hash4(
    <usize>load<u32>(queue), <usize>load<u32>(queue + (<usize>min(1, last) << 3)), <usize>load<u32>(queue + (<usize>min(2, last) << 3)),
    <usize>load<u32>(queue + (<usize>min(3, last) << 3)), scratch + KEPT, scratch,
  );
  for (let i: usize = 0; i < <usize>count; i++) {
    const from = scratch + KEPT + (i << 5), to = <usize>load<u32>(queue + (i << 3), 4);
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  }
}
