/**
 * SHA-256 of four messages at once, one a lane, and the trees of spec 12.7 over a tensor where it lies. Messages may have
 * different lengths: a lane that is done keeps its state.
 */

const ROUND = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
  0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
  0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

const CHUNK: i32 = 1024;
/** Bytes of one padded message: prefix, a chunk, the end mark and the length fill 17 blocks. */
const MESSAGE: usize = 17 * 64;
/** Scratch: four messages, 64 words of schedule, four digests. */
const SCHEDULE: usize = 4 * MESSAGE;
const DIGESTS: usize = SCHEDULE + 64 * 16;

// @ts-ignore: decorator
@inline
function rotate(x: v128, n: i32): v128 {
  return v128.or(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n));
}

// @ts-ignore: decorator
@inline
function e1(e: v128, f: v128, g: v128, h: v128, w: v128): v128 {
  const sigma = v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
  const choice = v128.xor(g, v128.and(e, v128.xor(f, g)));
  return i32x4.add(i32x4.add(h, w), i32x4.add(sigma, choice));
}

// @ts-ignore: decorator
@inline
function e0(a: v128, b: v128, c: v128): v128 {
  const sigma = v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
  const majority = v128.or(v128.and(a, b), v128.and(c, v128.or(a, b)));
  return i32x4.add(sigma, majority);
}

