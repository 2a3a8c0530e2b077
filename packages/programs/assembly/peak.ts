/** How many multiply-adds a core does: eight dot products into registers a round, and nothing from memory. */
export function peak(rounds: i32, m: i32, n: i32): i32 {
  const x0 = i16x8.splat(m as i16), x1 = i16x8.splat(n as i16);
  const x2 = i32x4.add(x0, x1), x3 = i32x4.add(x1, x2);
  const zero = i32x4.splat(0);
  let y = x3, z = x2;
  let a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
  for (let i = 0; i < rounds; i++) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(x0, y));
    b = i32x4.add(b, i32x4.dot_i16x8_s(x1, y));
    c = i32x4.add(c, i32x4.dot_i16x8_s(x2, y));
    d = i32x4.add(d, i32x4.dot_i16x8_s(x3, y));
    e = i32x4.add(e, i32x4.dot_i16x8_s(x0, z));
    f = i32x4.add(f, i32x4.dot_i16x8_s(x1, z));
    g = i32x4.add(g, i32x4.dot_i16x8_s(x2, z));
    h = i32x4.add(h, i32x4.dot_i16x8_s(x3, z));
    // The factors change places, so that no product is the same twice.
    const t = y;
    y = z;
    z = t;
  }
  const sum = i32x4.add(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)), i32x4.add(i32x4.add(e, f), i32x4.add(g, h)));
  return i32x4.extract_lane(sum, 0);
}
