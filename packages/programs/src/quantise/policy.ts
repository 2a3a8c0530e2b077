/** How many bits which numbers get. */

export type Policy = {
  readonly name: string;
  /** Bits of what is multiplied by weights, at most; sums of many terms may force fewer. */
  readonly matmulBits: number;
  /** Bits of weights, at most. */
  readonly weightBits: number;
  /** Bits of values that are added, multiplied by each other, or given out. */
  readonly elementwiseBits: number;
  /** Bits of the index of a table. */
  readonly tableBits: number;
  /** Whether scales are powers of two, so that halves, quarters and whole numbers stay exact. */
  readonly dyadic: boolean;
  /** Whether tensors of 8 bits are clipped where that makes the mean squared error smaller. */
  readonly clips: boolean;
  /** Largest error of a real output that an import accepts, as a share of the largest number in that output. */
  readonly errorBound: number;
  /** Largest error of an exact output that an import accepts: ONNX rounds halves to even where programs round them up. */
  readonly exactErrorBound: number;
};

/** The default: int8 matrix products, int16 between them, tables of 4,096 entries. */
export const INT8: Policy = {
  name: 'int8',
  matmulBits: 8,
  weightBits: 8,
  elementwiseBits: 16,
  tableBits: 12,
  dyadic: false,
  clips: true,
  errorBound: 2 ** -2,
  exactErrorBound: Number.POSITIVE_INFINITY,
};

/** For small models and exact comparisons: as many bits as the accumulator allows. */
export const INT16: Policy = {
  name: 'int16',
  matmulBits: 16,
  weightBits: 16,
  elementwiseBits: 16,
  tableBits: 16,
  dyadic: true,
  clips: false,
  errorBound: 2 ** -7,
  exactErrorBound: 1,
};

/** Largest integer of so many bits, its negative included: 127, 32,767. */
export const largest = (bits: number): number => 2 ** (bits - 1) - 1;
