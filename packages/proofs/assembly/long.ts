/** SHA-256 of long messages of one length where they lie, four at a time. */
import { begin, bigEndian, compress, digests, SCHEDULE, STATE, transpose } from '../../programs/assembly/sha256-lanes';

const W: usize = 0;
const S: usize = SCHEDULE;
const DIGESTS: usize = S + STATE;
/** The last bytes of each of four messages with what pads them: up to two blocks, and what a copy runs over. */
const TAIL: usize = 128;
const TAILS: usize = DIGESTS + 128;

/** Bytes of scratch that {@link hashLong} takes. */
export function longScratch(): usize {
  return TAILS + 4 * TAIL;
}

function block(at0: usize, at1: usize, at2: usize, at3: usize, scratch: usize): void {
  for (let i: usize = 0; i < 64; i += 16) {
    transpose(
      bigEndian(v128.load(at0 + i)), bigEndian(v128.load(at1 + i)), bigEndian(v128.load(at2 + i)), bigEndian(v128.load(at3 + i)),
      scratch + W + 4 * i,
    );
  }
  compress(scratch + S, scratch + W, i32x4.splat(-1));
}

/** Digests of `count` messages of `length` bytes each, one behind the other at `messages`: 32 bytes each at `out`. */
export function hashLong(messages: usize, length: usize, count: i32, out: usize, scratch: usize): void {
  const whole = length & ~63, rest = length & 63;
  const padded: usize = rest + 9 > 64 ? 128 : 64;
  for (let i = 0; i < count; i += 4) {
    const at0 = messages + <usize>i * length;
    // Lanes without a message repeat the last.
    const at1 = messages + <usize>min(i + 1, count - 1) * length;
    const at2 = messages + <usize>min(i + 2, count - 1) * length;
    const at3 = messages + <usize>min(i + 3, count - 1) * length;
    begin(scratch + S);
    for (let from: usize = 0; from < whole; from += 64) block(at0 + from, at1 + from, at2 + from, at3 + from, scratch);
    const tails = scratch + TAILS;
    memory.fill(tails, 0, 4 * TAIL);
    for (let lane: usize = 0; lane < 4; lane++) {
      const at = lane == 0 ? at0 : lane == 1 ? at1 : lane == 2 ? at2 : at3;
      const to = tails + lane * TAIL;
      memory.copy(to, at + whole, rest);
      store<u8>(to + rest, 0x80);
      store<u64>(to + padded - 8, bswap<u64>(<u64>length << 3));
    }
    for (let from: usize = 0; from < padded; from += 64) {
      block(tails + from, tails + TAIL + from, tails + 2 * TAIL + from, tails + 3 * TAIL + from, scratch);
    }
    digests(scratch + S, scratch + DIGESTS);
    memory.copy(out + (<usize>i << 5), scratch + DIGESTS, <usize>min(4, count - i) << 5);
  }
}
