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
export const HALF: Ext = [2 ** 30, 0, 0, 0];

/** The element of an integer of absolute value below p. */
export const fromInteger = (x: number): number => (x < 0 ? x + P : x);

export const ext = (x: number): Ext => [fromInteger(x), 0, 0, 0];

// Integers of 32 bits throughout: engines keep those in registers, and a verifier does little else.
const add1 = (a: number, b: number): number => {
  const beyond = (a + b - P) | 0;
  return beyond + (P & (beyond >> 31));
};

const sub1 = (a: number, b: number): number => {
  const difference = (a - b) | 0;
  return difference + (P & (difference >> 31));
};

/** A sum below 2^32, of which bit 31 counts 1. */
const fold = (sum: number): number => (sum & P) + (sum >>> 31);

/** Product in M31, by halves of 16 bits: bits 31 and up of the whole count as much as those from 0 on. */
export const mul1 = (a: number, b: number): number => {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const lower = Math.imul(a0, b0);
  const middle = Math.imul(a0, b1) + Math.imul(a1, b0);
  const upper = fold((Math.imul(a1, b1) << 1) + (middle >>> 15));
  const most = fold(upper + ((middle & 0x7fff) << 16));
  const sum = fold(most + (lower & P) + (lower >>> 31));
  return sum === P ? 0 : sum;
};

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

/** Three products of the complex extension, of three each of M31. Written out: it is what a verifier spends its time on. */
export const mul = (a: Ext, b: Ext): Ext => {
  const a0 = a[0];
  const a1 = a[1];
  const a2 = a[2];
  const a3 = a[3];
  const b0 = b[0];
  const b1 = b[1];
  const b2 = b[2];
  const b3 = b[3];
  const p0 = mul1(a0, b0);
  const p1 = mul1(a1, b1);
  const x0 = sub1(p0, p1);
  const x1 = sub1(mul1(add1(a0, a1), add1(b0, b1)), add1(p0, p1));
  const q0 = mul1(a2, b2);
  const q1 = mul1(a3, b3);
  const y0 = sub1(q0, q1);
  const y1 = sub1(mul1(add1(a2, a3), add1(b2, b3)), add1(q0, q1));
  const c0 = add1(a0, a2);
  const c1 = add1(a1, a3);
  const d0 = add1(b0, b2);
  const d1 = add1(b1, b3);
  const r0 = mul1(c0, d0);
  const r1 = mul1(c1, d1);
  const z0 = sub1(r0, r1);
  const z1 = sub1(mul1(add1(c0, c1), add1(d0, d1)), add1(r0, r1));
  return [
    add1(x0, sub1(add1(y0, y0), y1)),
    add1(x1, add1(y0, add1(y1, y1))),
    sub1(z0, add1(x0, y0)),
    sub1(z1, add1(x1, y1)),
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
