/**
 * From "the extension of what a node computes takes this value here" to claims on what it reads. Of arithmetic operators the
 * exact result before the stage is meant, which is 0 on the padding.
 */

import { SuretyError } from '@surety/core';
import type { IntegerForm, Shape, Tensor, ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import type { Ext } from '../field/ext.ts';
import { affineSum } from './affine.ts';
import { marginSum } from './argmax.ts';
import type { ProverAsking, VerifierAsking } from './asking.ts';
import type { Checking } from './checking.ts';
import { apartSum, offsetSum } from './chosen.ts';
import type { NodeAt, OperandClaim, ProverContext, RelationContext } from './context.ts';
import { checkConv, proveConv } from './conv.ts';
import { gatherSum, keySum } from './gather.ts';
import { checkSum, proveSum, type Sum } from './linear.ts';
import { checkMatmul, proveMatmul } from './matmul.ts';
import { differenceSum, maximumSum } from './maxima.ts';
import { concatSum, reshapeSum, sliceSum, transposeSum } from './movement.ts';
import { checkMul, proveMul } from './mul.ts';
import { poolSum } from './pool.ts';
import { reduceSum } from './reduce.ts';

/** What an operator sums, of those that only weigh elements by their places. */
const sumOf = <C>(
  context: RelationContext<C>,
  form: IntegerForm,
  id: ValueId,
  shape: Shape,
  point: readonly C[],
): Sum<C> | null => {
  switch (form.op) {
    case 'affine':
      return affineSum(context, form, shape, point);
    case 'reduce_sum':
      return reduceSum(context, form, shape, point);
    case 'sum_pool':
      return poolSum(context, form, shape, point);
    case 'reshape':
      return reshapeSum(context, form, shape, point);
    case 'transpose':
      return transposeSum(context, form, shape, point);
    case 'slice':
      return sliceSum(context, form, shape, point);
    case 'concat':
      return concatSum(context, form, shape, point);
    case 'gather':
      return gatherSum(context, form, shape, point);
    case 'max_pool':
    case 'reduce_max':
      return maximumSum(context, { form, id }, point);
    default:
      return null;
  }
};

const margins = <C>(
  { types, arithmetic }: RelationContext<C>,
  form: IntegerForm,
  id: ValueId,
  indices: Tensor,
  point: readonly C[],
): Sum<C> => {
  if (form.op !== 'argmax') throw unproved(form, id);
  return marginSum(arithmetic, { id: form.x, shape: types[form.x]!.shape }, indices, point);
};

const differences = <C>(
  context: RelationContext<C>,
  { node: { form }, id }: NodeAt,
  level: number,
  point: readonly C[],
): Sum<C> => {
  if (form.op !== 'max_pool' && form.op !== 'reduce_max') throw unproved(form, id);
  return differenceSum(context, { form, id }, level, point);
};

const keys = <C>(context: RelationContext<C>, { node: { form }, id }: NodeAt, point: readonly C[]): Sum<C> => {
  if (form.op !== 'gather') throw unproved(form, id);
  return keySum(context, form, point);
};

const offsets = <C>(context: RelationContext<C>, { node: { form }, id }: NodeAt, point: readonly C[]): Sum<C> => {
  if (form.op !== 'argmax') throw unproved(form, id);
  return offsetSum(context, { id, x: form.x }, point);
};

const aparts = <C>(context: RelationContext<C>, { node: { form }, id }: NodeAt, point: readonly C[]): Sum<C> => {
  if (form.op !== 'argmax') throw unproved(form, id);
  return apartSum(context, { id, x: form.x }, context.relus(id)[0]!, point);
};

const unproved = (form: IntegerForm, id: number): SuretyError =>
  new SuretyError({
    code: 'program.invalid',
    message: `There is no relation of value ${id}, a ${form.op}.`,
    next: 'Ask for relations of the operators that have one.',
    field: form.op,
    value: `${id}`,
  });

/** @param point of the padded value, lowest bit first */
export const proveRelation = (
  channel: ProverChannel,
  context: ProverContext,
  { node: { form }, id }: NodeAt,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> => {
  const { shape } = context.types[id]!;
  if (form.op === 'matmul') return proveMatmul(channel, context, form, shape, point, value);
  if (form.op === 'conv') return proveConv(channel, context, form, shape, point, value);
  if (form.op === 'mul') return proveMul(channel, context, form, shape, point, value);
  const sum = sumOf(context, form, id, shape, point);
  if (sum === null) throw unproved(form, id);
  return proveSum(channel, context, sum, value);
};

/** @throws ProofError if the relation does not hold */
export const verifyRelation = <V, C>(
  checking: Checking<V, C>,
  { node: { form }, id }: NodeAt,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> => {
  const { shape } = checking.context.types[id]!;
  if (form.op === 'matmul') return checkMatmul(checking, form, shape, point, value);
  if (form.op === 'conv') return checkConv(checking, form, shape, point, value);
  if (form.op === 'mul') return checkMul(checking, form, shape, point, value);
  const sum = sumOf(checking.context, form, id, shape, point);
  if (sum === null) throw unproved(form, id);
  return checkSum(checking, sum, value);
};

/** As {@link proveRelation}, of the differences that a level of a maximum looks up. */
export const proveDifference = (
  channel: ProverChannel,
  context: ProverContext,
  node: NodeAt,
  level: number,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> => proveSum(channel, context, differences(context, node, level, point), value);

export const verifyDifference = <V, C>(
  checking: Checking<V, C>,
  node: NodeAt,
  level: number,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> =>
  checkSum(checking, differences(checking.context, node, level, point), value);

/** As {@link proveRelation}, of where the indices of a `gather` find each element. */
export const proveKey = (
  channel: ProverChannel,
  context: ProverContext,
  node: NodeAt,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> => proveSum(channel, context, keys(context, node, point), value);

export const verifyKey = <V, C>(
  checking: Checking<V, C>,
  node: NodeAt,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> => checkSum(checking, keys(checking.context, node, point), value);

/** What an `argmax` that is no output claims: how far elements are before its index, and below the largest (chosen.ts). */
export type ChoiceValues<V> = { readonly offset: V; readonly apart: V };

/** As {@link proveRelation}, of an `argmax` whose indices are hidden, at a point of its operand. */
export function* proveChoice(
  channel: ProverChannel,
  context: ProverContext,
  node: NodeAt,
  point: readonly Ext[],
  { offset, apart }: ChoiceValues<Ext>,
): ProverAsking<OperandClaim<Ext>[]> {
  const ofIndex = yield* proveSum(channel, context, offsets(context, node, point), offset);
  return [...ofIndex, ...(yield* proveSum(channel, context, aparts(context, node, point), apart))];
}

export function* verifyChoice<V, C>(
  checking: Checking<V, C>,
  node: NodeAt,
  point: readonly C[],
  { offset, apart }: ChoiceValues<V>,
): VerifierAsking<V, C, OperandClaim<V, C>[]> {
  const ofIndex = yield* checkSum(checking, offsets(checking.context, node, point), offset);
  return [...ofIndex, ...(yield* checkSum(checking, aparts(checking.context, node, point), apart))];
}

/** As {@link proveRelation}, of the margins of an `argmax` whose indices are open, at a point of its operand. */
export const proveMargin = (
  channel: ProverChannel,
  context: ProverContext,
  { node, id }: NodeAt,
  indices: Tensor,
  point: readonly Ext[],
  value: Ext,
): ProverAsking<OperandClaim<Ext>[]> =>
  proveSum(channel, context, margins(context, node.form, id, indices, point), value);

/** @throws ProofError also if an index is none of the operand's */
export const verifyMargin = <V, C>(
  checking: Checking<V, C>,
  { node, id }: NodeAt,
  indices: Tensor,
  point: readonly C[],
  value: V,
): VerifierAsking<V, C, OperandClaim<V, C>[]> =>
  checkSum(checking, margins(checking.context, node.form, id, indices, point), value);
