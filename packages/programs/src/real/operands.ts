/** Forms and stages with other operands. */
import type { IntegerForm, Stage, ValueId } from '../program.ts';
import type { RealForm } from './graph.ts';

/** The same form reading `to(id)` instead of each `id`. */
export const mapOperands = <F extends RealForm | IntegerForm>(form: F, to: (id: ValueId) => ValueId): F =>
  renamed(form, to) as F;

const renamed = (form: RealForm | IntegerForm, to: (id: ValueId) => ValueId): RealForm | IntegerForm => {
  switch (form.op) {
    case 'matmul':
      return { ...form, a: to(form.a), b: to(form.b), bias: form.bias === null ? null : to(form.bias) };
    case 'conv':
      return { ...form, x: to(form.x), w: to(form.w), bias: form.bias === null ? null : to(form.bias) };
    case 'affine':
    case 'concat':
      return { ...form, x: form.x.map(to) };
    case 'mul':
      return { ...form, a: to(form.a), b: to(form.b) };
    case 'gather':
      return { ...form, data: to(form.data), index: to(form.index) };
    case 'lookup':
      return { ...form, x: to(form.x), table: to(form.table) };
    default:
      return { ...form, x: to(form.x) };
  }
};

/** A stage whose shifts, where they are a constant, are renamed. */
export const mapStage = (stage: Stage | null, rename: (id: ValueId) => ValueId): Stage | null =>
  stage === null || typeof stage.shift === 'number'
    ? stage
    : { ...stage, shift: { constant: rename(stage.shift.constant) } };
