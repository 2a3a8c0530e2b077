import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkClaim } from './check-claim.ts';
import { claimFromReading } from './claim-from-reading.ts';
import { parseQuestion } from './parse.ts';
import { plainWords } from './plain-words.ts';

const NOW = 1_795_300_000;
const ASKER = '0x00000000219ab540356cBB839Cbe05303d7705Fa';
const terms = { asker: ASKER, budgetMicroUsd: 50_000n, closesAt: NOW + 600, nonce: '0'.repeat(32), now: NOW };

const claimOf = (question: string, change: object = {}) => {
  const reading = parseQuestion(question, { now: NOW });
  assert.ok(reading.ok);
  return claimFromReading(reading.value, { ...terms, ...change });
};

test('a reading and its terms make a claim that reads back in plain words', () => {
  const claim = claimOf('Is uniswap-claim-rewards.app a scam?');
  assert.ok(claim.ok);
  assert.equal(
    plainWords(claim.value),
    'Is the site uniswap-claim-rewards.app a scam? Answers: scam or legitimate; 2 of 3 jurors that share nothing with the players decide, ' +
      'or it is refunded as undecided. You pay $0.05 to open its market, which closes at 2026-11-21 22:36 UTC.',
  );
});

test('a claim from outside is checked strictly', () => {
  const made = claimOf('Is uniswap.org a scam?');
  assert.ok(made.ok);
  const claim = made.value;
  const code = (change: object): string => {
    const result = checkClaim({ ...claim, ...change }, { now: NOW });
    return result.ok ? 'ok' : result.problem.code;
  };
  assert.equal(code({}), 'ok');
  assert.equal(code({ extra: 1 }), 'input.unknown-field');
  assert.equal(code({ subject: { kind: 'site', host: 'Uniswap.org' } }), 'input.malformed');
  assert.equal(code({ subject: { kind: 'site', host: 'xn--a.com' } }), 'intent.bad-host');
  assert.equal(
    code({ subject: { kind: 'site', host: 'uniswap.org', url: 'https://evil.xyz/a' } }),
    'input.not-canonical',
  );
  assert.equal(
    code({ subject: { kind: 'site', host: 'uniswap.org', url: 'https://uniswap.org/#a' } }),
    'input.not-canonical',
  );
  assert.equal(code({ subject: { kind: 'message', text: 'a\u200bb' } }), 'input.not-canonical');
  assert.equal(code({ predicate: 'happens' }), 'input.out-of-range');
  assert.equal(code({ outcomes: ['legitimate', 'scam'] }), 'input.out-of-range');
  assert.equal(code({ budgetMicroUsd: '-1' }), 'amount.negative');
  assert.equal(code({ budgetMicroUsd: '0.5' }), 'amount.not-integer');
  assert.equal(code({ budgetMicroUsd: '1000000000001' }), 'input.out-of-range');
  assert.equal(code({ closesAt: NOW }), 'intent.past-deadline');
  assert.equal(code({ closesAt: NOW + 10 * 365 * 86_400 }), 'input.out-of-range');
  assert.equal(code({ asker: ASKER.toLowerCase() }), 'input.malformed');
  const harm = {
    subject: { kind: 'forecast', statement: 'Will Trump be killed by 2027-01-01?' },
    predicate: 'happens',
    outcomes: ['yes', 'no'],
  };
  assert.equal(code(harm), 'screening.violence');
});

test('a market may not outlive its forecast', () => {
  const claim = claimOf('Will it rain in Paris by 2026-12-01?', { closesAt: Date.UTC(2026, 11, 3) / 1000 });
  assert.equal(!claim.ok && claim.problem.field, 'closesAt');
});