// @ts-ignore: decorator
@inline
function words(message: usize): v128 {
  const raw = v128.load(message);
  return i8x16.shuffle(raw, raw, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Sixteen words of four messages, lane by lane, then the 48 that follow from them. */
function schedule(to: usize, message: usize): void {
  for (let i: usize = 0; i < 4; i++) {
    const r0 = words(message), r1 = words(message + MESSAGE), r2 = words(message + 2 * MESSAGE), r3 = words(message + 3 * MESSAGE);
    const a = i32x4.shuffle(r0, r1, 0, 4, 1, 5), b = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
    const c = i32x4.shuffle(r0, r1, 2, 6, 3, 7), d = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    const at = to + 64 * i;
    v128.store(at, i64x2.shuffle(a, b, 0, 2));
    v128.store(at, i64x2.shuffle(a, b, 1, 3), 16);
    v128.store(at, i64x2.shuffle(c, d, 0, 2), 32);
    v128.store(at, i64x2.shuffle(c, d, 1, 3), 48);
    message += 16;
  }
  for (let t: usize = 16; t < 64; t++) {
    const at = to + 16 * t;
    const x = v128.load(at - 15 * 16);
    const y = v128.load(at - 2 * 16);
    const s0 = v128.xor(v128.xor(rotate(x, 7), rotate(x, 18)), i32x4.shr_u(x, 3));
    const s1 = v128.xor(v128.xor(rotate(y, 17), rotate(y, 19)), i32x4.shr_u(y, 10));
    v128.store(at, i32x4.add(i32x4.add(v128.load(at - 16 * 16), s0), i32x4.add(v128.load(at - 7 * 16), s1)));
  }
}

/**
 * Digests of four messages at `scratch`, prefix included and not yet padded, lane by lane: 4 · 32 bytes at `out`.
 * A message of length 0 is left out.
 */
function digests(scratch: usize, length0: i32, length1: i32, length2: i32, length3: i32, out: usize): void {
  const lengths = i32x4.replace_lane(i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(length0), 1, length1), 2, length2), 3, length3);
  pad(scratch, length0);
  pad(scratch + MESSAGE, length1);
  pad(scratch + 2 * MESSAGE, length2);
  pad(scratch + 3 * MESSAGE, length3);
  // A message of n bytes fills ⌊(n + 8) / 64⌋ + 1 blocks.
  const counts = i32x4.shr_u(i32x4.add(lengths, i32x4.splat(72)), 6);
  const most = max(max(length0, length1), max(length2, length3)) + 72 >> 6;
  let s0 = i32x4.splat(0x6a09e667), s1 = i32x4.splat(0xbb67ae85), s2 = i32x4.splat(0x3c6ef372), s3 = i32x4.splat(0xa54ff53a);
  let s4 = i32x4.splat(0x510e527f), s5 = i32x4.splat(0x9b05688c), s6 = i32x4.splat(0x1f83d9ab), s7 = i32x4.splat(0x5be0cd19);
  const w = scratch + SCHEDULE;
  for (let block = 0; block < most; block++) {
    schedule(w, scratch + (<usize>block << 6));
    let a = s0, b = s1, c = s2, d = s3, e = s4, f = s5, g = s6, h = s7;
    let k: usize = ROUND;
    for (let t: usize = 0; t < 1024; t += 128) {
      const at = w + t;
      h = e1(e, f, g, h, i32x4.add(v128.load32_splat(k), v128.load(at)));
      d = i32x4.add(d, h);
      h = i32x4.add(h, e0(a, b, c));
      g = e1(d, e, f, g, i32x4.add(v128.load32_splat(k, 4), v128.load(at, 16)));
      c = i32x4.add(c, g);
      g = i32x4.add(g, e0(h, a, b));
      f = e1(c, d, e, f, i32x4.add(v128.load32_splat(k, 8), v128.load(at, 32)));
      b = i32x4.add(b, f);
      f = i32x4.add(f, e0(g, h, a));
      e = e1(b, c, d, e, i32x4.add(v128.load32_splat(k, 12), v128.load(at, 48)));
      a = i32x4.add(a, e);
      e = i32x4.add(e, e0(f, g, h));
      d = e1(a, b, c, d, i32x4.add(v128.load32_splat(k, 16), v128.load(at, 64)));
      h = i32x4.add(h, d);
      d = i32x4.add(d, e0(e, f, g));
      c = e1(h, a, b, c, i32x4.add(v128.load32_splat(k, 20), v128.load(at, 80)));
      g = i32x4.add(g, c);
      c = i32x4.add(c, e0(d, e, f));
      b = e1(g, h, a, b, i32x4.add(v128.load32_splat(k, 24), v128.load(at, 96)));
      f = i32x4.add(f, b);
      b = i32x4.add(b, e0(c, d, e));
      a = e1(f, g, h, a, i32x4.add(v128.load32_splat(k, 28), v128.load(at, 112)));
      e = i32x4.add(e, a);
      a = i32x4.add(a, e0(b, c, d));
      k += 32;
    }
    const live = i32x4.gt_s(counts, i32x4.splat(block));
    s0 = i32x4.add(s0, v128.and(live, a));
    s1 = i32x4.add(s1, v128.and(live, b));
    s2 = i32x4.add(s2, v128.and(live, c));
    s3 = i32x4.add(s3, v128.and(live, d));
    s4 = i32x4.add(s4, v128.and(live, e));
    s5 = i32x4.add(s5, v128.and(live, f));
    s6 = i32x4.add(s6, v128.and(live, g));
    s7 = i32x4.add(s7, v128.and(live, h));
  }
  const temporary = scratch + DIGESTS;
  v128.store(temporary, s0);
  v128.store(temporary, s1, 16);
  v128.store(temporary, s2, 32);
  v128.store(temporary, s3, 48);
  v128.store(temporary, s4, 64);
  v128.store(temporary, s5, 80);
  v128.store(temporary, s6, 96);
  v128.store(temporary, s7, 112);
  for (let lane: usize = 0; lane < 4; lane++) {
    for (let i: usize = 0; i < 8; i++) {
      store<u32>(out + 32 * lane + 4 * i, bswap<u32>(load<u32>(temporary + 16 * i + 4 * lane)));
    }
  }
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
  if (count >= 4) digests(scratch, l0, l1, l2, l3, out);
  else {
    const kept = scratch + DIGESTS + 128;
    digests(scratch, l0, l1, l2, l3, kept);
    memory.copy(out, kept, <usize>count << 5);
  }
}

/** The root of a tree whose `count` leaf hashes lie at `leaves`; they are overwritten. The root ends at `leaves`. */
export function foldTree(leaves: usize, count: i32, scratch: usize): void {
  while (count > 1) {
    const pairs = count >> 1;
    for (let i = 0; i < pairs; i += 4) {
      const lanes = min(4, pairs - i);
      for (let lane = 0; lane < lanes; lane++) {
        const to = scratch + <usize>lane * MESSAGE;
        store<u8>(to, 1);
        memory.copy(to + 1, leaves + (<usize>(i + lane) << 6), 64);
      }
      store4(scratch, 65, lanes > 1 ? 65 : 0, lanes > 2 ? 65 : 0, lanes > 3 ? 65 : 0, leaves + (<usize>i << 5), lanes);
    }
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
