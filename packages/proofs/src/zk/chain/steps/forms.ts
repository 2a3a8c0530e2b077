/**
 * What a verifier in steps knows of a value: a sum of parts, each something that was sent, or 1, times what it counts. Where
 * something is hidden, each value that was sent stands for itself less a pad: the twin of `channel/form.ts`. A part is computed
 * in the step that needs it.
 */
import { fromInteger, mul1, P } from '../../field/ext.ts';
import type { Maker, Ref, Register, StepWriter, Value } from './writer.ts';

export type Part = {
  /** Null where the part is known: 1. */
  readonly value: Value | null;
  /** The number of its pad, where it hides under one. */
  readonly pad: number | null;
  /** What it counts: an element of the base field, times what the step makes unless that is null. */
  readonly scale: number;
  readonly by: Maker | null;
};

export type StepForm = readonly Part[];

export const NOTHING: StepForm = [];

/** What a record holds. */
export const at =
  (ref: Ref): Maker =>
  (step) =>
    step.get(ref);

/** `1 −` what is made. */
export const rest =
  (make: Maker): Maker =>
  (step) =>
    step.sub(step.number(1), make(step));

export const times = (a: Maker | null, b: Maker | null): Maker | null => {
  if (a === null || b === null) return a ?? b;
  return (step) => step.mul(step.computed(a), step.computed(b));
};

/** A number that everybody can compute, times an integer. */
export const known = (make: Maker | null, integer = 1): StepForm =>
  integer === 0 ? [] : [{ value: null, pad: null, scale: fromInteger(integer), by: make }];

export const shown = (value: Value): StepForm => [{ value, pad: null, scale: 1, by: null }];

/** A form times an element of the base field, and what a step makes. */
export const scaled = (form: StepForm, scale: number, make: Maker | null = null): StepForm =>
  form.map((part) => ({ ...part, scale: mul1(part.scale, scale), by: times(part.by, make) }));

export const minus = (a: StepForm, b: StepForm): StepForm => [...a, ...scaled(b, P - 1)];

/** What a part comes to by what was sent, of a hidden value under its pad; times a weight where one is given. */
export const partIn = (step: StepWriter, { value, scale, by }: Part, weight?: Register): Register => {
  const factors = [
    ...(value === null ? [] : [step.value(value)]),
    ...(by === null ? [] : [step.computed(by)]),
    ...(weight === undefined ? [] : [weight]),
  ];
  const register = factors.length === 0 ? step.number(1) : factors.reduce(step.mul);
  return scale === 1 ? register : step.scale(register, scale);
};

/** Where in the data a part is read. */
export const offsetOf = ({ value }: Part): number | null => (value !== null && 'data' in value ? value.data : null);
