/**
 * `conv`: `z(b, i, j, o) = Σ_(p, q, c) X̃(p, q, c)·W̃(p, q, c)`, W̃ the weights bound by the output channel and X̃ what the
 * windows at (b, i, j) see of x at each tap. No copy of x by windows is made: X̃ is x weighed by rows and by columns, one after
 * the other, and so is the claim on it that the sumcheck ends in.
 */
import type { IntegerForm, Shape } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { type Ext, fromInteger, ONE, P } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import { askProduct, askSum, type ProverAsking, type VerifierAsking } from './asking.ts';
import { splitPoint, varsOf } from './axes.ts';
import { checkBias, proveBias } from './bias.ts';
import type { Checking } from './checking.ts';
import type { AnyVector, OperandClaim, ProverContext, RelationContext } from './context.ts';
import { contract } from './contract.ts';
import { checkFactors, proveFactors } from './factors.ts';
import { foldRows } from './fold.ts';
import type { Part } from './linear.ts';
import { slidesOf, tapWeights, windowAxis } from './maps.ts';
import { eachRun, eqVector, isExt, part, plane, zeros } from './vectors.ts';

type Conv = Extract<IntegerForm, { op: 'conv' }>;
type Four<T> = readonly [T, T, T, T];

const planOf = <C>({ types }: Pick<RelationContext<C>, 'types'>, form: Conv, shape: Shape, point: readonly C[]) => {
  const x = types[form.x]!.shape as Four<number>;
  const w = types[form.w]!.shape as Four<number>;
  const kernel = [w[1], w[2]] as const;
  const [rows, columns] = slidesOf([x[1], x[2]], [shape[1]!, shape[2]!], { ...form, kernel });
  const at = splitPoint(shape, point) as unknown as Four<readonly C[]>;
  return { x, w, rows, columns, at, taps: [w[1], w[2], x[3]] as const };
};

type Plan<C = Ext> = ReturnType<typeof planOf<C>>;

/** The two factors once the taps and channels are bound. @param one 1 */
const partsOf = <C>(one: C, plan: Plan<C>, form: Conv, bound: readonly C[]): readonly [Part<C>, Part<C>] => {
  const { rows, columns, at, w, taps } = plan;
  const [batch, i, j, out] = at;
  const [p, q, channel] = splitPoint(taps, bound) as unknown as readonly [C[], C[], C[]];
  const x: Part<C> = {
    operand: form.x,
    coefficient: one,
    axes: [{ at: batch }, windowAxis(one, rows, i, p), windowAxis(one, columns, j, q), { at: channel }],
  };
  const whole = { operand: form.w, coefficient: one };
  if (form.groups === 1) return [x, { ...whole, axes: [{ at: out }, { at: p }, { at: q }, { at: channel }] }];
  const [outputs, , , depth] = w;
  const vars = bitsOf(outputs) + bitsOf(depth);
  return [
    x,
    {
      ...whole,
      axes: [{ free: bitsOf(outputs) }, { at: p }, { at: q }, { free: bitsOf(depth) }],
      joint: { kind: 'grouped', vars, outputs, groups: form.groups, depth, out, channel },
    },
  ];
};

const bind = (
  memory: ProofMemory,
  out: ExtVector,
  x: AnyVector,
  [outer, mid, rows, inner]: Four<number>,
  weights: ExtVector,
): void => {
  const { kernels } = memory;
  const [to, w] = [out.address, weights.address];
  if (isExt(x)) kernels.contractExt(to, out.stride, x.address, x.stride, outer, mid, rows, inner, w, weights.stride);
  else kernels.contractBase(to, out.stride, x.address, outer, mid, rows, inner, w, weights.stride);
};

