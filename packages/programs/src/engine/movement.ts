/** Operations that move values: `transpose`, `slice`, `concat` and `gather`. */
import type { IntegerForm } from '../program.ts';
import { DTYPE_BYTES, elements, stridesOf } from '../tensor.ts';
import { CODE, code, collapse, type Loops, type Operation, type Place } from './operation.ts';

/** The kernel writes runs of neighbours: where the innermost axis is none, runs have one element. */
const contiguous = (bytes: number, { dims, steps }: Loops): Loops =>
  steps[1]!.at(-1) === bytes
    ? { dims, steps }
    : {
        dims: [...dims, 1],
        steps: [
          [...steps[0]!, bytes],
          [...steps[1]!, bytes],
        ],
      };

const copy = (
  bytes: number,
  x: Place,
  offset: number,
  out: Place,
  outOffset: number,
  loops: Loops,
  samples: number,
): Operation => {
  const { dims, steps } = contiguous(bytes, collapse(loops));
  const runs = elements(dims.slice(0, -1));
  return {
    code: CODE.copy,
    units: runs,
    samples,
    cycles: runs * 20 + elements(dims),
    words: [
      bytes,
      x.address + offset,
      x.stride,
      out.address + outOffset,
      out.stride,
      dims.length - 1,
      dims.at(-1)!,
      steps[0]!.at(-1)!,
      ...dims.slice(0, -1),
      ...steps[0]!.slice(0, -1),
      ...steps[1]!.slice(0, -1),
    ],
  };
};

type Moves = Extract<IntegerForm, { readonly op: 'transpose' | 'slice' }>;

export const rearrange = (form: Moves, x: Place, out: Place, samples: number): Operation => {
  const bytes = DTYPE_BYTES[x.dtype];
  const own = stridesOf(x.shape).map((step) => step * bytes);
  const to = stridesOf(out.shape).map((step) => step * bytes);
  if (form.op === 'transpose') {
    return copy(bytes, x, 0, out, 0, { dims: out.shape, steps: [form.perm.map((axis) => own[axis]!), to] }, samples);
  }
  const offset = form.starts.reduce((sum, start, axis) => sum + start * own[axis]!, 0);
  const steps = own.map((step, axis) => step * form.steps[axis]!);
  return copy(bytes, x, offset, out, 0, { dims: out.shape, steps: [steps, to] }, samples);
};

export const concat = (axis: number, operands: readonly Place[], out: Place, samples: number): Operation[] => {
  const bytes = DTYPE_BYTES[out.dtype];
  const width = elements(out.shape.slice(axis)) * bytes;
  const outer = elements(out.shape.slice(0, axis));
  let before = 0;
  return operands.map((x) => {
    const run = elements(x.shape.slice(axis)) * bytes;
    const loops = {
      dims: [outer, run],
      steps: [
        [run, 1],
        [width, 1],
      ],
    };
    const operation = copy(1, x, 0, out, before, loops, samples);
    before += run;
    return operation;
  });
};

export const gather = (data: Place, index: Place, out: Place, samples: number): Operation => {
  const rowBytes = (elements(data.shape) / data.shape[0]!) * DTYPE_BYTES[data.dtype];
  const count = elements(index.shape);
  return {
    code: CODE.gather,
    units: count,
    samples,
    cycles: count * (20 + rowBytes / 8),
    words: [
      code(index.dtype),
      index.address,
      index.stride,
      data.address,
      data.stride,
      out.address,
      out.stride,
      rowBytes,
    ],
  };
};
