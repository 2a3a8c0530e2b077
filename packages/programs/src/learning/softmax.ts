/** Probabilities of rows of logits, in integers: tables of exp and 1/x, exact everywhere because tables are constants. */
import type { ValueId } from '../program.ts';
import type { StepBuilder } from '../step-builder.ts';
import type { Formats } from './formats.ts';

/** exp(−11) is a quarter of a unit of 14 bits. */
const REACH = 11;

/**
 * `[batch, classes]` logits to probabilities of `bits` fraction bits, 0 .. 2^bits. Off by less than a thousandth where powers have
 * 14 bits; a row's sum
 * is near 2^bits, not equal to it.
 */
export const softmax = (
  b: StepBuilder,
  logits: ValueId,
  bits: number,
  { logitBits, powerBits, inverses }: Pick<Formats, 'logitBits' | 'powerBits' | 'inverses'>,
): ValueId => {
  const [rows, classes] = b.shape(logits) as [number, number];
  const column = (x: ValueId): ValueId => b.moved({ op: 'reshape', x, shape: [rows, 1] }, b.dtype(x));
  const most = column(b.moved({ op: 'reduce_max', x: logits }, b.dtype(logits)));
  const below = b.staged({ op: 'affine', x: [logits, most], c: [1, -1], d: 0 }, 'i16', 0, {
    low: -REACH * 2 ** logitBits,
    high: 0,
  });
  const powers = b.tabled(below, 'i16', (x) => Math.round(Math.exp(x / 2 ** logitBits) * 2 ** powerBits));
  // The largest exponential is 1, so the sum is 1 .. classes: with so many bits, a table's length.
  const sumBits = Math.min(powerBits, Math.floor(Math.log2(inverses / classes)));
  const range = { low: 2 ** sumBits, high: classes * 2 ** sumBits };
  const sums = column(b.staged({ op: 'reduce_sum', x: powers }, 'i32', powerBits - sumBits, range));
  const inverse = b.tabled(sums, 'i16', (x) => Math.round(2 ** (sumBits + powerBits) / x));
  return b.staged({ op: 'mul', a: powers, b: inverse }, 'i16', 2 * powerBits - bits, { low: 0, high: 2 ** bits });
};
