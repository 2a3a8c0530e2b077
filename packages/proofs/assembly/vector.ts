/** What every sub-protocol does with whole vectors: extend, fold, combine. Points and results are four u32 in a row. */
import { add, add4, mul, mul4, neg4, reduce, splat, sub, sub4 } from './m31';
import { at, first4, get, mul0, mul1, mul2, mul3, mulOne, mulTo, second4 } from './qm31';

/** Coordinate `c` of the single element at `address`. */
// @ts-ignore: decorator
@inline
export function coordinate(address: usize, c: usize): u32 {
  return load<u32>(address + (c << 2));
}

/**
 * `out[i] = scale · Π_j (bit j of i ? point[j] : 1 − point[j])` for all 2^vars indices.
 * @param scale address of one element
 * @param point address of `vars` elements, that of bit 0 first
 */
export function eqTable(out: usize, stride: usize, scale: usize, point: usize, vars: i32): void {
  for (let c: usize = 0; c < 4; c++) store<u32>(at(out, stride, 0, c), coordinate(scale, c));
  for (let j = 0; j < vars; j++) {
    const half: usize = (<usize>1) << j;
    const r = point + ((<usize>j) << 4);
    const r0 = coordinate(r, 0);
    const r1 = coordinate(r, 1);
    const r2 = coordinate(r, 2);
    const r3 = coordinate(r, 3);
    if (half < 4) {
      for (let i: usize = 0; i < half; i++) {
        mulOne(out, stride, half + i, get(out, stride, i, 0), get(out, stride, i, 1), get(out, stride, i, 2), get(out, stride, i, 3), r0, r1, r2, r3);
        for (let c: usize = 0; c < 4; c++) {
          store<u32>(at(out, stride, i, c), sub(get(out, stride, i, c), get(out, stride, half + i, c)));
        }
      }
    } else {
      const s0 = splat(r0);
      const s1 = splat(r1);
      const s2 = splat(r2);
      const s3 = splat(r3);
      for (let i: usize = 0; i < half; i += 4) {
        const p = at(out, stride, i, 0);
        const a0 = v128.load(p);
        const a1 = v128.load(p + stride);
        const a2 = v128.load(p + 2 * stride);
        const a3 = v128.load(p + 3 * stride);
        mulTo(out, stride, half + i, a0, a1, a2, a3, s0, s1, s2, s3);
        const q = at(out, stride, half + i, 0);
        v128.store(p, sub4(a0, v128.load(q)));
        v128.store(p + stride, sub4(a1, v128.load(q + stride)));
        v128.store(p + 2 * stride, sub4(a2, v128.load(q + 2 * stride)));
        v128.store(p + 3 * stride, sub4(a3, v128.load(q + 3 * stride)));
      }
    }
  }
}

/** Binds the highest variable of a vector of `2·half` elements to the element at `r`, in place. */
export function foldExt(vector: usize, stride: usize, half: usize, r: usize): void {
  if (half < 4) {
    const r0 = coordinate(r, 0);
    const r1 = coordinate(r, 1);
    const r2 = coordinate(r, 2);
    const r3 = coordinate(r, 3);
    for (let i: usize = 0; i < half; i++) {
      const d0 = sub(get(vector, stride, half + i, 0), get(vector, stride, i, 0));
      const d1 = sub(get(vector, stride, half + i, 1), get(vector, stride, i, 1));
      const d2 = sub(get(vector, stride, half + i, 2), get(vector, stride, i, 2));
      const d3 = sub(get(vector, stride, half + i, 3), get(vector, stride, i, 3));
      mulOne(vector, stride, half + i, d0, d1, d2, d3, r0, r1, r2, r3);
      for (let c: usize = 0; c < 4; c++) {
        store<u32>(at(vector, stride, i, c), add(get(vector, stride, i, c), get(vector, stride, half + i, c)));
      }
    }
    return;
  }
  foldRange(vector, stride, half << 2, half, r);
}

