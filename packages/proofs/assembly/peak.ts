/** How many products of the extension a core does: chains of registers, and nothing from memory. */
import { mul0, mul1, mul2, mul3, first4, second4 } from './qm31';
import { neg4, splat } from './m31';

/** Eight products a round, four of each of two chains. */
export function peak(rounds: i32, m: i32, n: i32): i32 {
  let a0 = splat(m), a1 = splat(n), a2 = splat(m + n), a3 = splat(m + 2 * n);
  let b0 = splat(n), b1 = splat(2 * m + n), b2 = splat(m), b3 = splat(3 * m + n);
  const s0 = splat(m + 3), s1 = splat(n + 3), s2 = splat(m + n + 3), s3 = splat(m + 5 * n);
  const n1 = neg4(s1), n3 = neg4(s3), w0 = first4(s2, s3), w1 = second4(s2, s3), m1 = neg4(w1);
  for (let i = 0; i < rounds; i++) {
    const t0 = mul0(a0, a1, a2, a3, s0, n1, w0, m1);
    const t1 = mul1(a0, a1, a2, a3, s0, s1, w0, w1);
    const t2 = mul2(a0, a1, a2, a3, s0, n1, s2, n3);
    a3 = mul3(a0, a1, a2, a3, s0, s1, s2, s3);
    a0 = t0;
    a1 = t1;
    a2 = t2;
    const u0 = mul0(b0, b1, b2, b3, s0, n1, w0, m1);
    const u1 = mul1(b0, b1, b2, b3, s0, s1, w0, w1);
    const u2 = mul2(b0, b1, b2, b3, s0, n1, s2, n3);
    b3 = mul3(b0, b1, b2, b3, s0, s1, s2, s3);
    b0 = u0;
    b1 = u1;
    b2 = u2;
  }
  const all = v128.xor(v128.xor(v128.xor(a0, a1), v128.xor(a2, a3)), v128.xor(v128.xor(b0, b1), v128.xor(b2, b3)));
  return i32x4.extract_lane(all, 0);
}
