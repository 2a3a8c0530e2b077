/**
 * The model that is measured and never ships, trained on the dated list up to the day the test begins. Newer
 * listings weigh more, because campaigns go stale. Every setting was chosen on the quarter before the test, trained
 * up to that quarter's first day, against training hosts of legitimate projects set aside for it.
 */

import { BRANDS, hostParts } from '../../packages/analysts/src/pure.ts';
import { type Example, example } from '../../packages/analysts/training/example.ts';
import { imitations } from '../../packages/analysts/training/synthetic.ts';
import { type SitesData, TEST_FROM } from './data.ts';
import { boosted, stage } from './dated/fit.ts';

const DAY_MS = 86_400_000;
/** Newest listings used: older ones add time, not accuracy. */
const NEWEST = 40_000;
const HALF_LIFE_DAYS = 120;
/** The trees are trained on listings this new, read by views that are older. */
const STAGED_DAYS = 120;
const SCAM_TO_LEGITIMATE = 3;
/** In the trees, all legitimate hosts together weigh as much as all scams: the threshold lies deep among them. */
const STAGED_SCAM_TO_LEGITIMATE = 1;
const KNOWN_SHARE = 0.1;
/** Made-up imitations, as the shipped models get them. */
const IMITATIONS = 6_000;
const IMITATION_SHARE = 0.2;
const FIT = { epochs: 4, learningRate: 0.3, l2: 1e-6 };
const BOOST = { trees: 150, depth: 5, learningRate: 0.06, l2: 5, rowShare: 0.5, featureShare: 0.5, seed: 5 };
/** Models of other hashes and orders whose logits are added. */
const SEEDS = [11, 23];
const FORESTS = 2;

const spread = (hosts: readonly string[], weight: number, scam = false): Example[] =>
  hosts.map((h) => example(h, scam, weight / hosts.length));

type Training = {
  /** Newest first. */
  readonly listed: readonly Example[];
  readonly newest: ReadonlySet<Example>;
  readonly fair: readonly Example[];
  readonly examples: readonly Example[];
};

const trainingSet = (data: SitesData): Training => {
  const ageDays = (date: string): number => (Date.parse(TEST_FROM) - Date.parse(date)) / DAY_MS;
  const used = data.before.slice(0, NEWEST);
  const listed = used.map((d) => example(d.host, true, 2 ** (-ageDays(d.firstSeen) / HALF_LIFE_DAYS)));
  const newest = new Set(listed.filter((_, i) => ageDays(used[i]!.firstSeen) <= STAGED_DAYS));
  const scamWeight = listed.reduce((sum, e) => sum + e.weight, 0);
  const legitimateWeight = scamWeight / SCAM_TO_LEGITIMATE;
  const fair = spread([...data.trainLegitimate, ...data.allowList], legitimateWeight);
  const held = new Set([...data.wealthLegitimate, ...data.testLegitimate].map((host) => hostParts(host).registrable));
  const genuine = BRANDS.flatMap((brand) => brand.domains.flatMap((d) => [d, `app.${d}`, `docs.${d}`])).filter(
    (host) => !held.has(hostParts(host).registrable),
  );
  const examples = [
    ...listed,
    ...spread(imitations(IMITATIONS, 1), scamWeight * IMITATION_SHARE, true),
    ...fair,
    ...spread(genuine, legitimateWeight * KNOWN_SHARE),
  ];
  return { listed, newest, fair, examples };
};

const fitOne = (
  { listed, newest, fair, examples }: Training,
  seed: number,
  progress: (what: string) => void,
): ((host: string) => number) => {
  const { rows, labels, final } = stage({ examples, listed, seed, fit: FIT }, newest, new Set(fair), progress);
  const legitimateWeight = newest.size / fair.length / STAGED_SCAM_TO_LEGITIMATE;
  const weights = Float64Array.from(labels, (scam) => (scam === 1 ? 1 : legitimateWeight));
  progress('trees');
  const logit = boosted(rows, labels, weights, BOOST, FORESTS);
  const read = final();
  return (host) => logit(read(hostParts(host)));
};

/** The measured model: host to logit. */
export const datedModel = (data: SitesData, progress: (what: string) => void): ((host: string) => number) => {
  const training = trainingSet(data);
  const models = SEEDS.map((seed) => fitOne(training, seed, progress));
  return (host) => models.reduce((sum, model) => sum + model(host), 0);
};
