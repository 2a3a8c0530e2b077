/** SHA-256 of four messages of up to 1,025 bytes at once. They may have different lengths: a lane that is done keeps its state. */
import { begin, bigEndian, compress, digests, SCHEDULE, STATE, transpose } from './sha256-lanes';

/** Bytes of one padded message: prefix, a chunk, the end mark and the length fill 17 blocks, and copies may run over. */
export const MESSAGE: usize = 18 * 64;
/** Scratch: four messages, schedule and state of the lanes, four digests. */
const W: usize = 4 * MESSAGE;
const S: usize = W + SCHEDULE;
const KEPT: usize = S + STATE;

function pad(message: usize, length: i32): void {
  const end = message + <usize>((length + 72 >> 6) << 6);
  for (let at = message + <usize>length; at < end; at += 16) v128.store(at, i32x4.splat(0));
  store<u8>(message + <usize>length, 0x80);
  store<u32>(end - 4, bswap<u32>(<u32>length << 3));
}

/** Copies of few bytes, which leave up to 15 more behind: a call of `memory.copy` takes longer than a block. */
// @ts-ignore: decorator
@inline
export function copyBytes(to: usize, from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 16) {
    v128.store(to, v128.load(from));
    to += 16;
  }
}

/** A leaf (prefix 0x00) into a lane; its length with the prefix. */
// @ts-ignore: decorator
@inline
export function leaf(scratch: usize, lane: i32, at: usize, bytes: i32): i32 {
  const to = scratch + <usize>lane * MESSAGE;
  store<u8>(to, 0);
  copyBytes(to + 1, at, <usize>bytes);
  return bytes + 1;
}

/**
 * Digests of the first `count` (1 to 4) of four messages at `scratch`, prefix included and not yet padded, 32 bytes each at
 * `out`. Lanes without a message have length 0.
 */
export function hashMessages(scratch: usize, length0: i32, length1: i32, length2: i32, length3: i32, out: usize, count: i32): void {
  const lengths = i32x4.replace_lane(i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(length0), 1, length1), 2, length2), 3, length3);
  pad(scratch, length0);
  pad(scratch + MESSAGE, length1);
  pad(scratch + 2 * MESSAGE, length2);
  pad(scratch + 3 * MESSAGE, length3);
  // A message of n bytes fills ⌊(n + 8) / 64⌋ + 1 blocks.
  const counts = i32x4.shr_u(i32x4.add(lengths, i32x4.splat(72)), 6);
  const most = max(max(length0, length1), max(length2, length3)) + 72 >> 6;
  begin(scratch + S);
  for (let block = 0; block < most; block++) {
    for (let i: usize = 0; i < 4; i++) {
      const at = scratch + (<usize>block << 6) + 16 * i;
      transpose(
        bigEndian(v128.load(at)), bigEndian(v128.load(at, MESSAGE)), bigEndian(v128.load(at, 2 * MESSAGE)),
        bigEndian(v128.load(at, 3 * MESSAGE)), scratch + W + 64 * i,
      );
    }
    compress(scratch + S, scratch + W, i32x4.gt_s(counts, i32x4.splat(block)));
  }
  if (count >= 4) digests(scratch + S, out);
  else {
    digests(scratch + S, scratch + KEPT);
    memory.copy(out, scratch + KEPT, <usize>count << 5);
  }
}

/** Digests of `count` messages of one length: the same prefix, then a part each, one behind the other. */
export function hashMany(prefix: usize, prefixBytes: i32, parts: usize, partBytes: i32, count: i32, out: usize, scratch: usize): void {
  const length = prefixBytes + partBytes;
  for (let i = 0; i < count; i += 4) {
    const lanes = min(4, count - i);
    for (let lane: usize = 0; lane < <usize>lanes; lane++) {
      const to = scratch + lane * MESSAGE;
      copyBytes(to, prefix, <usize>prefixBytes);
      copyBytes(to + <usize>prefixBytes, parts + (<usize>i + lane) * <usize>partBytes, <usize>partBytes);
    }
    hashMessages(scratch, length, length, length, length, out + (<usize>i << 5), lanes);
  }
}
