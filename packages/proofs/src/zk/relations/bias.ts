/** A bias: the same for all places of a channel, and none on the padding. */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import { type Form, known, minus, scaled } from '../channel/form.ts';
import { type Ext, isZero, mul, ONE, sub } from '../field/ext.ts';
import { below } from '../field/multilinear.ts';
import { splitPoint } from './axes.ts';
import type { OperandClaim, ProverContext, VerifierContext } from './context.ts';
import { evaluate } from './contract.ts';
import { evaluateTensor } from './fold.ts';

/** Which places there are: `Σ_i eq(point, i)` over the indices of an unpadded tensor. */
export const boxAt = (shape: Shape, point: readonly Ext[]): Ext =>
  splitPoint(shape, point).reduce((product, at, axis) => mul(product, below(at, shape[axis]!)), ONE);

/** Coordinates of the channel, and what a bias counts there: one each true place. */
const shareOf = (shape: Shape, point: readonly Ext[]) => {
  const axes = splitPoint(shape, point);
  const channels = axes.at(-1)!;
  return { channels, share: boxAt(shape.slice(0, -1), point.slice(channels.length)) };
};

type Left<V> = { readonly value: V; readonly claims: readonly OperandClaim<V>[] };

/** What is left of a value without the bias. */
export const proveBias = (
  channel: ProverChannel,
  context: ProverContext,
  bias: ValueId | null,
  shape: Shape,
  point: readonly Ext[],
  value: Ext,
): Left<Ext> => {
  const { channels, share } = shareOf(shape, point);
  if (bias === null || isZero(share)) return { value, claims: [] };
  const open = context.open(bias);
  const { memory } = context;
  const own = open === null ? evaluate(memory, context.padded(bias), channels) : evaluateTensor(memory, open, channels);
  if (open === null) channel.send([own]);
  return {
    value: sub(value, mul(share, own)),
    claims: open === null ? [{ operand: bias, point: channels, value: own }] : [],
  };
};

export const checkBias = (
  channel: VerifierChannel,
  context: VerifierContext,
  bias: ValueId | null,
  shape: Shape,
  point: readonly Ext[],
  value: Form,
): Left<Form> => {
  const { channels, share } = shareOf(shape, point);
  if (bias === null || isZero(share)) return { value, claims: [] };
  const open = context.open(bias);
  const own = open === null ? channel.receive(1)[0]! : known(evaluateTensor(context.memory, open, channels));
  return {
    value: minus(value, scaled(own, share)),
    claims: open === null ? [{ operand: bias, point: channels, value: own }] : [],
  };
};
