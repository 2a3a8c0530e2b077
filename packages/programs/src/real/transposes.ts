/**
 * Transposes sink: through elementwise forms, concatenation and slices towards the outputs, until they meet another and
 * cancel. Convolutions work on channels-last images and ONNX on channels-first ones, so a network would otherwise
 * transpose around each of them.
 */
import type { ValueId } from '../program.ts';
import { elements, type Shape } from '../tensor.ts';
import type { RealBuilder } from './build.ts';
import type { Numeric, RealForm } from './graph.ts';

type Perm = readonly number[];

const inverse = (perm: Perm): number[] => {
  const back = new Array<number>(perm.length);
  perm.forEach((axis, i) => {
    back[axis] = i;
  });
  return back;
};

const isIdentity = (perm: Perm): boolean => perm.every((axis, i) => axis === i);

const transposed = (builder: RealBuilder, id: ValueId): { readonly x: ValueId; readonly perm: Perm } | null => {
  const value = builder.values[id]!;
  return value.kind === 'node' && value.form.op === 'transpose' ? value.form : null;
};

/** Equal perms of transposed operands of full rank, or `null`: what all operands could be freed from. */
const commonPerm = (builder: RealBuilder, operands: readonly ValueId[], rank: number): Perm | null => {
  let common: Perm | null = null;
  for (const id of operands) {
    const found = transposed(builder, id);
    if (found === null) {
      if (!builder.isConstant(id) && elements(builder.shapeOf(id)) > 1) return null;
    } else if (found.perm.length !== rank || (common !== null && String(common) !== String(found.perm))) return null;
    else common = found.perm;
  }
  return common;
};

/** What an operand is before the transpose: its source, or a constant turned back, which folds. */
const freed = (builder: RealBuilder, id: ValueId, perm: Perm): ValueId => {
  const found = transposed(builder, id);
  if (found !== null) return found.x;
  const { shape, numeric, origin } = builder.values[id]!;
  if (elements(shape) === 1 && shape.length <= perm.length) return id;
  const full: Shape = [...new Array<number>(perm.length - shape.length).fill(1), ...shape];
  const x = builder.node({ op: 'reshape', x: id, shape: full }, numeric, origin);
  return builder.node({ op: 'transpose', x, perm: inverse(perm) }, numeric, origin);
};

/**
 * The value of a form built with its transposes behind it instead of before it, or `null` where there is nothing to gain.
 * Also drops forms that change nothing.
 */
export const sink = (builder: RealBuilder, form: RealForm, numeric: Numeric, origin: string): ValueId | null => {
  const node = (inner: RealForm): ValueId => builder.node(inner, numeric, origin);
  const behind = (perm: Perm, inner: RealForm): ValueId => node({ op: 'transpose', x: node(inner), perm });
  switch (form.op) {
    case 'unary': {
      const found = transposed(builder, form.x);
      return found && behind(found.perm, { ...form, x: found.x });
    }
    case 'affine':
    case 'mul':
    case 'concat': {
      const operands = form.op === 'mul' ? [form.a, form.b] : form.x;
      const shape = builder.shape(form);
      if (!shape.ok) return null;
      const perm = commonPerm(builder, operands, shape.value.length);
      if (perm === null) return null;
      if (form.op === 'concat') {
        // A single element cannot stay as it is here: it takes its place in the row.
        const x = operands.map((id) => freedFully(builder, id, perm));
        return behind(perm, { ...form, x, axis: perm[form.axis]! });
      }
      const x = operands.map((id) => freed(builder, id, perm));
      return behind(perm, form.op === 'mul' ? { ...form, a: x[0]!, b: x[1]! } : { ...form, x });
    }
    case 'slice': {
      const found = transposed(builder, form.x);
      if (found === null || !builder.shape(form).ok) return null;
      const back = inverse(found.perm);
      const [starts, steps, shape] = [form.starts, form.steps, form.shape].map((list) => back.map((i) => list[i]!));
      return behind(found.perm, { op: 'slice', x: found.x, starts: starts!, steps: steps!, shape: shape! });
    }
    case 'transpose': {
      if (!builder.shape(form).ok) return null;
      // A single element has nowhere to go; two of them would otherwise be freed from each other's transposes without end.
      if (isIdentity(form.perm) || elements(builder.shapeOf(form.x)) === 1) return form.x;
      const found = transposed(builder, form.x);
      if (found === null) return null;
      return node({ op: 'transpose', x: found.x, perm: form.perm.map((axis) => found.perm[axis]!) });
    }
    case 'reshape': {
      if (!builder.shape(form).ok) return null;
      if (String(form.shape) === String(builder.shapeOf(form.x))) return form.x;
      const value = builder.values[form.x]!;
      if (value.kind !== 'node' || value.form.op !== 'reshape') return null;
      return node({ op: 'reshape', x: value.form.x, shape: form.shape });
    }
    default:
      return null;
  }
};

const freedFully = (builder: RealBuilder, id: ValueId, perm: Perm): ValueId => {
  const found = transposed(builder, id);
  if (found !== null) return found.x;
  const { numeric, origin } = builder.values[id]!;
  return builder.node({ op: 'transpose', x: id, perm: inverse(perm) }, numeric, origin);
};
