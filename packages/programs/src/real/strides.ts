/** Walks over strided tensors: what broadcasting, transposing and slicing have in common. */
import { elements, type Shape, stridesOf } from '../tensor.ts';

/** How far apart neighbours along each axis of `out` stand in an operand that is broadcast to it. */
export const broadcastStrides = (shape: Shape, out: Shape): number[] => {
  const own = stridesOf(shape);
  const skipped = out.length - shape.length;
  return out.map((_, axis) => (axis < skipped || shape[axis - skipped] === 1 ? 0 : own[axis - skipped]!));
};

/**
 * Visits the runs along the last axis of `shape` in row-major order.
 * @param strides of each operand along each axis
 * @param first where each operand's first element lies
 * @param visit gets where the run starts in the result and, in an array that is reused, in each operand
 */
export const eachRun = (
  shape: Shape,
  strides: readonly (readonly number[])[],
  first: readonly number[],
  visit: (out: number, at: readonly number[]) => void,
): void => {
  const outer = shape.slice(0, -1);
  const length = shape.at(-1) ?? 1;
  const runs = elements(outer);
  const index = new Array<number>(outer.length).fill(0);
  const at = [...first];
  for (let run = 0; run < runs; run++) {
    visit(run * length, at);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      const back = index[axis] === outer[axis] ? outer[axis]! - 1 : -1;
      for (let k = 0; k < at.length; k++) at[k]! += back < 0 ? strides[k]![axis]! : -back * strides[k]![axis]!;
      if (back < 0) break;
      index[axis] = 0;
    }
  }
};
