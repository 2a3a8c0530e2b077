/**
 * What a verifier knows of a value that was sent to it. Where nothing is hidden that is the value. Where something is, the
 * prover sends each value plus a random pad, committed to beforehand: the verifier then knows `constant + Σ coefficient·pad`
 * and goes on computing with that; every check of a proof is linear in what was sent, but for a few products. What it all
 * comes down to is one linear statement about the pads (spec 18). Where nothing is hidden or bound, values of what is committed to are
 * not sent that only linear checks have: they are numbered as pads are, and stand in forms for themselves.
 */
import { add, type Ext, mul, neg, ONE, ZERO } from '../field/ext.ts';

export type Form = { readonly constant: Ext; readonly terms: readonly Term[] };

/** `coefficient · pad`, of the pad, or the value that was left, with that number. */
export type Term = { readonly pad: number; readonly coefficient: Ext };

export const known = (constant: Ext): Form => ({ constant, terms: [] });

/** A value that was left. */
export const unsent = (number: number): Form => ({ constant: ZERO, terms: [{ pad: number, coefficient: ONE }] });

export const sum = (forms: readonly Form[]): Form => ({
  constant: forms.reduce((total, { constant }) => add(total, constant), ZERO),
  terms: forms.flatMap(({ terms }) => terms),
});

export const scaled = ({ constant, terms }: Form, by: Ext): Form => ({
  constant: mul(constant, by),
  terms: terms.map(({ pad, coefficient }) => ({ pad, coefficient: mul(coefficient, by) })),
});

export const negated = ({ constant, terms }: Form): Form => ({
  constant: neg(constant),
  terms: terms.map(({ pad, coefficient }) => ({ pad, coefficient: neg(coefficient) })),
});

export const minus = (a: Form, b: Form): Form => sum([a, negated(b)]);

/** `Σ form·by`. */
export const combined = (parts: readonly (readonly [Form, Ext])[]): Form =>
  sum(parts.map(([form, by]) => scaled(form, by)));
