/**
 * Sums over some of the variables of a tensor: what is left of it once those are bound by weights. The tensor is seen as
 * `[outer, mid, inner]` and the middle goes. Sizes are powers of two; `rows` says how many of `mid` there really are.
 */
import { add, add4, dot4, mul, neg4, splat } from './m31';
import { at, first4, get, mul0, mul1, mul2, mul3, mulOne, second4 } from './qm31';

/** Room for single elements. */
const PRODUCT = memory.data(16);

/** `out[o, i] = Σ_m weights[m]·x[o, m, i]` of a tensor of the base field. */
export function contractBase(
  out: usize, stride: usize, x: usize, outer: usize, mid: usize, rows: usize, inner: usize, weights: usize, weightStride: usize,
): void {
  for (let o: usize = 0; o < outer; o++) {
    const from = x + ((o * mid * inner) << 2);
    if (inner >= 4) baseRows(out, stride, o * inner, from, rows, inner, weights, weightStride);
    else if (inner == 1 && mid >= 4) baseDot(out, stride, o, from, mid, weights, weightStride);
    else baseSlowly(out, stride, o * inner, from, rows, inner, weights, weightStride);
  }
}

/** Four rows at a time, so that four products take one reduction. */
function baseRows(
  out: usize, stride: usize, to: usize, x: usize, rows: usize, inner: usize, weights: usize, weightStride: usize,
): void {
  for (let c: usize = 0; c < 4; c++) memory.fill(at(out, stride, to, c), 0, inner << 2);
  for (let m: usize = 0; m < rows; m += 4) {
    const x0 = x + ((m * inner) << 2);
    const x1 = m + 1 < rows ? x0 + (inner << 2) : x0;
    const x2 = m + 2 < rows ? x1 + (inner << 2) : x0;
    const x3 = m + 3 < rows ? x2 + (inner << 2) : x0;
    for (let c: usize = 0; c < 4; c++) {
      const w = weights + c * weightStride + (m << 2);
      const w0 = v128.load32_splat(w);
      const w1 = m + 1 < rows ? v128.load32_splat(w, 4) : splat(0);
      const w2 = m + 2 < rows ? v128.load32_splat(w, 8) : splat(0);
      const w3 = m + 3 < rows ? v128.load32_splat(w, 12) : splat(0);
      const plane = at(out, stride, to, c);
      for (let i: usize = 0; i < inner << 2; i += 16) {
        const sum = dot4(v128.load(x0 + i), w0, v128.load(x1 + i), w1, v128.load(x2 + i), w2, v128.load(x3 + i), w3);
        v128.store(plane + i, add4(v128.load(plane + i), sum));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function lanes(x: v128): u32 {
  return add(
    add(i32x4.extract_lane(x, 0), i32x4.extract_lane(x, 1)),
    add(i32x4.extract_lane(x, 2), i32x4.extract_lane(x, 3)),
  );
}

function baseDot(out: usize, stride: usize, to: usize, x: usize, mid: usize, weights: usize, weightStride: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    const w = weights + c * weightStride;
    let sum = splat(0);
    let i: usize = 0;
    for (; i + 16 <= mid; i += 16) {
      const a = x + (i << 2);
      const b = w + (i << 2);
      const four = dot4(
        v128.load(a), v128.load(b), v128.load(a, 16), v128.load(b, 16),
        v128.load(a, 32), v128.load(b, 32), v128.load(a, 48), v128.load(b, 48),
      );
      sum = add4(sum, four);
    }
    const zero = splat(0);
    for (; i < mid; i += 4) sum = add4(sum, dot4(v128.load(x + (i << 2)), v128.load(w + (i << 2)), zero, zero, zero, zero, zero, zero));
    store<u32>(at(out, stride, to, c), lanes(sum));
  }
}

function baseSlowly(
  out: usize, stride: usize, to: usize, x: usize, rows: usize, inner: usize, weights: usize, weightStride: usize,
): void {
  for (let i: usize = 0; i < inner; i++) {
    for (let c: usize = 0; c < 4; c++) {
      let sum: u32 = 0;
      for (let m: usize = 0; m < rows; m++) sum = add(sum, mul(load<u32>(x + ((m * inner + i) << 2)), get(weights, weightStride, m, c)));
      store<u32>(at(out, stride, to + i, c), sum);
    }
  }
}

/** As {@link contractBase} of a vector of the extension. */
export function contractExt(
  out: usize, stride: usize, x: usize, xStride: usize, outer: usize, mid: usize, rows: usize, inner: usize, weights: usize, weightStride: usize,
): void {
  for (let o: usize = 0; o < outer; o++) {
    const from = o * mid * inner;
    if (inner >= 4) extRows(out, stride, o * inner, x, xStride, from, rows, inner, weights, weightStride);
    else if (inner == 1 && mid >= 4) extDot(out, stride, o, x, xStride, from, mid, weights, weightStride);
    else extSlowly(out, stride, o * inner, x, xStride, from, rows, inner, weights, weightStride);
  }
}

function extRows(
  out: usize, stride: usize, to: usize, x: usize, xStride: usize, from: usize, rows: usize, inner: usize, weights: usize, weightStride: usize,
): void {
  for (let c: usize = 0; c < 4; c++) memory.fill(at(out, stride, to, c), 0, inner << 2);
  for (let m: usize = 0; m < rows; m++) {
    const b0 = splat(get(weights, weightStride, m, 0));
    const b1 = splat(get(weights, weightStride, m, 1));
    const b2 = splat(get(weights, weightStride, m, 2));
    const b3 = splat(get(weights, weightStride, m, 3));
    const n1 = neg4(b1);
    const n3 = neg4(b3);
    const w0 = first4(b2, b3);
    const w1 = second4(b2, b3);
    const m1 = neg4(w1);
    for (let i: usize = 0; i < inner; i += 4) {
      const p = at(x, xStride, from + m * inner + i, 0);
      const a0 = v128.load(p);
      const a1 = v128.load(p + xStride);
      const a2 = v128.load(p + 2 * xStride);
      const a3 = v128.load(p + 3 * xStride);
      const q = at(out, stride, to + i, 0);
      v128.store(q, add4(v128.load(q), mul0(a0, a1, a2, a3, b0, n1, w0, m1)));
      v128.store(q + stride, add4(v128.load(q + stride), mul1(a0, a1, a2, a3, b0, b1, w0, w1)));
      v128.store(q + 2 * stride, add4(v128.load(q + 2 * stride), mul2(a0, a1, a2, a3, b0, n1, b2, n3)));
      v128.store(q + 3 * stride, add4(v128.load(q + 3 * stride), mul3(a0, a1, a2, a3, b0, b1, b2, b3)));
    }
  }
}

function extDot(
  out: usize, stride: usize, to: usize, x: usize, xStride: usize, from: usize, mid: usize, weights: usize, weightStride: usize,
): void {
  let s0 = splat(0);
  let s1 = splat(0);
  let s2 = splat(0);
  let s3 = splat(0);
  for (let i: usize = 0; i < mid; i += 4) {
    const p = at(x, xStride, from + i, 0);
    const q = at(weights, weightStride, i, 0);
    const a0 = v128.load(p);
    const a1 = v128.load(p + xStride);
    const a2 = v128.load(p + 2 * xStride);
    const a3 = v128.load(p + 3 * xStride);
    const b0 = v128.load(q);
    const b1 = v128.load(q + weightStride);
    const b2 = v128.load(q + 2 * weightStride);
    const b3 = v128.load(q + 3 * weightStride);
    const n1 = neg4(b1);
    const n3 = neg4(b3);
    const w0 = first4(b2, b3);
    const w1 = second4(b2, b3);
    s0 = add4(s0, mul0(a0, a1, a2, a3, b0, n1, w0, neg4(w1)));
    s1 = add4(s1, mul1(a0, a1, a2, a3, b0, b1, w0, w1));
    s2 = add4(s2, mul2(a0, a1, a2, a3, b0, n1, b2, n3));
    s3 = add4(s3, mul3(a0, a1, a2, a3, b0, b1, b2, b3));
  }
  const t = at(out, stride, to, 0);
  store<u32>(t, lanes(s0));
  store<u32>(t + stride, lanes(s1));
  store<u32>(t + 2 * stride, lanes(s2));
  store<u32>(t + 3 * stride, lanes(s3));
}

function extSlowly(
  out: usize, stride: usize, to: usize, x: usize, xStride: usize, from: usize, rows: usize, inner: usize, weights: usize, weightStride: usize,
): void {
  for (let i: usize = 0; i < inner; i++) {
    for (let c: usize = 0; c < 4; c++) store<u32>(at(out, stride, to + i, c), 0);
    for (let m: usize = 0; m < rows; m++) {
      const p = from + m * inner + i;
      mulOne(
        PRODUCT, 4, 0, get(x, xStride, p, 0), get(x, xStride, p, 1), get(x, xStride, p, 2), get(x, xStride, p, 3),
        get(weights, weightStride, m, 0), get(weights, weightStride, m, 1), get(weights, weightStride, m, 2), get(weights, weightStride, m, 3),
      );
      for (let c: usize = 0; c < 4; c++) {
        const t = at(out, stride, to + i, c);
        store<u32>(t, add(load<u32>(t), load<u32>(PRODUCT + (c << 2))));
      }
    }
  }
}

/** `out[j·n + i] = high[j]·low[i]`: weights of two groups of variables in one vector. */
export function outer(
  out: usize, stride: usize, high: usize, highStride: usize, m: usize, low: usize, lowStride: usize, n: usize,
): void {
  for (let j: usize = 0; j < m; j++) {
    const b0 = get(high, highStride, j, 0);
    const b1 = get(high, highStride, j, 1);
    const b2 = get(high, highStride, j, 2);
    const b3 = get(high, highStride, j, 3);
    for (let i: usize = 0; i < n; i++) {
      mulOne(out, stride, j * n + i, get(low, lowStride, i, 0), get(low, lowStride, i, 1), get(low, lowStride, i, 2), get(low, lowStride, i, 3), b0, b1, b2, b3);
    }
  }
}

/** `out[to[i]] += table[from[i]]` for `n` pairs of indices, `to` and `from` arrays of u32. */
export function scatter(out: usize, stride: usize, table: usize, tableStride: usize, to: usize, from: usize, n: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    const target = out + c * stride;
    const source = table + c * tableStride;
    for (let i: usize = 0; i < n; i++) {
      const t = target + (load<u32>(to + (i << 2)) << 2);
      store<u32>(t, add(load<u32>(t), load<u32>(source + (load<u32>(from + (i << 2)) << 2))));
    }
  }
}

/** `out[i] += x[i]`. */
export function addExt(out: usize, stride: usize, x: usize, xStride: usize, n: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    let i: usize = 0;
    const to = out + c * stride;
    const from = x + c * xStride;
    for (; i + 4 <= n; i += 4) v128.store(to + (i << 2), add4(v128.load(to + (i << 2)), v128.load(from + (i << 2))));
    for (; i < n; i++) store<u32>(to + (i << 2), add(load<u32>(to + (i << 2)), load<u32>(from + (i << 2))));
  }
}
