/**
 * Leaf hashes of the chunks of values (spec 12.7) where they lie, of a list of values at once, so that small ones share the
 * lanes. A value of the list is six words: the number of chunks before it, address and stride of its samples, bytes of a row,
 * rows, chunks of a sample. Behind the last one stands the number of all chunks.
 */
import { hashMessages, leaf } from './messages';

const CHUNK: i32 = 1024;
const VALUE: usize = 24;
const DATA: usize = 4, STRIDE: usize = 8, ROW_BYTES: usize = 12, ROWS: usize = 16, CHUNKS: usize = 20;

/** How many chunks a tensor of `rows` rows of `rowBytes` has. */
export function chunkCount(rowBytes: i32, rows: i32): i32 {
  if (rowBytes >= CHUNK) return rows * ((rowBytes + CHUNK - 1) / CHUNK);
  const together = CHUNK / rowBytes;
  return (rows + together - 1) / together;
}

/** Chunk `i` of the list, of this value, into a lane; the length of the leaf. */
function chunk(value: usize, i: i32, scratch: usize, lane: i32): i32 {
  const each = load<i32>(value, CHUNKS), rowBytes = load<i32>(value, ROW_BYTES);
  i -= load<i32>(value);
  const sample = i / each;
  i -= sample * each;
  const data = <usize>load<u32>(value, DATA) + <usize>(sample * load<i32>(value, STRIDE));
  if (rowBytes >= CHUNK) {
    const parts = (rowBytes + CHUNK - 1) / CHUNK;
    const row = i / parts;
    const start = (i - row * parts) * CHUNK;
    return leaf(scratch, lane, data + <usize>(row * rowBytes + start), min(CHUNK, rowBytes - start));
  }
  const together = CHUNK / rowBytes;
  const row = i * together;
  return leaf(scratch, lane, data + <usize>(row * rowBytes), min(together, load<i32>(value, ROWS) - row) * rowBytes);
}

/** The value that chunk `i` belongs to, this one or one behind it. */
// @ts-ignore: decorator
@inline
function seek(value: usize, i: i32): usize {
  while (i >= load<i32>(value, VALUE)) value += VALUE;
  return value;
}

/** Leaf hashes of chunks `from .. to − 1` of a list, 32 bytes each, at `leaves` + 32 · from. */
export function hashChunks(list: usize, from: i32, to: i32, leaves: usize, scratch: usize): void {
  let value = list;
  for (let i = from; i < to; i += 4) {
    const count = to - i;
    let l1 = 0, l2 = 0, l3 = 0;
    value = seek(value, i);
    const l0 = chunk(value, i, scratch, 0);
    if (count > 1) {
      value = seek(value, i + 1);
      l1 = chunk(value, i + 1, scratch, 1);
    }
    if (count > 2) {
      value = seek(value, i + 2);
      l2 = chunk(value, i + 2, scratch, 2);
    }
    if (count > 3) {
      value = seek(value, i + 3);
      l3 = chunk(value, i + 3, scratch, 3);
    }
    hashMessages(scratch, l0, l1, l2, l3, leaves + (<usize>i << 5), count);
  }
}
