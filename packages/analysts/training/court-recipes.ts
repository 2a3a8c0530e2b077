/** Settings of the court's further families of site jurors. Salts and seeds differ from all others, so that accidents do. */

import { denseFeatures, type Layout } from '../src/model/dense.ts';
import { type LetterTable, lettersMilli } from '../src/model/letters.ts';
import { type LinearModel, logitMilli } from '../src/model/linear.ts';
import type { Hashing } from '../src/model/ngrams.ts';
import { type TreeModel, treesMilli } from '../src/model/trees.ts';
import { fitTrees } from './boost.ts';
import type { Kind } from './cross-fit.ts';
import { fitLetters } from './letters.ts';
import { fitLinear, quantise, rowsOf } from './linear.ts';
import { networkKind } from './network.ts';

/** In the order in which the data is shared out. */
export const COURT_FAMILIES = ['shape', 'suffix', 'meaning', 'spaced', 'letters', 'network', 'counts'] as const;

const linear = (hashing: Hashing, seed: number): Kind<LinearModel> => ({
  fit: (examples) => {
    const all = Uint32Array.from(examples, (_, i) => i);
    const options = { epochs: 6, learningRate: 0.3, l2: 1e-6, seed };
    return quantise(fitLinear(rowsOf(examples, hashing), examples, all, hashing.bits, options), hashing);
  },
  logitMilli,
});

const trees = (layout: Layout, seed: number): Kind<TreeModel> => ({
  fit: (examples) =>
    fitTrees(
      examples.map(({ parts }) => denseFeatures(parts, layout)),
      Uint8Array.from(examples, ({ scam }) => (scam ? 1 : 0)),
      Float64Array.from(examples, ({ weight }) => weight),
      { trees: 100, depth: 4, learningRate: 0.06, l2: 5, rowShare: 0.6, featureShare: 0.5, seed },
    ),
  logitMilli: (model, parts) => treesMilli(model, denseFeatures(parts, layout)),
});

const letters: Kind<LetterTable> = {
  fit: (examples) => fitLetters(examples, { bits: 14, salt: 605, stepMilli: 40, backOff: 3 }),
  logitMilli: lettersMilli,
};

export const COURT = {
  shape: trees('shape', 601),
  suffix: linear({ view: 'suffix', bits: 10, salt: 602 }, 602),
  meaning: trees('meaning', 603),
  spaced: linear({ view: 'spaced', bits: 13, salt: 604 }, 604),
  letters,
  counts: trees('counts', 607),
  network: networkKind({ steps: 1_500, seed: 606 }),
} as const;
