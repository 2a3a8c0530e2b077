/** Demographic parity, from counts that everybody sees. */
import { type Problem, show } from '@surety/core';

/** Of group 0, and of group 1. */
export type Pair = readonly [number, number];

const MILLION = 1_000_000n;
const PPM_A_PERCENT = 10_000;

/** Millionths as percent: `3.3334`, `40`. */
export const percentOf = (ppm: number): string => {
  const rest = `${ppm % PPM_A_PERCENT}`.padStart(4, '0').replace(/0+$/, '');
  return `${Math.floor(ppm / PPM_A_PERCENT)}${rest === '' ? '' : `.${rest}`}`;
};

/** Whether |positives₀ / members₀ − positives₁ / members₁| is at most `ppm` millionths; a problem where a group is empty. */
export const parityProblem = (positives: Pair, members: Pair, ppm: number): Problem | null => {
  const [p0, p1] = positives.map(BigInt) as [bigint, bigint];
  const [m0, m1] = members.map(BigInt) as [bigint, bigint];
  const apart = p0 * m1 - p1 * m0;
  const within = m0 > 0n && m1 > 0n && (apart < 0n ? -apart : apart) * MILLION <= BigInt(ppm) * m0 * m1;
  if (within) return null;
  return {
    code: 'proof.refuted',
    message: `Positive decisions: ${p0} of ${m0} in one group, ${p1} of ${m1} in the other.`,
    next: 'Do not say of the model that it is within the bound; with no one in a group there is no rate to compare.',
    field: 'audit',
    value: show({ positives, members }),
    limit: `${percentOf(ppm)} percentage points apart`,
  };
};
