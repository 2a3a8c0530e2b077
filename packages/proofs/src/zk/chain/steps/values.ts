/**
 * What a program of steps computes of challenges: values that a step will make, each with a shadow, what it comes to for
 * challenges drawn here. Shadows decide what does not depend on what is drawn: whether a value is always 0, whether two are one.
 */
import { Transcript } from '../../channel/transcript.ts';
import type { Arithmetic } from '../../field/arithmetic.ts';
import { add, type Ext, equal, ext, fromInteger, isZero, mul, mul1, sub } from '../../field/ext.ts';
import { below, eqAt, eqPoints, indexBelow } from '../../field/multilinear.ts';
import type { Maker, Ref, Value } from './writer.ts';

export type StepValue = Value & { readonly shadow: Ext };

const number = (x: number): StepValue => ({ known: fromInteger(x), shadow: ext(x) });

/** What is 0 whatever is drawn is not computed. */
const made = (shadow: Ext, make: Maker): StepValue => (isZero(shadow) ? number(0) : { make, shadow });

const knownOf = (value: StepValue): number | null => ('known' in value ? value.known : null);

const product = (a: StepValue, b: StepValue): StepValue => {
  const [x, y] = [knownOf(a), knownOf(b)];
  if (x !== null && y !== null) return number(mul1(x, y));
  if (x === 1) return b;
  if (y === 1) return a;
  const shadow = mul(a.shadow, b.shadow);
  if (x !== null) return made(shadow, (step) => step.scale(step.value(b), x));
  if (y !== null) return made(shadow, (step) => step.scale(step.value(a), y));
  return made(shadow, (step) => step.mul(step.value(a), step.value(b)));
};

/** `Π_j (bit j of index ? point[j] : 1 − point[j])`: known coordinates choose, or scale. */
const atIndex = (point: readonly StepValue[], index: number): StepValue => {
  let scale = 1;
  let [bits, own]: [number, StepValue[]] = [0, []];
  for (const [j, coordinate] of point.entries()) {
    const bit = Math.floor(index / 2 ** j) % 2;
    const known = knownOf(coordinate);
    if (known !== null) scale = mul1(scale, bit === 1 ? known : sub(ext(1), ext(known))[0]);
    else {
      bits += bit * 2 ** own.length;
      own = [...own, coordinate];
    }
  }
  if (scale === 0 || own.length === 0) return number(scale);
  return product(
    made(
      eqAt(
        own.map(({ shadow }) => shadow),
        bits,
      ),
      (step) => step.equalIndex(own, bits),
    ),
    number(scale),
  );
};

/** `Σ eq(point, i)` over i < size: highest coordinates that are bits choose a half. */
const lower = (point: readonly StepValue[], size: number): StepValue => {
  if (size >= 2 ** point.length) return number(1);
  const half = 2 ** (point.length - 1);
  const [rest, top] = [point.slice(0, -1), knownOf(point.at(-1)!)];
  if (top === 0) return lower(rest, size);
  if (top === 1) return size <= half ? number(0) : lower(rest, size - half);
  const shadow = below(
    point.map((coordinate) => coordinate.shadow),
    size,
  );
  return made(shadow, (step) => step.below(point, size));
};

const shadowsOf = (values: readonly StepValue[]): Ext[] => values.map(({ shadow }) => shadow);

export const STEPS: Arithmetic<StepValue> = {
  number,
  add: (a, b) => {
    if (isZero(a.shadow)) return b;
    if (isZero(b.shadow)) return a;
    return made(add(a.shadow, b.shadow), (step) => step.add(step.value(a), step.value(b)));
  },
  sub: (a, b) =>
    isZero(b.shadow) ? a : made(sub(a.shadow, b.shadow), (step) => step.sub(step.value(a), step.value(b))),
  mul: product,
  neg: (a) => product(a, number(-1)),
  eqAt: atIndex,
  eqPoints: (a, b) =>
    a.length === 0 ? number(1) : made(eqPoints(shadowsOf(a), shadowsOf(b)), (step) => step.equalPoints(a, b)),
  below: lower,
  indexBelow: (point, size) => made(indexBelow(shadowsOf(point), size), (step) => step.below(point, size) + 1),
  isZero: ({ shadow }) => isZero(shadow),
  same: (a, b) => equal(a.shadow, b.shadow),
};

/** Draws shadows, the same ones each time a program is written. */
export class Shadows {
  private readonly transcript = new Transcript();

  /** What a record holds, with a shadow: one drawn here unless it is known. */
  of(ref: Ref, shadow = this.next()): StepValue {
    return { ...ref, shadow };
  }

  private next(): Ext {
    this.transcript.absorb(new Uint8Array());
    return this.transcript.challenge();
  }
}
