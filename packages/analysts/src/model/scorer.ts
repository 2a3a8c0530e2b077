/** What a trained reader of host names comes down to, whatever is inside: a name in, a logit and a probability out. */

import type { HostParts } from '../host.ts';
import { decodeModel, type StoredModel } from './artefact.ts';
import { calibrated } from './calibration.ts';
import { decodeLetters, lettersMilli, type StoredLetters } from './letters.ts';
import { networkScorer, type StoredNetwork } from './network.ts';
import { scoreSite } from './site-model.ts';

type Calibrated = Pick<StoredModel, 'calibration'>;

export type StoredScorer =
  | StoredModel
  | ({ readonly letters: StoredLetters } & Calibrated)
  | ({ readonly network: StoredNetwork } & Calibrated);

export type Scorer = (parts: HostParts) => { readonly logitMilli: number; readonly ppm: number };

const after = (logitMilli: (parts: HostParts) => number, { calibration }: Calibrated): Scorer => {
  return (parts) => {
    const logit = logitMilli(parts);
    return { logitMilli: logit, ppm: calibrated(calibration, logit) };
  };
};

/**
 * The reader of an artefact.
 * @throws {SuretyError} where the file is damaged
 */
export const scorerOf = (stored: StoredScorer): Scorer => {
  if ('network' in stored) return after(networkScorer(stored.network), stored);
  if ('letters' in stored) {
    const table = decodeLetters(stored.letters);
    return after((parts) => lettersMilli(table, parts), stored);
  }
  const model = decodeModel(stored);
  return (parts) => scoreSite(model, parts);
};
