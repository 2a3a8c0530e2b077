/** How much a form costs to evaluate, in multiply-adds or elements moved: what decides whether it is folded at import. */
import type { ValueId } from '../program.ts';
import { elements, type Shape } from '../tensor.ts';
import type { RealForm } from './graph.ts';

export const workOf = (form: RealForm, result: Shape, shapeOf: (id: ValueId) => Shape): number => {
  const outputs = elements(result);
  switch (form.op) {
    case 'matmul':
      return outputs * shapeOf(form.a).at(-1)!;
    case 'conv':
      return outputs * elements(shapeOf(form.w).slice(1));
    case 'sum_pool':
    case 'max_pool':
      return outputs * form.kernel[0] * form.kernel[1];
    case 'reduce_sum':
    case 'reduce_max':
    case 'argmax':
      return elements(shapeOf(form.x));
    case 'reshape':
      return 1;
    default:
      return outputs;
  }
};
