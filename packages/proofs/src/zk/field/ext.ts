/**
 * The two fields of the proofs, one element at a time: M31 (p = 2^31 − 1) and its extension of degree 4,
 * `(a0 + a1·i) + (a2 + a3·i)·u` with i² = −1 and u² = 2 + i (QM31 of Circle STARKs, Haböck, Levit and Papini 2024/278).
 * Elements of M31 are numbers 0 .. p − 1. Vectors belong to the kernels; this is for what a verifier does by hand.
 */

export const P = 0x7fffffff;

/** An element of the extension: coordinates of 1, i, u and i·u. */
export type Ext = readonly [number, number, number, number];

export const ZERO: Ext = [0, 0, 0, 0];
export const ONE: Ext = [1, 0, 0, 0];

/** The element of an integer of absolute value below p. */
export const fromInteger = (x: number): number => (x < 0 ? x + P : x);

export const ext = (x: number): Ext => [fromInteger(x), 0, 0, 0];

const add1 = (a: number, b: number): number => {
  const sum = a + b;
  return sum >= P ? sum - P : sum;
};

const sub1 = (a: number, b: number): number => (a >= b ? a - b : a - b + P);

const HALF = 0x80000000;

/** `x mod p` of an integer below 2^53. */
const reduce = (x: number): number => {
  const upper = Math.floor(x / HALF);
  const sum = x - upper * HALF + upper;
  const again = sum >= HALF ? sum - HALF + 1 : sum;
  return again >= P ? again - P : again;
};

/** Product in M31: 16 bits of b at a time, so that every intermediate is an exact double. */
export const mul1 = (a: number, b: number): number => reduce(reduce(a * (b >>> 16)) * 0x10000 + a * (b & 0xffff));

export const add = (a: Ext, b: Ext): Ext => [add1(a[0], b[0]), add1(a[1], b[1]), add1(a[2], b[2]), add1(a[3], b[3])];

export const sub = (a: Ext, b: Ext): Ext => [sub1(a[0], b[0]), sub1(a[1], b[1]), sub1(a[2], b[2]), sub1(a[3], b[3])];

export const neg = (a: Ext): Ext => sub(ZERO, a);

/** `a·s` for s of M31. */
export const scale = (a: Ext, s: number): Ext => [mul1(a[0], s), mul1(a[1], s), mul1(a[2], s), mul1(a[3], s)];

/** `(a0 + a1·i)·(b0 + b1·i)`. */
const complex = (a0: number, a1: number, b0: number, b1: number): readonly [number, number] => {
  const x = mul1(a0, b0);
  const y = mul1(a1, b1);
  return [sub1(x, y), sub1(mul1(add1(a0, a1), add1(b0, b1)), add1(x, y))];
};

/** `a·b + c·d + e·f + g·h` in M31, of factors up to p: as {@link mul1}, with one reduction for all. */
const dot = (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number): number => {
  const upper = a * (b >>> 16) + c * (d >>> 16) + e * (f >>> 16) + g * (h >>> 16);
  const lower = a * (b & 0xffff) + c * (d & 0xffff) + e * (f & 0xffff) + g * (h & 0xffff);
  return reduce(reduce(upper) * 0x10000 + lower);
};

export const mul = ([a0, a1, a2, a3]: Ext, [b0, b1, b2, b3]: Ext): Ext => {
  // (b2 + b3·i)·(2 + i): what the product of two upper halves brings down.
  const w0 = sub1(add1(b2, b2), b3);
  const w1 = add1(b2, add1(b3, b3));
  const n1 = P - b1;
  const n3 = P - b3;
  return [
    dot(a0, b0, a1, n1, a2, w0, a3, P - w1),
    dot(a0, b1, a1, b0, a2, w1, a3, w0),
    dot(a0, b2, a1, n3, a2, b0, a3, n1),
    dot(a0, b3, a1, b2, a2, b1, a3, b0),
  ];
};

export const square = (a: Ext): Ext => mul(a, a);

export const isZero = (a: Ext): boolean => a[0] === 0 && a[1] === 0 && a[2] === 0 && a[3] === 0;

export const equal = (a: Ext, b: Ext): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];

/** `a^e` in M31. */
export const power1 = (a: number, e: number): number => {
  let result = 1;
  for (let base = a, rest = e; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = mul1(result, base);
    base = mul1(base, base);
  }
  return result;
};

/** `1/a`; of 0 it is 0. */
export const inverse1 = (a: number): number => power1(a, P - 2);

/** `1/a`, by norms down to M31; of 0 it is 0. */
export const inverse = (a: Ext): Ext => {
  const [x0, x1] = complex(a[0], a[1], a[0], a[1]);
  const [y0, y1] = complex(a[2], a[3], a[2], a[3]);
  // (x + y·u)(x − y·u) = x² − (2 + i)·y², of the complex extension.
  const n0 = sub1(x0, sub1(add1(y0, y0), y1));
  const n1 = sub1(x1, add1(y0, add1(y1, y1)));
  const norm = inverse1(add1(mul1(n0, n0), mul1(n1, n1)));
  const [i0, i1] = [mul1(n0, norm), mul1(sub1(0, n1), norm)];
  const [r0, r1] = complex(a[0], a[1], i0, i1);
  const [r2, r3] = complex(sub1(0, a[2]), sub1(0, a[3]), i0, i1);
  return [r0, r1, r2, r3];
};

/** Powers 1, a, a², … */
export const powers = (a: Ext, count: number): Ext[] => {
  const all: Ext[] = [];
  for (let i = 0, next: Ext = ONE; i < count; i++, next = mul(next, a)) all.push(next);
  return all;
};
