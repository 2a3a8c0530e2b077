/** What a fingerprint shows (spec 19.8): agreement or doubt, never a refutation, so that nobody is slashed on it. */
import type { Finding } from '@surety/core';
import { type Distance, type Tolerance, within } from './compare.ts';

/** How often a tolerance errs, as somebody measured it; null where nobody did. */
export type Measured = {
  /** What was tried, in words that a reader can look up. */
  readonly on: string;
  /** Honest runs that it doubts, in parts per million. */
  readonly falsePositivePpm: number;
  /** Runs of other models that it lets through, the worst kind, in parts per million, and which kind. */
  readonly falseNegativePpm: number;
  readonly worstKind: string;
};

const NEVER_PROVED = [
  'that the output is that of the model: a fingerprint is of hidden activations',
  'that the provider ran anything: a whole fingerprint can be copied or made up',
  'that no close relative of the model was run, such as one that was trained on for some steps',
  'that the answer is right, or that the model is good',
] as const;

const percent = (ppm: number): string => `${ppm / 10_000} %`;

const rates = (measured: Measured | null): string =>
  measured === null
    ? 'a tolerance of which nobody measured how often it errs'
    : `a tolerance that doubted ${percent(measured.falsePositivePpm)} of honest runs and let ${percent(measured.falseNegativePpm)} of runs of the nearest other model (${measured.worstKind}) through, measured on ${measured.on}`;

/** Whether a distance is reason to open a dispute; it decides none. */
export const raisesDoubt = (distance: Distance, tolerance: Tolerance): boolean => !within(distance, tolerance);

/**
 * The finding of a fingerprint.
 * @param source names the fingerprint, e.g. the SHA-256 of its bytes
 * @param model in words
 */
export const fingerprintFinding = (
  source: string,
  of: {
    readonly model: string;
    readonly distance: Distance;
    readonly tolerance: Tolerance;
    readonly measured: Measured | null;
  },
): Finding => {
  const { model, distance, tolerance, measured } = of;
  const doubt = raisesDoubt(distance, tolerance);
  const apart = `${percent(distance.errorPpm)} of the peak apart (${percent(tolerance.errorPpm)} allowed), ${percent(distance.missingPpm)} of its positions not among the largest (${percent(tolerance.missingPpm)} allowed)`;
  return {
    link: 'program',
    source,
    holds: doubt ? 'not-shown' : 'shown',
    summary: doubt
      ? `The fingerprint is not that of ${model} as it was run here: ${apart}. That may open a dispute and slashes nobody.`
      : `The fingerprint is like that of ${model} as it was run here: ${apart}.`,
    proves: doubt
      ? []
      : [{ property: 'agreement', of: `kept hidden activations with those of an own run of ${model}` }],
    assumes: [
      'that your own run of the model is as it was published',
      rates(measured),
      ...(doubt ? ['that another kernel, number format or machine does not differ by so much'] : []),
    ],
    doesNotProve: NEVER_PROVED,
    freshAt: null,
  };
};
