import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChainPlaced, chainPhaseWords, endWords } from './words.ts';

const appealable = (ruling: number | null): ChainPlaced => ({
  ...{ phase: 'appealable', labels: ['scam', 'legitimate'], jurors: 'ai' },
  ...{ round: 2, standing: 0, outcome: null },
  rounds: [{ ruling: null }, { ruling }, { ruling: null }, { ruling: null }],
});

test('what stands because no panel ruled is not called a ruling', () => {
  assert.equal(chainPhaseWords(appealable(0)), 'Round 2 ruled “scam”; it can be appealed.');
  assert.equal(
    chainPhaseWords(appealable(null)),
    'Round 2 had no ruling. “scam” stands unless somebody who is against it calls people.',
  );
});

test('an end says what it shows and what not', () => {
  const final = (round: number, ruling: number | null): ChainPlaced => ({
    ...appealable(ruling),
    ...{ phase: 'final', round, outcome: 0 },
  });
  assert.match(endWords(final(0, null)) ?? '', /Nobody challenged.*not show that anybody looked/);
  assert.match(endWords(final(2, null)) ?? '', /No panel ruled on it/);
  assert.match(endWords(final(2, 0)) ?? '', /does not show that it is true/);
  assert.match(endWords({ ...appealable(null), phase: 'undecided' }) ?? '', /nothing is said of the answer/);
  assert.equal(endWords(appealable(0)), null);
});
