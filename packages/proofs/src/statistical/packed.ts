/** Exact sums in as few bytes as the bounds of their node allow (spec 19.4). */
import { type CheckedProgram, extent, halfOf } from '@surety/programs';

/** Bytes of a packed sum. */
export type Width = 1 | 2 | 3 | 4;

/**
 * Fewest bytes that hold every sum that the bounds of a node leave: what its shift, the largest of its channels', makes of them
 * lies in `unclamped`.
 */
export const widthOf = (program: CheckedProgram, node: number): Width => {
  const { shift } = program.nodes[node]!.stage!;
  const { low, high } = program.unclamped[program.inputs.length + program.constants.length + node]!;
  const most =
    typeof shift === 'number' ? shift : extent(program.constants[shift.constant - program.inputs.length]!.read()).high;
  const least = low * 2 ** most - halfOf(most);
  const largest = (high + 1) * 2 ** most - 1 - halfOf(most);
  const holds = (bytes: Width): boolean => least >= -(2 ** (8 * bytes - 1)) && largest < 2 ** (8 * bytes - 1);
  return ([1, 2, 3] as const).find(holds) ?? 4;
};

/** Each of some sums in so many bytes, lowest first; those have to hold it. */
export const packed = (sums: ArrayLike<number>, width: Width): Uint8Array => {
  const bytes = new Uint8Array(sums.length * width);
  for (let i = 0, at = 0; i < sums.length; i++) {
    for (let b = 0; b < width; b++) bytes[at++] = sums[i]! >> (8 * b);
  }
  return bytes;
};

export const unpacked = (bytes: Uint8Array, width: Width): Int32Array => {
  const sums = new Int32Array(bytes.length / width);
  const unused = 8 * (4 - width);
  for (let i = 0, at = 0; i < sums.length; i++) {
    let sum = 0;
    for (let b = 0; b < width; b++) sum |= bytes[at++]! << (8 * b);
    sums[i] = (sum << unused) >> unused;
  }
  return sums;
};