/** Binds `n` elements at `vector`, whole fours, paired with those `gap` bytes on, to the element at `r`, in place. */
export function foldRange(vector: usize, stride: usize, gap: usize, n: usize, r: usize): void {
  const s0 = splat(coordinate(r, 0));
  const s1 = splat(coordinate(r, 1));
  const s2 = splat(coordinate(r, 2));
  const s3 = splat(coordinate(r, 3));
  const n1 = neg4(s1);
  const n3 = neg4(s3);
  const w0 = first4(s2, s3);
  const w1 = second4(s2, s3);
  const m1 = neg4(w1);
  const end = vector + (n << 2);
  for (let v = vector; v < end; v += 16) {
    const a0 = v128.load(v);
    const a1 = v128.load(v + stride);
    const a2 = v128.load(v + 2 * stride);
    const a3 = v128.load(v + 3 * stride);
    const d0 = sub4(v128.load(v + gap), a0);
    const d1 = sub4(v128.load(v + gap + stride), a1);
    const d2 = sub4(v128.load(v + gap + 2 * stride), a2);
    const d3 = sub4(v128.load(v + gap + 3 * stride), a3);
    v128.store(v, add4(a0, mul0(d0, d1, d2, d3, s0, n1, w0, m1)));
    v128.store(v + stride, add4(a1, mul1(d0, d1, d2, d3, s0, s1, w0, w1)));
    v128.store(v + 2 * stride, add4(a2, mul2(d0, d1, d2, d3, s0, n1, s2, n3)));
    v128.store(v + 3 * stride, add4(a3, mul3(d0, d1, d2, d3, s0, s1, s2, s3)));
  }
}

/** As {@link foldExt} from `2·half` elements of the base field into a vector of the extension. */
export function foldBase(out: usize, stride: usize, source: usize, half: usize, r: usize): void {
  if (half < 4) {
    for (let i: usize = 0; i < half; i++) {
      const a = load<u32>(source + (i << 2));
      const d = sub(load<u32>(source + ((half + i) << 2)), a);
      for (let c: usize = 0; c < 4; c++) {
        const moved = mul(d, coordinate(r, c));
        store<u32>(at(out, stride, i, c), c == 0 ? add(a, moved) : moved);
      }
    }
    return;
  }
  const s0 = splat(coordinate(r, 0));
  const s1 = splat(coordinate(r, 1));
  const s2 = splat(coordinate(r, 2));
  const s3 = splat(coordinate(r, 3));
  for (let i: usize = 0; i < half; i += 4) {
    const a = v128.load(source + (i << 2));
    const d = sub4(v128.load(source + ((half + i) << 2)), a);
    const p = at(out, stride, i, 0);
    v128.store(p, add4(a, mul4(d, s0)));
    v128.store(p + stride, mul4(d, s1));
    v128.store(p + 2 * stride, mul4(d, s2));
    v128.store(p + 3 * stride, mul4(d, s3));
  }
}

/** `Σ a_i·b_i` of two vectors of `n` elements, written to `out`. Not for hot loops of small vectors. */
export function dotExt(out: usize, a: usize, aStride: usize, b: usize, bStride: usize, n: usize): void {
  let s0: u64 = 0;
  let s1: u64 = 0;
  let s2: u64 = 0;
  let s3: u64 = 0;
  for (let i: usize = 0; i < n; i++) {
    mulOne(out, 4, 0, get(a, aStride, i, 0), get(a, aStride, i, 1), get(a, aStride, i, 2), get(a, aStride, i, 3), get(b, bStride, i, 0), get(b, bStride, i, 1), get(b, bStride, i, 2), get(b, bStride, i, 3));
    s0 += coordinate(out, 0);
    s1 += coordinate(out, 1);
    s2 += coordinate(out, 2);
    s3 += coordinate(out, 3);
  }
  store<u32>(out, reduce(s0));
  store<u32>(out + 4, reduce(s1));
  store<u32>(out + 8, reduce(s2));
  store<u32>(out + 12, reduce(s3));
}

/** `Σ a_i·b_i` of `n` elements of the base field and a vector of the extension. */
export function dotBase(out: usize, a: usize, b: usize, stride: usize, n: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    let sum: u64 = 0;
    const plane = b + c * stride;
    let i: usize = 0;
    if (n >= 4) {
      let lanes = splat(0);
      for (; i < n; i += 4) lanes = add4(lanes, mul4(v128.load(a + (i << 2)), v128.load(plane + (i << 2))));
      sum = (<u64>i32x4.extract_lane(lanes, 0)) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
    } else {
      for (; i < n; i++) sum += mul(load<u32>(a + (i << 2)), load<u32>(plane + (i << 2)));
    }
    store<u32>(out + (c << 2), reduce(sum));
  }
}
