/** One operation for the kernels: what a node becomes. Word layouts are those that `packages/programs/assembly` documents. */
import { DTYPE_BYTES, DTYPE_CODE, type Dtype, elements, type Shape, stridesOf, type TensorType } from '../tensor.ts';

export const CODE = {
  gemm: 0,
  depthwise: 1,
  pool: 2,
  elementwise: 3,
  reduce: 4,
  lookup: 5,
  gather: 6,
  copy: 7,
  hashChunks: 8,
  foldTrees: 9,
  hashTensors: 10,
} as const;

/** Where a value lies: its first sample, and how far it is to the next (0 for constants, which all samples share). */
export type Place = TensorType & { readonly address: number; readonly stride: number };

export type Operation = {
  readonly code: (typeof CODE)[keyof typeof CODE];
  /** Pieces that threads may take apart. */
  readonly units: number;
  readonly samples: number;
  /** Rough processor cycles, to tell what is worth waking threads for. */
  readonly cycles: number;
  readonly words: readonly number[];
};

export const code = (dtype: Dtype): number => DTYPE_CODE[dtype];

export const bytesOf = ({ dtype, shape }: TensorType): number => DTYPE_BYTES[dtype] * elements(shape);

/** Axes of nested loops: lengths, and for each of some arrays its step along each axis, in bytes. */
export type Loops = { readonly dims: readonly number[]; readonly steps: readonly (readonly number[])[] };

/** The same loops with as few axes as possible: those of length 1 dropped, those that run on merged. */
export const collapse = ({ dims, steps }: Loops): Loops => {
  const outDims: number[] = [];
  const outSteps: number[][] = steps.map(() => []);
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    const size = dims[axis]!;
    if (size === 1) continue;
    const inner = outDims[0];
    const runsOn = inner !== undefined && steps.every((step, i) => step[axis] === outSteps[i]![0]! * inner);
    if (runsOn) outDims[0] = inner * size;
    else {
      outDims.unshift(size);
      for (const [i, step] of steps.entries()) outSteps[i]!.unshift(step[axis]!);
    }
  }
  return { dims: outDims, steps: outSteps };
};

/** Steps in bytes of an operand that is broadcast to `shape`. */
export const broadcastSteps = (operand: TensorType, shape: Shape): readonly number[] => {
  const own = stridesOf(operand.shape);
  const skipped = shape.length - operand.shape.length;
  return shape.map((_, axis) => {
    const size = operand.shape[axis - skipped] ?? 1;
    return size === 1 ? 0 : own[axis - skipped]! * DTYPE_BYTES[operand.dtype];
  });
};
