/** Constants as they lie in a program, bound by weights without being made into field elements first. */
import { elements, type Shape, type Tensor, type Values } from '@surety/programs';
import { type Ext, fromInteger } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { varsOf } from './axes.ts';
import { eachRun, eqVector, inner, part, plane, zeros } from './vectors.ts';

/** Bytes of a constant that lie in the proof memory at once. */
export const STRIP_BYTES = 2 ** 22;
/** Bytes behind the last row that a kernel may read. */
const SLACK_BYTES = 16;

const addRows = (memory: ProofMemory, out: ExtVector, values: Values, n: number, table: ExtVector): void => {
  const mark = memory.mark();
  const { kernels } = memory;
  if (values instanceof Int8Array) {
    const strip = Math.max(8, Math.floor(STRIP_BYTES / n / 8) * 8);
    const scratch = memory.take(512 + 32 * (n + 8));
    const room = memory.take(Math.min(strip, table.length) * n + SLACK_BYTES);
    for (let row = 0; row < table.length; row += strip) {
      const rows = Math.min(strip, table.length - row);
      memory.bytes(room, rows * n).set(new Uint8Array(values.buffer, values.byteOffset + row * n, rows * n));
      const { address, stride } = part(table, row, rows);
      kernels.foldBytes(out.address, out.stride, room, rows, n, address, stride, scratch);
    }
  } else {
    const width = Math.ceil(n / 4) * 4;
    const strip = Math.max(4, Math.floor(STRIP_BYTES / (4 * width) / 4) * 4);
    const room = memory.base(Math.min(strip, table.length) * width);
    const sums = memory.ext(width);
    for (let row = 0; row < table.length; row += strip) {
      const rows = Math.min(strip, table.length - row);
      const words = memory.words(room).fill(0);
      for (let m = 0; m < rows; m++) {
        for (let i = 0; i < n; i++) words[m * width + i] = fromInteger(values[(row + m) * n + i]!);
      }
      const { address, stride } = part(table, row, rows);
      kernels.contractBase(sums.address, sums.stride, room.address, 1, rows, rows, width, address, stride);
      kernels.addExt(out.address, out.stride, sums.address, sums.stride, n);
    }
  }
  memory.release(mark);
};

/**
 * `out[i] = Σ_m table[m]·values[m, i]` for i < n: rows of n values, as many as the table has elements.
 * @param out at least n elements; what is behind n becomes 0
 */
export const foldRows = (memory: ProofMemory, values: Values, n: number, table: ExtVector, out: ExtVector): void => {
  for (let c = 0; c < 4; c++) plane(memory, out, c).fill(0);
  addRows(memory, out, values, n, table);
};

/** `eq(point, i)` of the indices i that a padded tensor has, in its row-major order. */
const eqTrue = (memory: ProofMemory, shape: Shape, point: readonly Ext[], length = elements(shape)): ExtVector => {
  const out = zeros(memory, length);
  const mark = memory.mark();
  const table = eqVector(memory, point);
  for (let c = 0; c < 4; c++) {
    const [to, from] = [plane(memory, out, c), plane(memory, table, c)];
    eachRun(shape, (dense, padded, length) => to.set(from.subarray(padded, padded + length), dense));
  }
  memory.release(mark);
  return out;
};

/** Columns from which folding rows is fast. */
const WIDE = 16;

/** The extension of a tensor at a point: what a verifier computes of public constants. */
export const evaluateTensor = (memory: ProofMemory, { shape, values }: Tensor, point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  let axis = shape.length;
  while (axis > 0 && elements(shape.slice(axis)) < WIDE) axis--;
  const [high, low] = [shape.slice(0, axis), shape.slice(axis)];
  const n = elements(low);
  const lowVars = varsOf(low);
  const rows = eqTrue(memory, high, point.slice(lowVars));
  const length = 2 ** bitsOf(n);
  const folded = memory.ext(length);
  foldRows(memory, values, n, rows, folded);
  const columns = eqTrue(memory, low, point.slice(0, lowVars), length);
  const value = inner(memory, folded, columns);
  memory.release(mark);
  return value;
};
