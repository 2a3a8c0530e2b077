import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example } from '../../../packages/analysts/training/example.ts';
import { fitNet } from './net.ts';

const OPTIONS = {
  width: 4,
  hidden: 8,
  epochs: 60,
  learningRate: 0.1,
  decay: 1,
  dropBins: 0,
  dropHidden: 0,
  seed: 3,
};
/** A scam exactly where one of the two bins is present without the other: no linear model can say so. */
const BAGS = [[0], [1], [0, 1], []];
const examples = Array.from({ length: 80 }, (_, i) => example(`host${i}.example`, i % 4 < 2));
const flat = Uint32Array.from(examples.flatMap((_, i) => BAGS[i % 4]!));
const starts = Uint32Array.from([0, ...examples.map((_, i) => i + 1)], (i) =>
  Array.from({ length: i }, (_, k) => BAGS[k % 4]!.length).reduce((a, b) => a + b, 0),
);

const fit = () =>
  fitNet(
    [{ rows: { flat, starts }, bits: 2 }],
    examples.map(() => [1]),
    examples,
    OPTIONS,
  );

test('the network learns what depends on two bins at once', () => {
  const logit = fit();
  assert.deepEqual(
    BAGS.map((bag) => logit([bag], [1]) > 0),
    [true, true, false, false],
  );
});

test('the same seed gives the same logits', () => {
  const [first, second] = [fit(), fit()];
  for (const bag of BAGS) assert.equal(first([bag], [1]), second([bag], [1]));
});
