/**
 * The trees of spec 12.7 over a tensor where it lies, four hashes at once. Messages may have different lengths: a lane that is
 * done keeps its state.
 */
import { hashPairs } from './pairs';
import { begin, bigEndian, compress, digests, SCHEDULE, STATE, transpose } from './sha256-lanes';

const CHUNK: i32 = 1024;
/** Bytes of one padded message: prefix, a chunk, the end mark and the length fill 17 blocks. */
const MESSAGE: usize = 17 * 64;
/** Scratch: four messages, schedule and state of the lanes, four digests. */
const W: usize = 4 * MESSAGE;
const S: usize = W + SCHEDULE;
const KEPT: usize = S + STATE;

/**
 * Hashes four messages at `scratch`, prefix included and not yet padded, lane by lane: 4 · 32 bytes at `out`. A message of
 * length 0 is left out.
 */
function hash4(scratch: usize, length0: i32, length1: i32, length2: i32, length3: i32, out: usize): void {
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
  digests(scratch + S, out);
}

function pad(message: usize, length: i32): void {
  const end = <usize>((length + 72 >> 6) << 6);
  memory.fill(message + <usize>length, 0, end - <usize>length);
  store<u8>(message + <usize>length, 0x80);
  store<u32>(message + end - 4, bswap<u32>(<u32>length << 3));
}

/** A leaf (prefix 0x00) into a lane; its length with the prefix. */
// @ts-ignore: decorator
@inline
function leaf(scratch: usize, lane: i32, at: usize, bytes: i32): i32 {
  const to = scratch + <usize>lane * MESSAGE;
  store<u8>(to, 0);
  memory.copy(to + 1, at, <usize>bytes);
  return bytes + 1;
}

/** How many chunks a tensor of `rows` rows of `rowBytes` has. */
export function chunkCount(rowBytes: i32, rows: i32): i32 {
  if (rowBytes >= CHUNK) return rows * ((rowBytes + CHUNK - 1) / CHUNK);
  const together = CHUNK / rowBytes;
  return (rows + together - 1) / together;
}

/** Where chunk `i` starts, and in the upper half how long it is. */
function chunkAt(i: i32, rowBytes: i32, rows: i32): u64 {
  if (rowBytes >= CHUNK) {
    const each = (rowBytes + CHUNK - 1) / CHUNK;
    const row = i / each;
    const start = (i - row * each) * CHUNK;
    return (<u64>min(CHUNK, rowBytes - start) << 32) | <u64><u32>(row * rowBytes + start);
  }
  const together = CHUNK / rowBytes;
  return (<u64>(min(together, rows - i * together) * rowBytes) << 32) | <u64><u32>(i * together * rowBytes);
}

/** Leaf hashes `from .. to − 1` of a tensor's chunks, 32 bytes each, at `leaves` + 32 · from. */
export function hashChunks(data: usize, rowBytes: i32, rows: i32, leaves: usize, from: i32, to: i32, scratch: usize): void {
  for (let i = from; i < to; i += 4) {
    let l0 = 0, l1 = 0, l2 = 0, l3 = 0;
    let place = chunkAt(i, rowBytes, rows);
    l0 = leaf(scratch, 0, data + <usize><u32>place, <i32>(place >> 32));
    if (i + 1 < to) {
      place = chunkAt(i + 1, rowBytes, rows);
      l1 = leaf(scratch, 1, data + <usize><u32>place, <i32>(place >> 32));
    }
    if (i + 2 < to) {
      place = chunkAt(i + 2, rowBytes, rows);
      l2 = leaf(scratch, 2, data + <usize><u32>place, <i32>(place >> 32));
    }
    if (i + 3 < to) {
      place = chunkAt(i + 3, rowBytes, rows);
      l3 = leaf(scratch, 3, data + <usize><u32>place, <i32>(place >> 32));
    }
    store4(scratch, l0, l1, l2, l3, leaves + (<usize>i << 5), to - i);
  }
}

/** Digests of up to four lanes, of which `count` are kept. */
function store4(scratch: usize, l0: i32, l1: i32, l2: i32, l3: i32, out: usize, count: i32): void {
  if (count >= 4) hash4(scratch, l0, l1, l2, l3, out);
  else {
    hash4(scratch, l0, l1, l2, l3, scratch + KEPT);
    memory.copy(out, scratch + KEPT, <usize>count << 5);
  }
}

/** The root of a tree whose `count` leaf hashes lie at `leaves`; they are overwritten. The root ends at `leaves`. */
export function foldTree(leaves: usize, count: i32, scratch: usize): void {
  while (count > 1) {
    const pairs = count >> 1;
    hashPairs(leaves, pairs, leaves, scratch);
    // The last of an odd number goes up as it is.
    if (count & 1) memory.copy(leaves + (<usize>pairs << 5), leaves + (<usize>(count - 1) << 5), 32);
    count = pairs + (count & 1);
  }
}

/**
 * The roots T of `count` tensors at `tensors`, 32 bytes each, and of the tree over them, which ends at `leaves`. What T hashes lies
 * in slots of 96 bytes: its length, then its bytes.
 */
export function hashTensors(slots: usize, count: i32, tensors: usize, leaves: usize, scratch: usize): void {
  for (let i = 0; i < count; i += 4) {
    const slot = slots + <usize>i * 96;
    const left = count - i;
    const l0 = message(scratch, 0, slot);
    const l1 = left > 1 ? message(scratch, 1, slot + 96) : 0;
    const l2 = left > 2 ? message(scratch, 2, slot + 192) : 0;
    const l3 = left > 3 ? message(scratch, 3, slot + 288) : 0;
    store4(scratch, l0, l1, l2, l3, tensors + (<usize>i << 5), left);
  }
  for (let i = 0; i < count; i += 4) {
    const at = tensors + (<usize>i << 5);
    const left = count - i;
    const l0 = leaf(scratch, 0, at, 32);
    const l1 = left > 1 ? leaf(scratch, 1, at + 32, 32) : 0;
    const l2 = left > 2 ? leaf(scratch, 2, at + 64, 32) : 0;
    const l3 = left > 3 ? leaf(scratch, 3, at + 96, 32) : 0;
    store4(scratch, l0, l1, l2, l3, leaves + (<usize>i << 5), left);
  }
  foldTree(leaves, count, scratch);
}

/** A message of a slot into a lane; its length. */
function message(scratch: usize, lane: i32, slot: usize): i32 {
  const length = load<i32>(slot);
  memory.copy(scratch + <usize>lane * MESSAGE, slot + 4, <usize>length);
  return length;
}
