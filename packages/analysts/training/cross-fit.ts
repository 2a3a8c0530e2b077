/** A model of everything, calibrated on logits of hosts that the model giving them never saw. */

import type { HostParts } from '../src/host.ts';
import type { Calibration } from '../src/model/calibration.ts';
import { fitCalibration } from './calibrate.ts';
import type { CourtSet } from './court-sets.ts';
import { type Example, FOLDS } from './example.ts';

/** A kind of model: how it is fitted, and the logit (thousandths) that it gives. */
export type Kind<Model> = {
  readonly fit: (examples: readonly Example[]) => Model;
  readonly logitMilli: (model: Model, parts: HostParts) => number;
};

/** Knots at most; a set for calibration holds some thousand hosts of either kind. */
const BLOCKS = 25;

/**
 * Fits a model, and calibrates it at a prior of one half: legitimate hosts by the model of the other folds, scams that were
 * listed later than all it learned from, so that what a probability promises has outlived a change of campaigns.
 */
export const crossFit = <Model>(
  { training, later }: CourtSet,
  kind: Kind<Model>,
): { readonly model: Model; readonly calibration: Calibration } => {
  const folds = Array.from({ length: FOLDS }, (_, fold) => kind.fit(training.filter((e) => e.fold !== fold)));
  const held = [...later, ...training.filter((e) => !e.scam)];
  const calibration = fitCalibration(
    held.map((e) => kind.logitMilli(folds[e.fold]!, e.parts)),
    held.map((e) => e.scam),
    held.map((e) => e.weight),
    { blocks: BLOCKS },
  );
  return { model: kind.fit(training), calibration };
};
