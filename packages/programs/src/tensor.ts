/** Tensors of small integers (spec 12.1): the only data a program knows. */

export type Dtype = 'i8' | 'i16' | 'i32';

/** Dimensions, outermost first; each at least 1. Rank 0 is a single value. */
export type Shape = readonly number[];

export type TensorType = { readonly dtype: Dtype; readonly shape: Shape };

/** Values in row-major order; the array's class is that of the dtype. */
export type Values = Int8Array<ArrayBufferLike> | Int16Array<ArrayBufferLike> | Int32Array<ArrayBufferLike>;

export type Tensor = TensorType & { readonly values: Values };

/** Largest absolute value of an `i32`: what a 31-bit proof field can hold. */
export const I32_MAX = 2 ** 30 - 1;

export const MAX_RANK = 8;

/** Most elements of one tensor. */
export const MAX_ELEMENTS = 2 ** 28;

export const DTYPE_CODE: Readonly<Record<Dtype, number>> = { i8: 1, i16: 2, i32: 3 };

export const DTYPE_BYTES: Readonly<Record<Dtype, number>> = { i8: 1, i16: 2, i32: 4 };

/** Smallest and largest value of each dtype. */
export const DTYPE_RANGE: Readonly<Record<Dtype, Interval>> = {
  i8: { low: -128, high: 127 },
  i16: { low: -32_768, high: 32_767 },
  i32: { low: -I32_MAX, high: I32_MAX },
};

/** All integers from `low` to `high`, both included. */
export type Interval = { readonly low: number; readonly high: number };

/** Largest absolute value in an interval. */
export const magnitude = (range: Interval): number => Math.max(Math.abs(range.low), Math.abs(range.high));

export const elements = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** An array of zeros of a dtype. */
export const allocate = (dtype: Dtype, length: number): Values =>
  dtype === 'i8' ? new Int8Array(length) : dtype === 'i16' ? new Int16Array(length) : new Int32Array(length);

export const tensor = (dtype: Dtype, shape: Shape, values: ArrayLike<number>): Tensor => {
  const array = allocate(dtype, elements(shape));
  array.set(values);
  return { dtype, shape, values: array };
};

/** How far apart neighbours along each axis stand in row-major order. */
export const stridesOf = (shape: Shape): readonly number[] => {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
};

/** Smallest and largest of some values; of none, `0 .. 0`. */
export const extent = (values: Values): Interval => {
  let low = values[0] ?? 0;
  let high = low;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
};
