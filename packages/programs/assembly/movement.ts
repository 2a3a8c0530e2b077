/** Operators that move values: strided copies (`transpose`, `slice`, `concat`), `gather` and `lookup`. */
import { bytesOf, I8, I16, operand, word } from './layout';
import { loadOne } from './runs';

function strided<T>(to: usize, from: usize, n: i32, step: i32): void {
  for (let i = 0; i < n; i++) {
    store<T>(to, load<T>(from));
    to += sizeof<T>();
    from += <usize>step;
  }
}

const C_BYTES = 4, C_IN = 5, C_OUT = 7, C_RANK = 9, C_N = 10, C_STEP = 11, C_DIMS = 12;

/**
 * Words: element bytes, in + stride, out + stride, outer rank, inner length, inner step of `in` in bytes, then outer dims,
 * steps of `in` and steps of `out` in bytes. The innermost axis of `out` is contiguous. A unit is a run along it.
 */
export function copy(op: usize, sample: i32, from: i32, to: i32): void {
  const rank = word(op, C_RANK);
  const n = word(op, C_N);
  const step = word(op, C_STEP);
  const bytes = word(op, C_BYTES);
  const source = operand(op, C_IN, sample);
  const target = operand(op, C_OUT, sample);
  for (let unit = from; unit < to; unit++) {
    let x = source;
    let y = target;
    let rest = unit;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const dim = word(op, C_DIMS + axis);
      const next = rest / dim;
      const index = rest - next * dim;
      x += <usize>(index * word(op, C_DIMS + rank + axis));
      y += <usize>(index * word(op, C_DIMS + 2 * rank + axis));
      rest = next;
    }
    if (step == bytes && n * bytes > 32) memory.copy(y, x, <usize>(n * bytes));
    else if (bytes == 1) strided<u8>(y, x, n, step);
    else if (bytes == 2) strided<u16>(y, x, n, step);
    else strided<u32>(y, x, n, step);
  }
}

const G_TYPE = 4, G_INDEX = 5, G_DATA = 7, G_OUT = 9, G_BYTES = 11;

/** Words: index dtype, index + stride, data + stride, out + stride, bytes of a row. A unit is an index. */
export function gather(op: usize, sample: i32, from: i32, to: i32): void {
  const type = word(op, G_TYPE);
  const bytes = word(op, G_BYTES);
  const index = operand(op, G_INDEX, sample);
  const data = operand(op, G_DATA, sample);
  const out = operand(op, G_OUT, sample);
  for (let i = from; i < to; i++) {
    const row = loadOne(index + <usize>(i * bytesOf(type)), type);
    memory.copy(out + <usize>i * <usize>bytes, data + <usize>row * <usize>bytes, <usize>bytes);
  }
}

function lookupOf<X, T>(x: usize, out: usize, n: i32, origin: usize): void {
  for (let i = 0; i < n; i++) {
    store<T>(out, load<T>(origin + (<usize>(<i32>load<X>(x)) * sizeof<T>())));
    x += sizeof<X>();
    out += sizeof<T>();
  }
}

function lookupFrom<X>(x: usize, out: usize, n: i32, origin: usize, bytes: i32): void {
  if (bytes == 1) lookupOf<X, u8>(x, out, n, origin);
  else if (bytes == 2) lookupOf<X, u16>(x, out, n, origin);
  else lookupOf<X, u32>(x, out, n, origin);
}

const L_TYPE = 4, L_X = 5, L_TABLE = 7, L_BYTES = 8, L_FIRST = 9, L_OUT = 10, L_N = 12, L_BLOCK = 13;

/** Words: x dtype, x + stride, table, element bytes, first, out + stride, n, elements of a unit. */
export function lookup(op: usize, sample: i32, from: i32, to: i32): void {
  const type = word(op, L_TYPE);
  const bytes = word(op, L_BYTES);
  const start = from * word(op, L_BLOCK);
  const n = min(word(op, L_N), to * word(op, L_BLOCK)) - start;
  const x = operand(op, L_X, sample) + <usize>(start * bytesOf(type));
  const out = operand(op, L_OUT, sample) + <usize>(start * bytes);
  const origin = <usize>word(op, L_TABLE) - <usize>(word(op, L_FIRST) * bytes);
  if (type == I8) lookupFrom<i8>(x, out, n, origin, bytes);
  else if (type == I16) lookupFrom<i16>(x, out, n, origin, bytes);
  else lookupFrom<i32>(x, out, n, origin, bytes);
}
