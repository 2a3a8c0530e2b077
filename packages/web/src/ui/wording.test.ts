import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { headline, outcomeWords, sentence } from './wording.ts';

const SCAM = ['scam', 'legitimate'];

test('the words follow the price', () => {
  assert.equal(headline(SCAM, [930_000, 70_000]).words, 'Very likely a scam');
  assert.equal(headline(SCAM, [300_000, 700_000]).words, 'Likely legitimate');
  assert.equal(headline(SCAM, [5_000, 995_000]).words, 'Almost certainly legitimate');
  assert.equal(headline(['yes', 'no'], [650_000, 350_000]).words, 'Likely yes');
});

test('near even odds nothing is claimed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 400_001, max: 599_999 }), (ppm) => {
      const words = ppm === 500_000 ? 'No answer yet' : 'Too close to call';
      assert.equal(headline(SCAM, [ppm, 1_000_000 - ppm]).words, words);
    }),
  );
});

test('even prices are no close call: they are what a market opens with', () => {
  assert.equal(headline(SCAM, [500_000, 500_000]).words, 'No answer yet');
  assert.equal(headline(['a', 'b', 'c', 'd'], [250_000, 250_000, 250_000, 250_000]).words, 'No answer yet');
  assert.equal(headline(SCAM, [500_001, 499_999]).words, 'Too close to call');
});

test('labels read as they are, except where grammar needs an article', () => {
  assert.equal(outcomeWords(SCAM, 0), 'a scam');
  assert.equal(outcomeWords(['delivered', 'not delivered'], 1), 'not delivered');
  assert.equal(outcomeWords(['constructor', 'x'], 0), 'constructor');
  assert.equal(sentence('a scam'), 'A scam');
});
