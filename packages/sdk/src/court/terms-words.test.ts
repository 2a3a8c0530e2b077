import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servingWords, unruledWords } from './terms-words.ts';

const serving = (costMicroUsd: string | null) => ({
  serving: { round: 1, feeMicroUsd: '10000', gas: 1_230_000, costMicroUsd },
});

test('a fee that is below its gas is named with both sums, and one that pays is not', () => {
  assert.match(servingWords(serving('2100000')) ?? '', /earns \$0\.01, and serving it takes about \$2\.10 of gas/);
  assert.match(servingWords(serving(null)) ?? '', /about 1,230,000 gas to serve\. Whether .* not known here/);
  assert.equal(servingWords(serving('10000')), null);
  assert.notEqual(servingWords(serving('10001')), null);
  assert.equal(servingWords({ serving: null }), null);
});

test('what stands without a ruling is said of each kind of court', () => {
  const said = (unruledStands: boolean, hasPeople: boolean): string => unruledWords({ unruledStands, hasPeople });
  assert.match(said(true, false), /Nobody is registered.*stands, right or wrong, and nobody can be called against it/);
  assert.match(said(true, true), /stands, right or wrong, unless somebody pays for people/);
  assert.match(said(false, false), /ends undecided.*Paying for people would bring nobody/);
  assert.match(said(false, true), /people are called if somebody pays/);
});
