/** How many bits of each value its consumers can use, worked out from the outputs backwards. */
import type { RealForm, RealGraph } from '../real/graph.ts';
import { elements } from '../tensor.ts';
import { operandBits } from './linear.ts';
import type { Policy } from './policy.ts';

const dataBits = (graph: RealGraph, form: Extract<RealForm, { op: 'matmul' | 'conv' }>, policy: Policy): number => {
  const weights = graph.values[form.op === 'matmul' ? form.b : form.w]!;
  const constant = weights.kind === 'constant';
  const terms = form.op === 'matmul' ? weights.shape.at(-1)! : elements(weights.shape.slice(1));
  const [data] = operandBits(terms, policy.matmulBits, constant ? policy.weightBits : policy.matmulBits);
  return Math.max(8, data);
};

/** Bits wanted of each value, by number: 8 to 16. */
export const wantedBits = (graph: RealGraph, policy: Policy): number[] => {
  const wanted = new Array<number>(graph.values.length).fill(8);
  const want = (id: number, bits: number): void => {
    wanted[id] = Math.max(wanted[id]!, Math.min(bits, 16));
  };
  for (const { value } of graph.outputs) want(value, policy.elementwiseBits);
  for (let id = graph.values.length - 1; id >= 0; id--) {
    const value = graph.values[id]!;
    if (value.kind !== 'node') continue;
    const { form } = value;
    switch (form.op) {
      case 'matmul':
      case 'conv': {
        const bits = dataBits(graph, form, policy);
        want(form.op === 'matmul' ? form.a : form.x, bits);
        want(form.op === 'matmul' ? form.b : form.w, bits);
        break;
      }
      case 'affine':
        for (const x of form.x) want(x, policy.elementwiseBits);
        break;
      case 'mul':
        want(form.a, policy.elementwiseBits);
        want(form.b, policy.elementwiseBits);
        break;
      case 'reduce_sum':
      case 'sum_pool':
      case 'argmax':
        want(form.x, policy.elementwiseBits);
        break;
      case 'unary':
        want(form.x, form.clip === undefined ? policy.tableBits : wanted[id]!);
        break;
      case 'gather':
        want(form.data, wanted[id]!);
        break;
      case 'concat':
        for (const x of form.x) want(x, wanted[id]!);
        break;
      default:
        want(form.x, wanted[id]!);
    }
  }
  return wanted;
};
