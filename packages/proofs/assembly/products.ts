/**
 * One round of a sumcheck over products of two vectors: the polynomial `Σ_i a·b` in the highest variable, a standing for
 * `low_i + (high_i − low_i)·X` of the halves of its vector, and so b. Its constant and its leading coefficient are written;
 * the claim gives the rest.
 */
import { add, add4, neg4, splat, sub, sub4 } from './m31';
import { at, first4, get, mul0, mul1, mul2, mul3, mulOne, second4 } from './qm31';
import { coordinate } from './vector';

/** Room for single elements, and for vectors of fewer than four. */
const PRODUCT = memory.data(16);
const FACTOR = memory.data(16);

/** `p(X) = Σ a·b`: p(0) at `out`, the coefficient of X² behind it. */
export function roundOfTwo(out: usize, a: usize, aStride: usize, b: usize, bStride: usize, half: usize): void {
  if (half < 4) {
    memory.fill(out, 0, 32);
    for (let i: usize = 0; i < half; i++) {
      for (let k: usize = 0; k < 2; k++) {
        factor(a, aStride, i, half, k, FACTOR);
        factor(b, bStride, i, half, k, PRODUCT);
        timesFactor();
        collect(out + (k << 4));
      }
    }
    return;
  }
  let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
  let t0 = splat(0), t1 = splat(0), t2 = splat(0), t3 = splat(0);
  for (let i: usize = 0; i < half; i += 4) {
    const p = at(a, aStride, i, 0);
    const q = at(b, bStride, i, 0);
    const x0 = v128.load(p), x1 = v128.load(p + aStride), x2 = v128.load(p + 2 * aStride), x3 = v128.load(p + 3 * aStride);
    const y0 = v128.load(q), y1 = v128.load(q + bStride), y2 = v128.load(q + 2 * bStride), y3 = v128.load(q + 3 * bStride);
    let n1 = neg4(y1), n3 = neg4(y3), w0 = first4(y2, y3), w1 = second4(y2, y3);
    s0 = add4(s0, mul0(x0, x1, x2, x3, y0, n1, w0, neg4(w1)));
    s1 = add4(s1, mul1(x0, x1, x2, x3, y0, y1, w0, w1));
    s2 = add4(s2, mul2(x0, x1, x2, x3, y0, n1, y2, n3));
    s3 = add4(s3, mul3(x0, x1, x2, x3, y0, y1, y2, y3));
    const g = p + (half << 2);
    const h = q + (half << 2);
    const u0 = sub4(v128.load(g), x0), u1 = sub4(v128.load(g + aStride), x1), u2 = sub4(v128.load(g + 2 * aStride), x2), u3 = sub4(v128.load(g + 3 * aStride), x3);
    const v0 = sub4(v128.load(h), y0), v1 = sub4(v128.load(h + bStride), y1), v2 = sub4(v128.load(h + 2 * bStride), y2), v3 = sub4(v128.load(h + 3 * bStride), y3);
    n1 = neg4(v1);
    n3 = neg4(v3);
    w0 = first4(v2, v3);
    w1 = second4(v2, v3);
    t0 = add4(t0, mul0(u0, u1, u2, u3, v0, n1, w0, neg4(w1)));
    t1 = add4(t1, mul1(u0, u1, u2, u3, v0, v1, w0, w1));
    t2 = add4(t2, mul2(u0, u1, u2, u3, v0, n1, v2, n3));
    t3 = add4(t3, mul3(u0, u1, u2, u3, v0, v1, v2, v3));
  }
  put(out, s0, s1, s2, s3);
  put(out + 16, t0, t1, t2, t3);
}

