/**
 * The model that is measured and never ships: the same pipeline, trained on the dated list up to the day the
 * test begins. Newer listings weigh more (a year ago, an eighth), because campaigns go stale; how much more was chosen
 * on the quarter before the test.
 */

import { scoreSite } from '../../packages/analysts/src/model/site-model.ts';
import { BRANDS, hostParts } from '../../packages/analysts/src/pure.ts';
import { type Example, example } from '../../packages/analysts/training/example.ts';
import { fitSiteModel, type PipelineOptions } from '../../packages/analysts/training/pipeline.ts';
import { imitations } from '../../packages/analysts/training/synthetic.ts';
import { type SitesData, TEST_FROM } from './data.ts';

/** Newest listings used: older ones add time, not accuracy. */
const NEWEST = 60_000;
const YEAR_MS = 365 * 86_400_000;
const SCAM_TO_LEGITIMATE = 3;
const KNOWN_SHARE = 0.1;
/** Made-up imitations, as the shipped models get them. */
const IMITATIONS = 16_000;
const IMITATION_SHARE = 0.2;

const recipe = (seed: number): PipelineOptions => {
  const fit = { epochs: 6, learningRate: 0.3, l2: 1e-6, seed };
  return {
    views: [
      { hashing: { view: 'grams', bits: 18, salt: seed }, fit },
      { hashing: { view: 'words', bits: 16, salt: seed }, fit },
      { hashing: { view: 'suffix', bits: 12, salt: seed }, fit },
      { hashing: { view: 'label', bits: 17, salt: seed }, fit },
    ],
    stack: {
      layout: 'full',
      boost: { trees: 220, depth: 5, learningRate: 0.06, l2: 5, rowShare: 0.5, featureShare: 0.5, seed },
    },
  };
};

/** Seeds whose models' logits are averaged. */
const SEEDS = [11, 23];

const trainingSet = (data: SitesData): Example[] => {
  const age = (date: string): number => (Date.parse(TEST_FROM) - Date.parse(date)) / YEAR_MS;
  const scams = data.before.slice(0, NEWEST).map((d) => example(d.host, true, 8 ** -age(d.firstSeen)));
  const scamWeight = scams.reduce((sum, e) => sum + e.weight, 0);
  const legitimateWeight = scamWeight / SCAM_TO_LEGITIMATE;
  const spread = (hosts: readonly string[], weight: number, scam = false): Example[] =>
    hosts.map((h) => example(h, scam, weight / hosts.length));
  const genuine = BRANDS.flatMap((brand) => brand.domains.flatMap((d) => [d, `app.${d}`, `docs.${d}`]));
  return [
    ...scams,
    ...spread(imitations(IMITATIONS, 1), scamWeight * IMITATION_SHARE, true),
    ...spread(data.trainLegitimate, legitimateWeight),
    ...spread(genuine, legitimateWeight * KNOWN_SHARE),
  ];
};

/** The measured model: host to logit. */
export const datedModel = (data: SitesData, progress: (what: string) => void): ((host: string) => number) => {
  const examples = trainingSet(data);
  const models = SEEDS.map((seed) => fitSiteModel(examples, { ...recipe(seed), progress }));
  return (host) => {
    const parts = hostParts(host);
    return models.reduce((sum, model) => sum + scoreSite(model, parts).logitMilli, 0);
  };
};
