import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChainPlaced, chainPhaseWords } from './words.ts';

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
