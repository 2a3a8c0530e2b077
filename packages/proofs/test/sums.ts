/** Sums of products of two vectors whose highest variables are weighted, one element at a time. */
import fc from 'fast-check';
import { add, type Ext, mul, sub, ZERO } from '../src/zk/field/ext.ts';
import { eqAt } from '../src/zk/field/multilinear.ts';
import type { NextRound } from '../src/zk/sumcheck/prove.ts';
import { anyExt } from './elements.ts';

/** `Σ_(h, l) eq(weights, h)·f(h, l)·g(h, l)`. */
export type Products = { readonly f: readonly Ext[]; readonly g: readonly Ext[]; readonly weights: readonly Ext[] };

export const fold = (vector: readonly Ext[], r: Ext): Ext[] => {
  const half = vector.length / 2;
  return vector.slice(0, half).map((low, i) => add(low, mul(r, sub(vector[half + i]!, low))));
};

/** The extension of a vector at a point. */
export const valueAt = (vector: readonly Ext[], point: readonly Ext[]): Ext =>
  point.reduceRight((rest: readonly Ext[], r) => fold(rest, r), vector)[0]!;

const weighedSum = (weights: readonly Ext[], values: readonly Ext[]): Ext => {
  const run = values.length / 2 ** weights.length;
  return values.reduce((sum, value, i) => add(sum, mul(eqAt(weights, Math.floor(i / run)), value)), ZERO);
};

export const sumOf = ({ f, g, weights }: Products): Ext =>
  weighedSum(
    weights,
    f.map((x, i) => mul(x, g[i]!)),
  );

export const roundsOf = ({ f, g, weights }: Products): NextRound => {
  let [a, b] = [f, g];
  let rest = weights;
  return (r) => {
    if (r !== null) [a, b] = [fold(a, r), fold(b, r)];
    rest = rest.slice(0, -1);
    const half = a.length / 2;
    const pairs = Array.from({ length: half }, (_, i) => i);
    const slope = (v: readonly Ext[], i: number) => sub(v[half + i]!, v[i]!);
    return {
      atZero: weighedSum(
        rest,
        pairs.map((i) => mul(a[i]!, b[i]!)),
      ),
      leading: weighedSum(
        rest,
        pairs.map((i) => mul(slope(a, i), slope(b, i))),
      ),
    };
  };
};

export const variablesOf = ({ f }: Products): number => Math.log2(f.length);

export const productsOf = (variables: number, weighted: number): fc.Arbitrary<Products> => {
  const elements = (length: number) => fc.array(anyExt, { minLength: length, maxLength: length });
  return fc.record({ f: elements(2 ** variables), g: elements(2 ** variables), weights: elements(weighted) });
};

export const anyProducts: fc.Arbitrary<Products> = fc
  .nat(4)
  .chain((variables) => fc.nat(variables).chain((weighted) => productsOf(variables, weighted)));
