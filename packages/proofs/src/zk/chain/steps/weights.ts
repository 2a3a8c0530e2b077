/** Sums of many weighed by places, as steps: `weighed` and `weightAt` of `relations/checking.ts`. */

import { add, type Ext, mul, scale, ZERO } from '../../field/ext.ts';
import { bitsOf, eqAt } from '../../field/multilinear.ts';
import { shares } from '../../relations/linear.ts';
import { firstChannel, type Scattered, type Weights } from '../../relations/weights.ts';
import { added, hasRoom, type Term } from './sums.ts';
import { type Shadows, STEPS, type StepValue } from './values.ts';
import type { Maker, ProgramWriter, Register } from './writer.ts';

/** Bits of an index within a block of numbers whose weights one table holds. */
const BLOCK_VARS = 3;

/** `Σ_i numbers[i]·eq(at, i)`, times eq(by, i) unless that is null, of elements of the base field. */
export const weighedSteps = (
  book: ProgramWriter,
  shadows: Shadows,
  numbers: readonly number[],
  at: readonly StepValue[],
  by: readonly StepValue[] | null,
): StepValue => {
  const vars = Math.min(BLOCK_VARS, at.length);
  const blocks = Array.from({ length: Math.ceil(numbers.length / 2 ** vars) }, (_, block): Maker => {
    const own = numbers.slice(block * 2 ** vars, (block + 1) * 2 ** vars);
    return (step) => {
      const tables = [at, ...(by === null ? [] : [by])].map((point) => {
        const to = step.take(2 ** vars);
        const high = step.value(STEPS.eqAt(point.slice(vars), block));
        step.equalTable(to, point.slice(0, vars), high);
        return to;
      });
      return own.map((x, i) => step.scale(tables.map((to) => to + i).reduce(step.mul), x)).reduce(step.add);
    };
  });
  const shadow = numbers.reduce<Ext>((sum, x, i) => {
    const weight = eqAt(
      at.map((each) => each.shadow),
      i,
    );
    const both =
      by === null
        ? weight
        : mul(
            weight,
            eqAt(
              by.map((each) => each.shadow),
              i,
            ),
          );
    return add(sum, scale(both, x));
  }, ZERO);
  return shadows.of(
    added(
      book,
      blocks.map((make) => ({ make })),
    ),
    shadow,
  );
};

/** The sum of values, none where there are none. */
export const totalSteps = (book: ProgramWriter, shadows: Shadows, values: readonly StepValue[]): StepValue => {
  const [only] = values;
  if (values.length < 2) return only ?? STEPS.number(0);
  const shadow = values.reduce<Ext>((sum, value) => add(sum, value.shadow), ZERO);
  const terms = values.map((value): Term => ({ make: (step) => step.value(value) }));
  return shadows.of(added(book, terms), shadow);
};

/** Pairs of indices that count, of weights at a point. */
function* countedOf(weights: Weights<StepValue>, point: readonly StepValue[]): Generator<StepValue> {
  const { mul: times, eqAt: at } = STEPS;
  if (weights.kind === 'scattered') {
    const { to, from } = weights.pairs;
    for (const { point: own, scale: by } of weights.terms) {
      for (let n = 0; n < to.length; n++) {
        const counted = times(by, at(own, from[n]!));
        if (!STEPS.isZero(counted)) yield times(counted, at(point, to[n]!));
      }
    }
    return;
  }
  const { outputs, depth, out, channel } = weights;
  const [ofOut, ofDepth] = shares([bitsOf(outputs), bitsOf(depth)], point) as [StepValue[], StepValue[]];
  for (let o = 0; o < outputs; o++) {
    const first = firstChannel(weights, o);
    const high = times(at(out, o), at(ofOut, o));
    for (let c = 0; c < depth; c++) yield times(high, times(at(channel, first + c), at(ofDepth, c)));
  }
}

/** The product of the weights' extensions at a point. */
export const weightSteps = (
  book: ProgramWriter,
  shadows: Shadows,
  weights: readonly Weights<StepValue>[],
  point: readonly StepValue[],
): StepValue => {
  const parts = shares(
    weights.map(({ vars }) => vars),
    point,
  );
  return weights.map((own, i) => totalSteps(book, shadows, [...countedOf(own, parts[i]!)])).reduce(STEPS.mul);
};

/** Values that a record of weights holds. */
const SPREAD = 32;

/** Weights of an axis as values, by index: of those that count. */
export const spreadSteps = (
  book: ProgramWriter,
  { terms, pairs: { to, from } }: Scattered<StepValue>,
): ReadonlyMap<number, StepValue> => {
  const parts = new Map<number, StepValue>();
  for (const [n, index] of to.entries()) {
    for (const { point, scale: by } of terms) {
      const counted = STEPS.mul(by, STEPS.eqAt(point, from[n]!));
      const before = parts.get(index);
      parts.set(index, before === undefined ? counted : STEPS.add(before, counted));
    }
  }
  const all = [...parts];
  const spread = new Map<number, StepValue>();
  while (spread.size < all.length) {
    const own: StepValue[] = [];
    const first = spread.size;
    const record = book.step((step) => {
      const made: Register[] = [];
      do {
        const [, value] = all[first + made.length]!;
        own.push(value);
        made.push(step.value(value));
      } while (made.length < SPREAD && first + made.length < all.length && hasRoom(step));
      return made;
    });
    for (const [i, { shadow }] of own.entries()) spread.set(all[first + i]![0], { record, word: i, shadow });
  }
  return spread;
};
