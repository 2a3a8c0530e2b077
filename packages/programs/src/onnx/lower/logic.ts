/** Comparisons, by the sign of a difference, and truth values, by arithmetic on 0 and 1. */
import { malformed } from '../problems.ts';
import type { Lowering } from './call.ts';

const compare =
  (name: string, holds: (difference: number) => boolean): Lowering =>
  (call) =>
    call.g.unary(call.g.sub(call.x(0), call.x(1)), name, (d) => (holds(d) ? 1 : 0), 'bool');

/** Truth values and nothing else. */
const logic =
  (f: Lowering): Lowering =>
  (call) => {
    const odd = call.all().find(({ type }) => type !== 'bool');
    if (odd === undefined) return f(call);
    throw malformed(call.where, `${call.where} takes ${odd.type} for truth values.`, odd.type);
  };

export const LOGIC: Readonly<Record<string, Lowering>> = {
  Less: compare('negative', (d) => d < 0),
  LessOrEqual: compare('not positive', (d) => d <= 0),
  Greater: compare('positive', (d) => d > 0),
  GreaterOrEqual: compare('not negative', (d) => d >= 0),
  Equal: compare('zero', (d) => d === 0),
  And: logic((call) => call.g.mul(call.x(0), call.x(1))),
  Or: logic((call) => call.g.max(call.x(0), call.x(1))),
  Xor: logic((call) => call.g.unary(call.g.sub(call.x(0), call.x(1)), 'not zero', (d) => (d === 0 ? 0 : 1), 'bool')),
  Not: logic((call) => call.g.affine([call.x(0)], [-1], 1)),
};
