/** A bias: the same for all places of a channel, and none on the padding. */
import type { Shape, ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { type Arithmetic, EXTENSION } from '../field/arithmetic.ts';
import { type Ext, isZero, mul, sub } from '../field/ext.ts';
import { splitPoint } from './axes.ts';
import type { Checking } from './checking.ts';
import type { OperandClaim, ProverContext } from './context.ts';
import { evaluate } from './contract.ts';
import { evaluateTensor } from './fold.ts';

/** Which places there are: `Σ_i eq(point, i)` over the indices of an unpadded tensor. */
export const boxAt = <C>({ number, mul, below }: Arithmetic<C>, shape: Shape, point: readonly C[]): C =>
  splitPoint(shape, point).reduce((product, at, axis) => mul(product, below(at, shape[axis]!)), number(1));

/** Coordinates of the channel, and what a bias counts there: one each true place. */
const shareOf = <C>(arithmetic: Arithmetic<C>, shape: Shape, point: readonly C[]) => {
  const axes = splitPoint(shape, point);
  const channels = axes.at(-1)!;
  return { channels, share: boxAt(arithmetic, shape.slice(0, -1), point.slice(channels.length)) };
};

type Left<V, C> = { readonly value: V; readonly claims: readonly OperandClaim<V, C>[] };

/** What is left of a value without the bias. */
export const proveBias = (
  channel: ProverChannel,
  context: ProverContext,
  bias: ValueId | null,
  shape: Shape,
  point: readonly Ext[],
  value: Ext,
): Left<Ext, Ext> => {
  const { channels, share } = shareOf(EXTENSION, shape, point);
  if (bias === null || isZero(share)) return { value, claims: [] };
  const open = context.open(bias);
  const { memory } = context;
  const mark = memory.mark();
  const own = open === null ? evaluate(memory, context.padded(bias), channels) : evaluateTensor(memory, open, channels);
  memory.release(mark);
  if (open === null) channel.send([own]);
  return {
    value: sub(value, mul(share, own)),
    claims: open === null ? [{ operand: bias, point: channels, value: own }] : [],
  };
};

export const checkBias = <V, C>(
  checking: Checking<V, C>,
  bias: ValueId | null,
  shape: Shape,
  point: readonly C[],
  value: V,
): Left<V, C> => {
  const { arithmetic, isOpen } = checking.context;
  const { channels, share } = shareOf(arithmetic, shape, point);
  if (bias === null || arithmetic.isZero(share)) return { value, claims: [] };
  const open = isOpen(bias);
  const own = open ? checking.known(checking.openAt(bias, channels)) : checking.receive(1)[0]!;
  return {
    value: checking.minus(value, checking.scaled(own, share)),
    claims: open ? [] : [{ operand: bias, point: channels, value: own }],
  };
};
