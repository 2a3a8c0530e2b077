/**
 * Rows of weights as integers whose scale is folded in: `Σ w·x` over integers, shifted right by the row's own power of
 * two, is the result in its own unit. No multiplier of 31 bits is needed after the sum.
 */
import { halfOf } from '../bounds.ts';
import { roundHalfEven } from '../encoding.ts';
import { LIMITS } from '../program.ts';
import { type Dtype, I32_MAX, type Interval, type Values } from '../tensor.ts';
import { largest } from './policy.ts';

export type RealRows = {
  /** Rows of `length` weights, one an output channel. */
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly length: number;
  readonly bias: Float32Array | Float64Array | null;
};

export type QuantisedRows = {
  readonly dtype: Dtype;
  /** The integers of the real weights; holds on to no copy of either. */
  readonly integersOf: (values: ArrayLike<number>) => Values;
  readonly range: Interval;
  readonly bias: Int32Array | null;
  /** One a row, 0 .. 30. */
  readonly shifts: Int8Array;
};

/** Largest absolute value and sum of absolute values of each row. */
export type RowStatistics = { readonly most: Float64Array; readonly sums: Float64Array };

export const rowStatistics = (values: ArrayLike<number>, rows: number, length: number): RowStatistics => {
  const most = new Float64Array(rows);
  const sums = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let k = row * length; k < (row + 1) * length; k++) {
      const size = Math.abs(values[k]!);
      sums[row]! += size;
      if (size > most[row]!) most[row] = size;
    }
  }
  return { most, sums };
};

/** The smallest unit of the result for which every weight fits at shift 0. */
export const coarsestNeeded = (most: Float64Array, inputUnit: number, bits: number): number =>
  (most.reduce((a, b) => Math.max(a, b), 0) * inputUnit) / largest(bits);

type Options = {
  /** What one unit of x stands for. */
  readonly inputUnit: number;
  /** What one unit of the result stands for. */
  readonly resultUnit: number;
  /** Largest absolute value of x. */
  readonly magnitude: number;
  /** Bits of a weight. */
  readonly bits: number;
};

/** The largest shift of each row for which it fits, and the bias at that shift; `null` when a row fits at none. */
const shiftsOf = (
  { values, rows, length, bias: reals }: RealRows,
  { most, sums }: RowStatistics,
  { inputUnit, resultUnit, magnitude, bits }: Options,
): { readonly shifts: Int8Array; readonly bias: Int32Array | null } | null => {
  const limit = largest(bits);
  const shifts = new Int8Array(rows);
  const bias = reals === null ? null : new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const offset = (reals?.[row] ?? 0) / resultUnit;
    // Weights of one row are at most `most`; half a unit each is what rounding may add to their sum.
    const fits = (shift: number): boolean => {
      const factor = (inputUnit / resultUnit) * 2 ** shift;
      if (most[row]! * factor > limit + 0.5) return false;
      const terms = (sums[row]! * factor + length / 2) * magnitude + Math.abs(offset) * 2 ** shift + 1;
      return terms <= I32_MAX - halfOf(shift) || exactTerms(values, row, length, factor, magnitude, offset, shift);
    };
    let shift: number = LIMITS.shift;
    while (shift > 0 && !fits(shift)) shift--;
    if (!fits(shift)) return null;
    shifts[row] = shift;
    if (bias !== null) bias[row] = roundHalfEven(offset * 2 ** shift);
  }
  return { shifts, bias };
};

/** How to make integer rows, with their shifts and bias, or `null` when a row leaves the accumulator at any shift. */
export const quantiseRows = (weights: RealRows, statistics: RowStatistics, options: Options): QuantisedRows | null => {
  const { rows, length } = weights;
  const { inputUnit, resultUnit, bits } = options;
  const limit = largest(bits);
  const found = shiftsOf(weights, statistics, options);
  if (found === null) return null;
  const { shifts, bias } = found;
  const integersOf = (reals: ArrayLike<number>): Values => {
    const integers = bits <= 8 ? new Int8Array(rows * length) : new Int16Array(rows * length);
    for (let row = 0; row < rows; row++) {
      const factor = (inputUnit / resultUnit) * 2 ** shifts[row]!;
      for (let k = row * length; k < (row + 1) * length; k++) {
        integers[k] = Math.min(Math.max(roundHalfEven(reals[k]! * factor), -limit), limit);
      }
    }
    return integers;
  };
  return { dtype: bits <= 8 ? 'i8' : 'i16', integersOf, range: { low: -limit, high: limit }, bias, shifts };
};

/** The bound with the weights as they will be rounded; slower, and only asked where the estimate says no. */
const exactTerms = (
  values: ArrayLike<number>,
  row: number,
  length: number,
  factor: number,
  magnitude: number,
  offset: number,
  shift: number,
): boolean => {
  let sum = 0;
  for (let k = row * length; k < (row + 1) * length; k++) sum += Math.abs(roundHalfEven(values[k]! * factor));
  return sum * magnitude + Math.abs(roundHalfEven(offset * 2 ** shift)) <= I32_MAX - halfOf(shift);
};
