/**
 * A closed player: the same kind of model as the open ones, with a hash key, a seed and training names that the
 * attacker does not have. Trained here from what every checkout holds, so the bench needs no shared data.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scoreSite } from '../../packages/analysts/src/model/site-model.ts';
import { POPULAR_DOMAINS } from '../../packages/analysts/src/popular/popular-domains.ts';
import { BRANDS, hostParts } from '../../packages/analysts/src/pure.ts';
import { example } from '../../packages/analysts/training/example.ts';
import { fitSiteModel } from '../../packages/analysts/training/pipeline.ts';
import { ethPhishingDetect } from '../../packages/analysts/training/sources.ts';
import { imitations, ordinary } from '../../packages/analysts/training/synthetic.ts';
import { namesFor } from './attack.ts';

/** Names per brand that the closed player rehearses, by the attack's own generator under another seed. */
const REHEARSED = 40;

/** Host to probability in parts per million. `secret` is what the attacker lacks. */
export const closedPlayer = (secret: number): ((host: string) => number) => {
  const frozen = ethPhishingDetect(
    join(createRequire(import.meta.url).resolve('eth-phishing-detect/package.json'), '..'),
  ).hosts;
  const rehearsed = BRANDS.flatMap((brand, i) => namesFor(brand, REHEARSED, secret + i));
  const genuine = BRANDS.flatMap((brand) => brand.domains.flatMap((d) => [d, `app.${d}`]));
  const popular = POPULAR_DOMAINS.split('\n').flatMap((line) => line.split(': ')[1]?.split(' ') ?? []);
  const fair = [...genuine, ...popular, ...ordinary(12_000, secret)];
  const scams = [...frozen, ...rehearsed, ...imitations(8_000, secret)];
  const weight = scams.length / fair.length;
  const fit = { epochs: 4, learningRate: 0.3, l2: 1e-6, seed: secret };
  const examples = [...scams.map((h) => example(h, true)), ...fair.map((h) => example(h, false, weight))];
  const model = fitSiteModel(examples, { views: [{ hashing: { view: 'grams', bits: 16, salt: secret }, fit }] });
  return (host) => scoreSite(model, hostParts(host)).ppm;
};
