/** What the court's families are trained on: nobody else's names, a part each, and calibration on what no fold saw. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostParts } from '../src/host.ts';
import { KNOWN_SITES } from '../src/jurors/known-sites.ts';
import { courtSets } from '../training/court-sets.ts';
import { crossFit } from '../training/cross-fit.ts';
import { type Example, example } from '../training/example.ts';
import { legitimateSide } from '../training/sources.ts';
import { imitations, ordinary } from '../training/synthetic.ts';

const scams = imitations(400, 71);
/** No made-up name of the training sets is among them. */
const legitimate = ordinary(400, 72).map((host) => `real-${host}`);
const SOURCES = {
  taken: [...scams.slice(0, 50), 'taken-by-players.com'],
  scams: [
    ...scams,
    'sub.taken-by-players.com',
    'mine.pages.dev',
    'xn--mtamask-bya.io',
    '52.2.239.151',
    KNOWN_SITES[0]!,
    legitimate[0]!,
  ],
  later: [...scams.slice(100, 120), ...imitations(60, 73)],
  legitimate,
};
const domain = ({ parts }: Pick<Example, 'parts'>): string => parts.registrable;

test('no family learns from a name that is taken, legitimate, unreadable or another family’s', () => {
  const sets = courtSets(SOURCES, 3);
  const taken = new Set([...SOURCES.taken, ...KNOWN_SITES, ...legitimate].map((host) => hostParts(host).registrable));
  const own = sets.map(({ training }) => training.filter(({ scam }) => scam));
  assert.ok(own.every((part) => part.length > 50));
  const domains = own.flatMap((part) => part.map(domain));
  assert.equal(new Set(domains).size, domains.length);
  for (const { parts } of own.flat()) {
    assert.equal(taken.has(parts.registrable), false, parts.host);
    assert.equal(parts.sharedHosting || parts.isIp || parts.isIdn, false, parts.host);
  }
  for (const { later } of sets) {
    assert.ok(later.length > 20);
    for (const each of later) assert.equal(domains.includes(domain(each)) || taken.has(domain(each)), false);
  }
});

test('of the legitimate hosts only the jurors’ share is learned from', () => {
  const real = new Set(legitimate);
  for (const { training } of courtSets(SOURCES, 3))
    for (const { parts, scam } of training)
      if (!scam && real.has(parts.host)) assert.equal(legitimateSide(parts.host), 'jurors', parts.host);
});

test('no logit that calibrates comes from a model that saw the host, and training scams calibrate nothing', () => {
  const training = [
    ...imitations(40, 74).map((host) => example(host, true)),
    ...ordinary(40, 75).map((host) => example(host, false)),
  ];
  const later = imitations(40, 76).map((host) => example(host, true));
  const scored: { readonly seen: ReadonlySet<string>; readonly host: string }[] = [];
  const { model } = crossFit(
    { training, later },
    {
      fit: (examples) => new Set(examples.map(domain)),
      logitMilli: (seen, parts) => {
        scored.push({ seen, host: parts.registrable });
        return parts.label.length;
      },
    },
  );
  assert.equal(model.size, new Set(training.map(domain)).size, 'the model that is kept saw everything');
  assert.equal(scored.length, 80);
  const spoilt = new Set(later.map(domain));
  for (const { seen, host } of scored) assert.equal(seen.has(host) && !spoilt.has(host), false, host);
  const trainingScams = new Set(training.filter(({ scam }) => scam).map(domain));
  assert.ok(scored.every(({ host }) => spoilt.has(host) || !trainingScams.has(host)));
});