/** What the windows see of x at each tap: columns first, then rows. */
const seen = (context: ProverContext, plan: Plan, form: Conv): ExtVector => {
  const { memory } = context;
  const { x, rows, columns, at, taps } = plan;
  const [height, width, channels] = [x[1], x[2], x[3]].map((size) => 2 ** bitsOf(size)) as [number, number, number];
  const result = zeros(memory, 2 ** varsOf(taps));
  const mark = memory.mark();
  const padded = context.padded(form.x);
  const free = Math.log2(height * width * channels);
  const image = x[0] === 1 ? padded : contract(memory, padded, [{ bound: at[0] }, { free }]);
  const row = height * channels;
  const byColumn = memory.ext(columns.taps * row);
  for (let q = 0; q < columns.taps; q++) {
    const inside = memory.mark();
    const weights = tapWeights(memory, columns, at[2], q);
    bind(memory, part(byColumn, q * row, row), image, [height, width, x[2], channels], weights);
    memory.release(inside);
  }
  for (let p = 0; p < rows.taps; p++) {
    const inside = memory.mark();
    const weights = tapWeights(memory, rows, at[1], p);
    for (let q = 0; q < columns.taps; q++) {
      const to = part(result, (p * 2 ** bitsOf(columns.taps) + q) * channels, channels);
      bind(memory, to, part(byColumn, q * row, row), [1, height, x[1], channels], weights);
    }
    memory.release(inside);
  }
  memory.release(mark);
  return result;
};

/** A padded value as it would lie in a program. */
const dense = (memory: ProofMemory, vector: BaseVector, shape: Shape): Int32Array => {
  const values = new Int32Array(shape.reduce((product, size) => product * size, 1));
  const words = memory.words(vector);
  eachRun(shape, (from, to, length) => {
    for (let i = 0; i < length; i++) {
      const word = words[to + i]!;
      values[from + i] = word > P / 2 ? word - P : word;
    }
  });
  return values;
};

/** The weights bound by the output channel, each group at its own channels. */
const boundWeights = (context: ProverContext, { w, at, taps }: Plan, { w: id, groups }: Conv): ExtVector => {
  const { memory } = context;
  const result = zeros(memory, 2 ** varsOf(taps));
  const mark = memory.mark();
  const values = context.raw(id)?.values ?? dense(memory, context.padded(id), w);
  const [outputs, height, width, depth] = w;
  const table = eqVector(memory, at[3]);
  if (groups === 1) {
    const folded = memory.ext(height * width * depth);
    foldRows(memory, values, folded.length, part(table, 0, outputs), folded);
    for (let c = 0; c < 4; c++) {
      const [to, from] = [plane(memory, result, c), plane(memory, folded, c)];
      eachRun(taps, (dense, padded, length) => to.set(from.subarray(dense, dense + length), padded));
    }
  } else {
    const own = memory.base(values.length);
    memory.words(own).set(Uint32Array.from(values, fromInteger));
    const [padded, channels] = [2 ** bitsOf(width), 2 ** bitsOf(taps[2])];
    const [to, each] = [result, outputs / groups];
    const sizes = [outputs, each, height, width, depth, padded, channels] as const;
    memory.kernels.foldGroups(to.address, to.stride, own.address, ...sizes, table.address, table.stride);
  }
  memory.release(mark);
  return result;
};

export function* proveConv(
  channel: ProverChannel,
  context: ProverContext,
  form: Conv,
  shape: Shape,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> {
  const bias = proveBias(channel, context, form.bias, shape, point, value);
  const plan = planOf(context, form, shape, point);
  const vectors = () => [seen(context, plan, form), boundWeights(context, plan, form)] as const;
  const { point: bound, a, b } = yield* askProduct({ claim: bias.value, weights: [], vectors });
  const [partX, partW] = partsOf(ONE, plan, form, bound);
  const claims = yield* proveFactors(channel, context, { part: partX, value: a }, { part: partW, value: b });
  return [...bias.claims, ...claims];
}

export function* checkConv<V, C>(
  checking: Checking<V, C>,
  form: Conv,
  shape: Shape,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> {
  const { context } = checking;
  const bias = checkBias(checking, form.bias, shape, point, value);
  const plan = planOf(context, form, shape, point);
  const variables = varsOf(plan.taps);
  const { point: bound, value: end } = yield* askSum<V, C>({ claim: bias.value, variables, weights: [] });
  const [x, w] = partsOf(context.arithmetic.number(1), plan, form, bound);
  return [...bias.claims, ...(yield* checkFactors(checking, end, x, w))];
}
