import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { example } from '../../training/example.ts';
import { fitSiteModel, type PipelineOptions } from '../../training/pipeline.ts';
import { imitations, ordinary } from '../../training/synthetic.ts';
import { hostParts } from '../host.ts';
import { decodeModel, encodeModel } from './artefact.ts';
import { calibrated } from './calibration.ts';
import { bins } from './ngrams.ts';
import { scoreSite } from './site-model.ts';

const fit = { epochs: 3, learningRate: 0.3, l2: 1e-6, seed: 7 };
const RECIPE: PipelineOptions = {
  views: [
    { hashing: { view: 'grams', bits: 10, salt: 1 }, fit },
    { hashing: { view: 'words', bits: 8, salt: 2 }, fit },
  ],
  stack: {
    layout: 'full',
    boost: { trees: 10, depth: 3, learningRate: 0.1, l2: 1, rowShare: 0.7, featureShare: 0.7, seed: 3 },
  },
};
const examples = [
  ...imitations(300, 5).map((h) => example(h, true)),
  ...ordinary(300, 6).map((h) => example(h, false)),
];

test('training twice gives the same bytes, and the file decodes to the same model', () => {
  const first = fitSiteModel(examples, RECIPE);
  const text = JSON.stringify(encodeModel(first));
  assert.equal(JSON.stringify(encodeModel(fitSiteModel(examples, RECIPE))), text);
  const again = decodeModel(JSON.parse(text));
  for (const e of examples.slice(0, 50)) assert.deepEqual(scoreSite(again, e.parts), scoreSite(first, e.parts));
});

test('a mini model separates what it was trained on', () => {
  const model = fitSiteModel(examples, RECIPE);
  const mean = (hosts: readonly string[]) =>
    hosts.reduce((sum, h) => sum + scoreSite(model, hostParts(h)).ppm, 0) / hosts.length;
  assert.ok(mean(imitations(100, 99)) > 800_000);
  assert.ok(mean(ordinary(100, 98)) < 200_000);
});

test('calibration is monotonic and stays between its knots', () => {
  const table = { logitMilli: [-2000, 0, 3000], ppm: [10_000, 400_000, 990_000] };
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 10_000 }), fc.nat(5_000), (x, d) => {
      const [a, b] = [calibrated(table, x), calibrated(table, x + d)];
      assert.ok(a <= b && a >= 10_000 && b <= 990_000 && Number.isInteger(a));
    }),
  );
});

test('bins are distinct and in range for any host', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      fc.constantFrom('grams', 'words', 'suffix', 'label', 'spaced'),
      (text, view) => {
        const list = bins(hostParts(text), { view, bits: 9, salt: 5 });
        assert.equal(new Set(list).size, list.length);
        assert.ok(list.every((bin) => bin >= 0 && bin < 512));
      },
    ),
  );
});
