/**
 * A hashed linear model with 8-bit weights. Sums are integers; the one division and square root are correctly
 * rounded by IEEE 754, so every machine gets the same logit.
 */

import type { HostParts } from '../host.ts';
import { bins, type Hashing } from './ngrams.ts';

export type LinearModel = {
  readonly hashing: Hashing;
  readonly weights: Int8Array;
  /** What one step of a weight is worth, in millionths of a logit. */
  readonly stepMicro: number;
  /** Thousandths of a logit. */
  readonly biasMilli: number;
};

/** Logit of "scam" in thousandths. The sum is scaled by the root of the number of features, so length is not evidence. */
export const logitMilli = (model: LinearModel, parts: HostParts): number => {
  const features = bins(parts, model.hashing);
  let sum = 0;
  for (const bin of features) sum += model.weights[bin]!;
  const scaled = (sum * model.stepMicro) / (1000 * Math.sqrt(Math.max(1, features.length)));
  return model.biasMilli + Math.round(scaled);
};
