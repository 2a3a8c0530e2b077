/**
 * SHA-256 of the columns of a matrix of u32 words that lies row by row, four neighbouring columns at once: a vector of a row is
 * a word of each. Rows are read in long runs, 16 at a time over a tile of columns, whose states wait in memory.
 */
import { begin, bigEndian, compress, digests, SCHEDULE, STATE, transpose } from '../../programs/assembly/sha256-lanes';

/** Most groups of four columns in a tile: their states and blocks stay in the second cache. */
const TILE: i32 = 256;
const PREFIX_BYTES: i32 = 64;
const SALT_WORDS: i32 = 4;

/** Bytes of scratch that `hashColumns` takes, and more than `hashPrefix` does. */
export function columnScratch(): i32 {
  return TILE * <i32>(STATE + SCHEDULE);
}

/** The state after the first block of 64 bytes, which all columns share: 128 bytes at `prefix`. */
export function hashPrefix(block: usize, prefix: usize, scratch: usize): void {
  begin(prefix);
  for (let i: usize = 0; i < 4; i++) {
    const words = bigEndian(v128.load(block + 16 * i));
    transpose(words, words, words, words, scratch + 64 * i);
  }
  compress(prefix, scratch, i32x4.splat(-1));
}

/** A word of each column from their row: written big-endian, it is the word that SHA-256 reads. */
function readRow(row: usize, groups: usize, slot: usize): void {
  for (const end = row + 16 * groups; row < end; row += 16) {
    v128.store(slot, v128.load(row));
    slot += SCHEDULE;
  }
}

/** The same from their salts, of which `salts` is the word wanted of the first. */
function readSalts(salts: usize, groups: usize, slot: usize): void {
  for (const end = salts + 64 * groups; salts < end; salts += 64) {
    const two = v128.load32_lane(salts, v128.load32_zero(salts), 1, 16);
    v128.store(slot, bigEndian(v128.load32_lane(salts, v128.load32_lane(salts, two, 2, 32), 3, 48)));
    slot += SCHEDULE;
  }
}

function setWords(word: u32, groups: usize, slot: usize): void {
  for (const end = slot + SCHEDULE * groups; slot < end; slot += SCHEDULE) v128.store(slot, i32x4.splat(word));
}

/**
 * SHA-256(prefix block ‖ words of the column, big-endian ‖ salt of the column) of the columns `from .. to − 1`, both
 * multiples of 4, 32 bytes each at `out` + 32 · column.
 * @param stride bytes from one row to the next
 * @param prefix state that `hashPrefix` left
 * @param salts 16 bytes a column, at `salts` + 16 · column; 0 for none
 * @param scratch `columnScratch()` bytes
 */
export function hashColumns(
  matrix: usize, rows: i32, stride: usize, from: i32, to: i32, prefix: usize, salts: usize, out: usize, scratch: usize,
): void {
  const states = scratch, blocks = scratch + TILE * STATE;
  const filled = rows + (salts ? SALT_WORDS : 0);
  // After the words come the end mark and two of length.
  const words = filled + 3 + 15 & ~15;
  for (let column = <usize>from; column < <usize>to; column += 4 * TILE) {
    const groups = min<usize>(TILE, <usize>to - column >> 2);
    for (let g: usize = 0; g < groups; g++) memory.copy(states + g * STATE, prefix, STATE);
    for (let i = 0; i < words; i++) {
      const slot = blocks + 16 * <usize>(i & 15);
      if (i < rows) readRow(matrix + <usize>i * stride + 4 * column, groups, slot);
      else if (i < filled) readSalts(salts + 16 * column + 4 * <usize>(i - rows), groups, slot);
      else if (i == filled) setWords(0x80000000, groups, slot);
      else setWords(i == words - 1 ? 8 * (PREFIX_BYTES + 4 * filled) : 0, groups, slot);
      if ((i & 15) < 15) continue;
      for (let g: usize = 0; g < groups; g++) compress(states + g * STATE, blocks + g * SCHEDULE, i32x4.splat(-1));
    }
    for (let g: usize = 0; g < groups; g++) digests(states + g * STATE, out + 32 * (column + 4 * g));
  }
}
