/** The settings of every shipped model, in one place. Salts differ so that hash collisions do. */

import type { BoostOptions } from './boost.ts';
import type { LinearOptions } from './linear.ts';
import type { PipelineOptions } from './pipeline.ts';

const fit = (seed: number): LinearOptions => ({ epochs: 6, learningRate: 0.3, l2: 1e-6, seed });
const boost = (trees: number, depth: number, seed: number): BoostOptions => ({
  trees,
  depth,
  learningRate: 0.06,
  l2: 5,
  rowShare: 0.6,
  featureShare: 0.5,
  seed,
});

export const PLAYER_CHARACTERS: PipelineOptions = {
  views: [{ hashing: { view: 'grams', bits: 15, salt: 101 }, fit: fit(101) }],
};

export const PLAYER_STACK: PipelineOptions = {
  views: [
    { hashing: { view: 'grams', bits: 16, salt: 201 }, fit: fit(201) },
    { hashing: { view: 'words', bits: 13, salt: 202 }, fit: fit(202) },
    { hashing: { view: 'suffix', bits: 10, salt: 203 }, fit: fit(203) },
    { hashing: { view: 'label', bits: 14, salt: 204 }, fit: fit(204) },
  ],
  stack: { layout: 'full', boost: boost(160, 5, 205) },
};

export const JUROR_GRAMS: PipelineOptions = {
  views: [{ hashing: { view: 'grams', bits: 14, salt: 301 }, fit: fit(301) }],
};

export const JUROR_TREES: PipelineOptions = {
  views: [
    { hashing: { view: 'label', bits: 13, salt: 401 }, fit: fit(401) },
    { hashing: { view: 'suffix', bits: 9, salt: 402 }, fit: fit(402) },
  ],
  stack: { layout: 'plain', boost: boost(100, 4, 403) },
};

export const JUROR_WORDS: PipelineOptions = {
  views: [
    { hashing: { view: 'words', bits: 13, salt: 501 }, fit: fit(501) },
    { hashing: { view: 'grams', bits: 13, salt: 502 }, fit: fit(502) },
  ],
  stack: { layout: 'plain', boost: boost(80, 4, 503) },
};
