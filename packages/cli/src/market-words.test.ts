import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Market } from '@surety/sdk';
import { chanceWords, decidedWords, readWords } from './market-words.ts';

const claim = { outcomes: ['scam', 'legitimate'] } as unknown as Market['claim'];

test('a probability is said of an outcome: where nothing is decided, by its name', () => {
  const decidedBy = { kind: 'undecided', reason: 'Nobody was sure.' } as const;
  const answer = { outcome: null, probabilityPpm: 659_000, status: 'provisional', decidedBy } as const;
  assert.equal(chanceWords({ claim, answer, probabilitiesPpm: [341_000, 659_000] }), 'legitimate 65.9 %');
  assert.equal(chanceWords({ claim, answer, probabilitiesPpm: [500_000, 500_000] }), '50.0 %');
  assert.equal(
    chanceWords({ claim, answer: { ...answer, outcome: 'scam' }, probabilitiesPpm: [659_000, 341_000] }),
    '65.9 %',
  );
});

test('money is called refunded only once it is', () => {
  const decidedBy = { kind: 'undecided', reason: 'Nobody was sure.' } as const;
  const answer = { outcome: null, probabilityPpm: 1, decidedBy } as const;
  assert.equal(decidedWords({ ...answer, status: 'provisional' }), 'nobody: refunded once that is final');
  assert.equal(decidedWords({ ...answer, status: 'final' }), 'nobody: refunded');
});

test('what was read is everything that some reader names, and unread only what none of them read', () => {
  const report = (saw: string[], didNotSee: string[]) => ({
    evidence: { kind: 'analyst-report', saw, didNotSee },
  });
  const market = (evidence: unknown[]): Market => ({ evidence }) as unknown as Market;
  assert.equal(
    readWords(market([report(['the name'], ['the page']), report(['the name', 'a list'], ['the page', 'DNS'])])),
    'the name; a list — not the page, as its readers say',
  );
  assert.equal(
    readWords(market([report(['the name'], ['the page']), report(['the page'], [])])),
    'the name; the page, as its readers say',
  );
  assert.equal(readWords(market([])), 'nothing');
});
