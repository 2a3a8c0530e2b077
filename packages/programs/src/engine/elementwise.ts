/** Operations of `affine`, `mul`, `lookup` and the reductions. */
import type { Stage } from '../program.ts';
import { DTYPE_BYTES, DTYPE_RANGE, elements, stridesOf } from '../tensor.ts';
import { broadcastSteps, CODE, code, collapse, type Operation, type Place } from './operation.ts';

/** Elements of the innermost axis that a unit covers; the kernels' constant. */
const BLOCK = 1024;

/** Shift, low and high of a stage that has one shift. */
export const stageWords = ({ shift, low, high }: Stage): readonly number[] => [shift as number, low, high];

/** Sum of `c[i] · x[i]` plus d, or the product of two. */
export const elementwise = (
  form: { readonly op: 'affine'; readonly c: readonly number[]; readonly d: number } | { readonly op: 'mul' },
  stage: Stage,
  operands: readonly Place[],
  out: Place,
  samples: number,
): Operation => {
  const outBytes = DTYPE_BYTES[out.dtype];
  const own = stridesOf(out.shape).map((step) => step * outBytes);
  const { dims, steps } = collapse({
    dims: out.shape,
    steps: [own, ...operands.map((operand) => broadcastSteps(operand, out.shape))],
  });
  const n = dims.at(-1) ?? 1;
  const outer = dims.slice(0, -1);
  const given = operands.flatMap((operand, i) => {
    const c = form.op === 'affine' ? form.c[i]! : 1;
    const step = steps[i + 1]!;
    return [
      operand.address,
      operand.stride,
      code(operand.dtype),
      c,
      (step.at(-1) ?? 0) === 0 ? 0 : 1,
      ...step.slice(0, -1),
    ];
  });
  const blocks = elements(outer) * Math.ceil(n / BLOCK);
  return {
    code: CODE.elementwise,
    units: blocks,
    samples,
    cycles: elements(out.shape) * (1 + operands.length) + blocks * 40,
    words: [
      form.op === 'affine' ? 0 : 1,
      operands.length,
      out.address,
      out.stride,
      code(out.dtype),
      ...stageWords(stage),
      form.op === 'affine' ? form.d : 0,
      outer.length,
      n,
      ...outer,
      ...given,
    ],
  };
};

export const lookup = (x: Place, table: Place, first: number, out: Place, samples: number): Operation => {
  const n = elements(x.shape);
  const block = 4096;
  return {
    code: CODE.lookup,
    units: Math.ceil(n / block),
    samples,
    cycles: n * 2,
    words: [
      code(x.dtype),
      x.address,
      x.stride,
      table.address,
      DTYPE_BYTES[table.dtype],
      first,
      out.address,
      out.stride,
      n,
      block,
    ],
  };
};

const REDUCTION = { reduce_sum: 0, reduce_max: 1, argmax: 2 } as const;

export const reduce = (
  op: keyof typeof REDUCTION,
  stage: Stage | null,
  x: Place,
  out: Place,
  samples: number,
): Operation => ({
  code: CODE.reduce,
  units: elements(out.shape),
  samples,
  cycles: elements(x.shape) + elements(out.shape) * 20,
  words: [
    REDUCTION[op],
    code(x.dtype),
    x.address,
    x.stride,
    x.shape.at(-1)!,
    out.address,
    out.stride,
    code(out.dtype),
    ...stageWords(stage ?? { shift: 0, ...DTYPE_RANGE[out.dtype] }),
  ],
});
