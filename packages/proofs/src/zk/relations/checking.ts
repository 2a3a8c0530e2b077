/**
 * What the verifier of a relation does beside the sumchecks that it asks for (asking.ts): it hears values, and computes with
 * challenges. Relations say what is checked, once for all who check: with elements and forms (`checkingBy`), or by a program of
 * steps (chain/steps/checking.ts).
 */
import type { ValueId } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, known, minus, scaled } from '../channel/form.ts';
import { ProofError } from '../channel/problem.ts';
import type { Place } from '../commit/place.ts';
import { add, type Ext, inverse, isZero, mul1 } from '../field/ext.ts';
import type { ProofMemory } from '../memory.ts';
import type { RelationContext, VerifierContext } from './context.ts';
import { evaluateTensor } from './fold.ts';
import { openPart, type Part, weightAt } from './linear.ts';
import { eqVector, inner, plane } from './vectors.ts';
import type { Weights } from './weights.ts';

/** @typeParam V of values that are heard, C of coordinates and what is computed of them */
export type Checking<V, C> = {
  readonly context: RelationContext<C>;
  readonly challenges: (count: number) => readonly C[];
  readonly receive: (count: number) => readonly V[];
  /** What a committed polynomial takes at a point, without its being sent; null where all values are sent. */
  readonly left: ((place: Place, point: readonly C[]) => V) | null;
  readonly product: (a: V, b: V) => V;
  /** The check: that a value is 0. @param what says what is wrong if it is not */
  readonly zero: (value: V, what: string) => void;
  readonly known: (value: C) => V;
  /** `Σ value·by`. */
  readonly combined: (parts: readonly (readonly [V, C])[]) => V;
  readonly scaled: (value: V, by: C) => V;
  readonly minus: (a: V, b: V) => V;
  readonly inverse: (value: C) => C;
  /** What is left of a value without a factor. No honest proof meets a factor of 0 but once in 2^100. */
  readonly without: (value: V, factor: C) => V;
  /** The sum of many values. */
  readonly total: (values: readonly C[]) => C;
  /** `Σ_i numbers[i]·eq(at, i)`, times eq(by, i) unless that is null, of elements of the base field. */
  readonly weighed: (numbers: readonly number[], at: readonly C[], by: readonly C[] | null) => C;
  /** What a part of an open operand comes to, its coefficient left out. */
  readonly openPart: (part: Part<C>) => C;
  /** The extension of an open value at a point. */
  readonly openAt: (id: ValueId, point: readonly C[]) => C;
  /** The product of the weights' extensions at a point, which is of all of them, the last lowest. */
  readonly weightAt: (weights: readonly Weights<C>[], point: readonly C[]) => C;
};

const without = (value: Form, factor: Ext): Form => {
  if (isZero(factor)) throw new ProofError('a challenge is one that no proof survives');
  return scaled(value, inverse(factor));
};

const weighed = (
  memory: ProofMemory,
  numbers: readonly number[],
  at: readonly Ext[],
  by: readonly Ext[] | null,
): Ext => {
  const mark = memory.mark();
  const own = memory.base(2 ** at.length);
  memory.words(own).fill(0).set(numbers);
  const table = eqVector(memory, at);
  let value: Ext;
  if (by === null) value = inner(memory, own, table);
  else {
    const words = memory.words(own);
    for (let c = 0; c < 4; c++) {
      const coordinates = plane(memory, table, c);
      for (let i = 0; i < words.length; i++) coordinates[i] = mul1(coordinates[i]!, words[i]!);
    }
    value = inner(memory, table, eqVector(memory, by));
  }
  memory.release(mark);
  return value;
};

/** The verifier that holds the values themselves. */
export const checkingBy = (channel: VerifierChannel, context: VerifierContext): Checking<Form, Ext> => ({
  context,
  challenges: (count) => Array.from({ length: count }, channel.challenge),
  receive: channel.receive,
  left: channel.left,
  product: channel.product,
  zero: channel.zero,
  ...{ known, combined, scaled, minus, inverse, without },
  total: (values) => values.reduce((sum, value) => add(sum, value)),
  weighed: (numbers, at, by) => weighed(context.memory, numbers, at, by),
  openPart: (part) => openPart(context, part),
  openAt: (id, point) => evaluateTensor(context.memory, context.open(id)!, point),
  weightAt: (weights, point) => weightAt(context.memory, weights, point),
});
