/** How many bits of each value its consumers can use, worked out from the outputs backwards. */
import type { RealForm, RealGraph, Unary } from '../real/graph.ts';
import { elements } from '../tensor.ts';
import { operandBits } from './linear.ts';
import type { Observation } from './observe.ts';
import { largest, type Policy } from './policy.ts';

const dataBits = (graph: RealGraph, form: Extract<RealForm, { op: 'matmul' | 'conv' }>, policy: Policy): number => {
  const weights = graph.values[form.op === 'matmul' ? form.b : form.w]!;
  const constant = weights.kind === 'constant';
  const terms = form.op === 'matmul' ? weights.shape.at(-1)! : elements(weights.shape.slice(1));
  const [data] = operandBits(terms, policy.matmulBits, constant ? policy.weightBits : policy.matmulBits);
  return Math.max(8, data);
};

/** Most bits of a value: sums of two of them still fit the accumulator. */
export const MOST_BITS = 30;

/** Bits of the index of two tables together (`tables.ts`): where the coarse one takes over, its steps are below 2 %. */
export const steepBits = (policy: Policy): number => Math.min(MOST_BITS, 2 * policy.tableBits - 6);

/** Output steps that neighbours of a table may be apart before it counts as steep, as a share of the output's amplitude. */
const STEEP_SHARE = 2 ** -8;

/**
 * Whether one table over the whole range is too coarse: a reciprocal near zero, a logarithm, a root. Functions that jump
 * (sign, floor) are steep too; a finer index serves them as well.
 */
export const isSteep = (form: Unary, x: Observation, y: Observation, policy: Policy): boolean => {
  if (form.clip !== undefined || x.amplitude === 0) return false;
  const unit = x.amplitude / largest(policy.tableBits);
  const first = Math.ceil(x.range.low / unit);
  const last = Math.floor(x.range.high / unit);
  const limit = Math.max(y.amplitude, Number.MIN_VALUE) * STEEP_SHARE;
  const clamp = (v: number): number => Math.min(Math.max(v, -y.amplitude), y.amplitude);
  let before = clamp(form.f(first * unit));
  for (let q = first + 1; q <= last; q++) {
    const value = clamp(form.f(q * unit));
    if (Math.abs(value - before) > limit) return true;
    before = value;
  }
  return false;
};

/** Bits wanted of each value, by number: 8 to 30. */
export const wantedBits = (graph: RealGraph, observed: readonly Observation[], policy: Policy): number[] => {
  const wanted = new Array<number>(graph.values.length).fill(8);
  const want = (id: number, bits: number): void => {
    wanted[id] = Math.max(wanted[id]!, Math.min(bits, MOST_BITS));
  };
  const isReal = (id: number): boolean => graph.values[id]!.numeric === 'real';
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
        want(form.x, Math.max(policy.elementwiseBits, wanted[id]!));
        break;
      case 'argmax':
        want(form.x, policy.elementwiseBits);
        break;
      case 'unary':
        if (form.clip !== undefined) want(form.x, wanted[id]!);
        else if (value.numeric === 'real' && isReal(form.x) && isSteep(form, observed[form.x]!, observed[id]!, policy))
          want(form.x, steepBits(policy));
        else want(form.x, policy.tableBits);
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
