/**
 * What the circle FFT multiplies by. The circle x² + y² = 1 over M31 is a cyclic group of 2^31 points; a point is told by its
 * logarithm, the multiple of the generator that it is, as by an angle: half a turn is 2^30.
 *
 * The domain of a code of 2^logLength values is the coset of all points of order 2^(logLength + 1). Value i is that at point i:
 * the highest bit of i says at which half of the tree of circle.ts it is, and so on; the lowest is the sign of y. No doubling
 * before the last one makes x zero, so the vanishing polynomials π(…π(x)) of smaller powers of two are nowhere zero on it.
 */
import { add, mul, sub } from './m31';

const GENERATOR_X: u32 = 2;
const GENERATOR_Y: u32 = 1268011823;

/** Writes 3/4 · 2^logLength words: see {@link encode}. */
export function makeTwiddles(out: usize, logLength: i32): void {
  const quarter: usize = (<usize>1) << (logLength - 2);
  // x and y of the step between the logarithms of the last level, which are its odd multiples below a quarter turn.
  let x = GENERATOR_X, y = GENERATOR_Y;
  for (let i = logLength; i < 30; i++) {
    const doubled = sub(mul(x, x), mul(y, y));
    y = mul(add(x, x), y);
    x = doubled;
  }
  const moveX = sub(mul(x, x), mul(y, y)), moveY = mul(add(x, x), y);
  for (let multiple: usize = 1; multiple < 2 * quarter; multiple += 2) {
    const at = out + (quarter + indexOf(multiple, quarter) << 2);
    store<u32>(at, x);
    store<u32>(at + (quarter << 2), y);
    const next = sub(mul(x, moveX), mul(y, moveY));
    y = add(mul(x, moveY), mul(y, moveX));
    x = next;
  }
  for (let h = quarter - 1; h >= 1; h--) {
    const half = load<u32>(out + (h << 3));
    const square = mul(half, half);
    store<u32>(out + (h << 2), sub(add(square, square), 1));
  }
}

/**
 * Which node of the last level has that multiple of the step. The node above has twice the angle, if that is below a quarter
 * turn (2 · quarter steps), and this is its first half; or twice the angle's supplement, and this is its second.
 */
// @ts-ignore: decorator
@inline
function indexOf(multiple: usize, quarter: usize): usize {
  let index: usize = 0;
  for (let bit: usize = 1; bit < quarter; bit <<= 1) {
    multiple <<= 1;
    if (multiple < 2 * quarter) continue;
    multiple = 4 * quarter - multiple;
    index |= bit;
  }
  return index;
}
