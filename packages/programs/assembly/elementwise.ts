/** `affine` and `mul` with broadcasting: outer axes one by one, the innermost in blocks. */
import { BLOCK, bytesOf, operand, word } from './layout';
import { addOne, addRun, fill, loadOne, mulOne, mulRun } from './runs';
import { stageRun } from './stage';

const KIND = 4, COUNT = 5, OUT = 6, DTYPE = 8, SHIFT = 9, LOW = 10, HIGH = 11, D = 12, RANK = 13, N = 14, DIMS = 15;
const MUL = 1;

/**
 * Words: kind, operands, out + stride, dtype, shift, low, high, d, outer rank, inner length, outer dims; then of each
 * operand: address + stride, dtype, c, inner step (0 or 1), outer steps in bytes.
 * A unit is a block of a run along the innermost axis.
 */
export function elementwise(op: usize, sample: i32, from: i32, to: i32, acc: usize): void {
  const rank = word(op, RANK);
  const n = word(op, N);
  const blocks = (n + BLOCK - 1) / BLOCK;
  const dtype = word(op, DTYPE);
  const out = operand(op, OUT, sample);
  const first = op + ((<usize>(DIMS + rank)) << 2);
  const size = (<usize>(5 + rank)) << 2;
  for (let unit = from; unit < to; unit++) {
    const run = unit / blocks;
    const start = (unit - run * blocks) * BLOCK;
    const length = min(BLOCK, n - start);
    fill(acc, length, word(op, D));
    let given = first;
    for (let i = 0; i < word(op, COUNT); i++) {
      let x = operand(given, 0, sample);
      const type = word(given, 2);
      let rest = run;
      for (let axis = rank - 1; axis >= 0; axis--) {
        const dim = word(op, DIMS + axis);
        const next = rest / dim;
        x += <usize>((rest - next * dim) * word(given, 5 + axis));
        rest = next;
      }
      const c = word(given, 3);
      if (word(given, 4) == 1) {
        x += <usize>(start * bytesOf(type));
        if (word(op, KIND) == MUL && i > 0) mulRun(acc, x, type, length);
        else addRun(acc, x, type, length, c);
      } else {
        const value = loadOne(x, type);
        if (word(op, KIND) == MUL && i > 0) mulOne(acc, length, value);
        else addOne(acc, length, c * value);
      }
      given += size;
    }
    stageRun(
      acc, out + <usize>((run * n + start) * bytesOf(dtype)), dtype, length,
      word(op, SHIFT), word(op, LOW), word(op, HIGH),
    );
  }
}
