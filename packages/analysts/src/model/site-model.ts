/** A trained model of sites: hashed linear views, optionally boosted trees over them, and the calibration. */

import type { HostParts } from '../host.ts';
import { type Calibration, calibrated } from './calibration.ts';
import { denseFeatures, type Layout } from './dense.ts';
import { type LinearModel, logitMilli } from './linear.ts';
import { type TreeModel, treesMilli } from './trees.ts';

export type SiteModel = {
  readonly linear: readonly LinearModel[];
  /** Absent: the first linear view decides alone. */
  readonly stack?: { readonly layout: Layout; readonly model: TreeModel };
  readonly calibration: Calibration;
};

export type SiteScore = { readonly logitMilli: number; readonly ppm: number; readonly viewsMilli: readonly number[] };

/** The row the trees read: the views' logits, then the dense features. */
export const stackFeatures = (views: readonly number[], parts: HostParts, layout: Layout): number[] => [
  ...views,
  ...denseFeatures(parts, layout),
];

/** Scores one host. */
export const scoreSite = (model: SiteModel, parts: HostParts): SiteScore => {
  const viewsMilli = model.linear.map((linear) => logitMilli(linear, parts));
  const logit =
    model.stack === undefined
      ? viewsMilli[0]!
      : treesMilli(model.stack.model, stackFeatures(viewsMilli, parts, model.stack.layout));
  return { logitMilli: logit, ppm: calibrated(model.calibration, logit), viewsMilli };
};