/** `p(X) = Σ_i e_i·a·b`, e without the variable of the round: p(0) at `out`, the coefficient of X² behind it. */
export function weightedRound(
  out: usize, e: usize, eStride: usize, a: usize, aStride: usize, b: usize, bStride: usize, half: usize,
): void {
  if (half < 4) {
    memory.fill(out, 0, 32);
    for (let i: usize = 0; i < half; i++) {
      for (let k: usize = 0; k < 2; k++) {
        factor(a, aStride, i, half, k, FACTOR);
        factor(b, bStride, i, half, k, PRODUCT);
        timesFactor();
        for (let c: usize = 0; c < 4; c++) store<u32>(FACTOR + (c << 2), get(e, eStride, i, c));
        timesFactor();
        collect(out + (k << 4));
      }
    }
    return;
  }
  for (let k: usize = 0; k < 2; k++) {
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    for (let i: usize = 0; i < half; i += 4) {
      const p = at(a, aStride, i, 0);
      const q = at(b, bStride, i, 0);
      const r = at(e, eStride, i, 0);
      const x0 = side(p, half, k), x1 = side(p + aStride, half, k), x2 = side(p + 2 * aStride, half, k), x3 = side(p + 3 * aStride, half, k);
      let y0 = side(q, half, k), y1 = side(q + bStride, half, k), y2 = side(q + 2 * bStride, half, k), y3 = side(q + 3 * bStride, half, k);
      let n1 = neg4(y1), n3 = neg4(y3), w0 = first4(y2, y3), w1 = second4(y2, y3);
      const z0 = mul0(x0, x1, x2, x3, y0, n1, w0, neg4(w1));
      const z1 = mul1(x0, x1, x2, x3, y0, y1, w0, w1);
      const z2 = mul2(x0, x1, x2, x3, y0, n1, y2, n3);
      const z3 = mul3(x0, x1, x2, x3, y0, y1, y2, y3);
      y0 = v128.load(r);
      y1 = v128.load(r + eStride);
      y2 = v128.load(r + 2 * eStride);
      y3 = v128.load(r + 3 * eStride);
      n1 = neg4(y1);
      n3 = neg4(y3);
      w0 = first4(y2, y3);
      w1 = second4(y2, y3);
      s0 = add4(s0, mul0(z0, z1, z2, z3, y0, n1, w0, neg4(w1)));
      s1 = add4(s1, mul1(z0, z1, z2, z3, y0, y1, w0, w1));
      s2 = add4(s2, mul2(z0, z1, z2, z3, y0, n1, y2, n3));
      s3 = add4(s3, mul3(z0, z1, z2, z3, y0, y1, y2, y3));
    }
    put(out + (k << 4), s0, s1, s2, s3);
  }
}

/** `out[i·inner + j] = e[i]`: weights of high variables, whatever the low ones are. */
export function spread(out: usize, stride: usize, e: usize, eStride: usize, n: usize, inner: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    for (let i: usize = 0; i < n; i++) {
      const to = at(out, stride, i * inner, c);
      const x = get(e, eStride, i, c);
      for (let j: usize = 0; j < inner; j++) store<u32>(to + (j << 2), x);
    }
  }
}

/** Four values of linear functions at 0 (k = 0), or their slopes. */
// @ts-ignore: decorator
@inline
function side(low: usize, half: usize, k: usize): v128 {
  const x = v128.load(low);
  return k == 0 ? x : sub4(v128.load(low + (half << 2)), x);
}

/** As {@link side}, of one element. */
function factor(vector: usize, stride: usize, i: usize, half: usize, k: usize, to: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    const low = get(vector, stride, i, c);
    store<u32>(to + (c << 2), k == 0 ? low : sub(get(vector, stride, half + i, c), low));
  }
}

function timesFactor(): void {
  mulOne(
    PRODUCT, 4, 0, coordinate(PRODUCT, 0), coordinate(PRODUCT, 1), coordinate(PRODUCT, 2), coordinate(PRODUCT, 3),
    coordinate(FACTOR, 0), coordinate(FACTOR, 1), coordinate(FACTOR, 2), coordinate(FACTOR, 3),
  );
}

function collect(sum: usize): void {
  for (let c: usize = 0; c < 16; c += 4) store<u32>(sum + c, add(load<u32>(sum + c), load<u32>(PRODUCT + c)));
}

// @ts-ignore: decorator
@inline
function put(to: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  store<u32>(to, lanes(s0));
  store<u32>(to + 4, lanes(s1));
  store<u32>(to + 8, lanes(s2));
  store<u32>(to + 12, lanes(s3));
}

// @ts-ignore: decorator
@inline
function lanes(x: v128): u32 {
  return add(
    add(i32x4.extract_lane(x, 0), i32x4.extract_lane(x, 1)),
    add(i32x4.extract_lane(x, 2), i32x4.extract_lane(x, 3)),
  );
}
