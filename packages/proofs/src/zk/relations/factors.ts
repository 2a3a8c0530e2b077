/** The end of a sumcheck over products: its value is that of two factors, each a part of an operand. */
import type { ProverChannel, VerifierChannel } from '../channel/channel.ts';
import { type Form, known, minus, scaled } from '../channel/form.ts';
import { type Ext, equal, inverse, isZero, mul, ZERO } from '../field/ext.ts';
import type { ProverAsking, VerifierAsking } from './asking.ts';
import type { OperandClaim, ProverContext, VerifierContext } from './context.ts';
import { checkSum, openPart, type Part, proveSum } from './linear.ts';

const alone = (part: Part) => ({ constant: ZERO, parts: [part] });

/** Whether both are one value of one operand. */
const same = (a: Part, b: Part): boolean => {
  const at = (part: Part): readonly Ext[] | null =>
    part.axes.every((axis) => 'at' in axis) ? part.axes.flatMap((axis) => ('at' in axis ? axis.at : [])) : null;
  const [x, y] = [at(a), at(b)];
  return a.operand === b.operand && x !== null && y !== null && x.every((r, j) => equal(r, y[j]!));
};

export type Factor = { readonly part: Part; readonly value: Ext };

export function* proveFactors(
  channel: ProverChannel,
  context: ProverContext,
  a: Factor,
  b: Factor,
): ProverAsking<OperandClaim<Ext>[]> {
  const [openA, openB] = [a, b].map(({ part }) => context.open(part.operand) !== null);
  const claim = ({ part, value }: Factor) => proveSum(channel, context, alone(part), value);
  if (openA && openB) return [];
  if (openA) return isZero(a.value) ? [] : yield* claim(b);
  if (openB) return isZero(b.value) ? [] : yield* claim(a);
  const once = same(a.part, b.part);
  channel.send(once ? [a.value] : [a.value, b.value]);
  channel.product(a.value, b.value);
  return once ? yield* claim(a) : [...(yield* claim(a)), ...(yield* claim(b))];
}

export function* checkFactors(
  channel: VerifierChannel,
  context: VerifierContext,
  value: Form,
  a: Part,
  b: Part,
): VerifierAsking<OperandClaim<Form>[]> {
  const [openA, openB] = [a, b].map(({ operand }) => context.open(operand) !== null);
  const claim = (part: Part, form: Form) => checkSum(channel, context, alone(part), form);
  const wrong = 'a product is not that of its factors';
  if (openA && openB) {
    channel.zero(minus(value, known(mul(openPart(context, a), openPart(context, b)))), wrong);
    return [];
  }
  if (openA || openB) {
    const [factor, other] = openA ? [openPart(context, a), b] : [openPart(context, b), a];
    if (!isZero(factor)) return yield* claim(other, scaled(value, inverse(factor)));
    channel.zero(value, wrong);
    return [];
  }
  const once = same(a, b);
  const [x, y] = channel.receive(once ? 1 : 2) as readonly [Form, Form | undefined];
  channel.zero(minus(value, channel.product(x, y ?? x)), wrong);
  return y === undefined ? yield* claim(a, x) : [...(yield* claim(a, x)), ...(yield* claim(b, y))];
}
