/** The end of a sumcheck over products: its value is that of two factors, each a part of an operand. */
import type { ProverChannel } from '../channel/channel.ts';
import { type Arithmetic, EXTENSION } from '../field/arithmetic.ts';
import { type Ext, isZero } from '../field/ext.ts';
import type { ProverAsking, VerifierAsking } from './asking.ts';
import type { Checking } from './checking.ts';
import type { OperandClaim, ProverContext } from './context.ts';
import { checkSum, type Part, proveSum, type Sum } from './linear.ts';

const alone = <C>({ number }: Arithmetic<C>, part: Part<C>): Sum<C> => ({ constant: number(0), parts: [part] });

/** Whether both are one value of one operand. */
const same = <C>(arithmetic: Arithmetic<C>, a: Part<C>, b: Part<C>): boolean => {
  const at = (part: Part<C>): readonly C[] | null =>
    part.axes.every((axis) => 'at' in axis) ? part.axes.flatMap((axis) => ('at' in axis ? axis.at : [])) : null;
  const [x, y] = [at(a), at(b)];
  return a.operand === b.operand && x !== null && y !== null && x.every((r, j) => arithmetic.same(r, y[j]!));
};

export type Factor = { readonly part: Part; readonly value: Ext };

export function* proveFactors(
  channel: ProverChannel,
  context: ProverContext,
  a: Factor,
  b: Factor,
): ProverAsking<OperandClaim<Ext>[]> {
  const [openA, openB] = [a, b].map(({ part }) => context.open(part.operand) !== null);
  const claim = ({ part, value }: Factor) => proveSum(channel, context, alone(EXTENSION, part), value);
  if (openA && openB) return [];
  if (openA) return isZero(a.value) ? [] : yield* claim(b);
  if (openB) return isZero(b.value) ? [] : yield* claim(a);
  const once = same(EXTENSION, a.part, b.part);
  channel.send(once ? [a.value] : [a.value, b.value]);
  channel.product(a.value, b.value);
  return once ? yield* claim(a) : [...(yield* claim(a)), ...(yield* claim(b))];
}

export function* checkFactors<V, C>(
  checking: Checking<V, C>,
  value: V,
  a: Part<C>,
  b: Part<C>,
): VerifierAsking<V, C, OperandClaim<V, C>[]> {
  const { context, zero, minus, openPart } = checking;
  const { arithmetic, isOpen } = context;
  const [openA, openB] = [isOpen(a.operand), isOpen(b.operand)];
  const claim = (part: Part<C>, of: V) => checkSum(checking, alone(arithmetic, part), of);
  const wrong = 'a product is not that of its factors';
  if (openA && openB) {
    zero(minus(value, checking.known(arithmetic.mul(openPart(a), openPart(b)))), wrong);
    return [];
  }
  if (openA || openB) {
    const [factor, other] = openA ? [openPart(a), b] : [openPart(b), a];
    if (!arithmetic.isZero(factor)) return yield* claim(other, checking.scaled(value, checking.inverse(factor)));
    zero(value, wrong);
    return [];
  }
  const once = same(arithmetic, a, b);
  const [x, y] = checking.receive(once ? 1 : 2) as readonly [V, V | undefined];
  zero(minus(value, checking.product(x, y ?? x)), wrong);
  return y === undefined ? yield* claim(a, x) : [...(yield* claim(a, x)), ...(yield* claim(b, y))];
}
