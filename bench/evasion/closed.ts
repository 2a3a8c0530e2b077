/**
 * A closed player: the same kind of model as an open one, with a hash key, a seed and rehearsed names that the attacker
 * does not have. It is trained on listed scams, on legitimate crypto hosts (or it would call everything in the field a
 * scam) and on a few imitations of every brand, drawn as the attacker draws them but under another seed.
 */

import { scoreSite } from '../../packages/analysts/src/model/site-model.ts';
import { BRANDS, hostParts } from '../../packages/analysts/src/pure.ts';
import { type Example, example } from '../../packages/analysts/training/example.ts';
import { fitSiteModel } from '../../packages/analysts/training/pipeline.ts';
import type { SitesData } from '../sites/data.ts';
import { namesFor } from './attack.ts';

/** Names per brand that it rehearses, and their share of the weight of scams. */
const REHEARSED = 40;
const REHEARSED_SHARE = 0.5;
const LISTED = 40_000;
const GENUINE_SHARE = 0.2;

/** Host to probability in parts per million. `secret` is what the attacker lacks. */
export const closedPlayer = (data: SitesData, secret: number): ((host: string) => number) => {
  const spread = (hosts: readonly string[], scam: boolean, weight: number): Example[] =>
    hosts.map((h) => example(h, scam, weight / hosts.length));
  const listed = data.before.slice(0, LISTED).map((d) => d.host);
  const rehearsed = BRANDS.flatMap((brand, i) => namesFor(brand, REHEARSED, secret + i));
  const genuine = BRANDS.flatMap((brand) => brand.domains.flatMap((d) => [d, `app.${d}`]));
  const examples = [
    ...spread(listed, true, LISTED),
    ...spread(rehearsed, true, LISTED * REHEARSED_SHARE),
    ...spread(data.trainLegitimate, false, LISTED / 2),
    ...spread(genuine, false, (LISTED / 2) * GENUINE_SHARE),
  ];
  const fit = { epochs: 6, learningRate: 0.3, l2: 1e-6, seed: secret };
  const model = fitSiteModel(examples, { views: [{ hashing: { view: 'grams', bits: 17, salt: secret }, fit }] });
  return (host) => scoreSite(model, hostParts(host)).ppm;
};
