import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS } from '@surety/core';
import fc from 'fast-check';
import { checkSubject } from './check-claim.ts';
import { interpretQuestion } from './interpret.ts';
import { parseQuestion } from './parse.ts';

const NOW = 1_795_300_000; // 2026-11-21
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

const read = (text: string) => {
  const result = parseQuestion(text, { now: NOW });
  assert.ok(result.ok, `${text}: ${result.ok ? '' : result.problem.message}`);
  return result.value;
};
const code = (text: unknown): string => {
  const result = parseQuestion(text, { now: NOW });
  return result.ok ? 'read' : result.problem.code;
};

test('sites, in the words people use', () => {
  const asked = [
    'Is uniswap.org a scam?', 'uniswap.org', 'uniswap.org?', 'uniswap.org legit?', 'is uniswap.org legit or a scam',
    'Is it safe to connect my wallet to uniswap.org?', 'can i trust uniswap.org', 'Should I buy from uniswap.org?', 'How safe is uniswap.org?',
    'Is the website uniswap.org trustworthy?', 'Does uniswap.org steal crypto?', 'Has uniswap.org been reported for phishing?',
    'Is uniswap.org impersonating Uniswap?', 'is uniswap.org the real Uniswap site?', 'Please check uniswap.org', 'Is "uniswap.org" fake?', 'what about uniswap.org',
    'Is that exchange my cousin recommended, uniswap.org, a scam?',
  ]; // biome-ignore format: one list
  for (const text of asked) assert.deepEqual(read(text).subject, { kind: 'site', host: 'uniswap.org' }, text);
});

test('addresses as tokens, contracts and accounts, on the chain that is named', () => {
  const rows: readonly (readonly [string, object, string])[] = [
    [`Is ${USDC} the real USDC?`, { kind: 'token', chainId: 1, address: USDC, symbol: 'USDC' }, 'genuine'],
    [`Is ${USDC} fake USDC?`, { kind: 'token', chainId: 1, address: USDC, symbol: 'USDC' }, 'genuine'],
    [`Is token ${USDC} on Base genuine?`, { kind: 'token', chainId: 8453, address: USDC }, 'genuine'],
    [
      `Is ${USDC} on Arbitrum One the genuine Tether USD token?`,
      { kind: 'token', chainId: 42161, address: USDC, name: 'Tether USD' },
      'genuine',
    ],
    [`Is the USDC at ${USDC} real?`, { kind: 'token', chainId: 1, address: USDC, symbol: 'USDC' }, 'genuine'],
    [`Is base:${USDC} the real $USDC`, { kind: 'token', chainId: 8453, address: USDC, symbol: 'USDC' }, 'genuine'],
    [
      `is eip155:10:${USDC} the real USDC.e`,
      { kind: 'token', chainId: 10, address: USDC, symbol: 'USDC.e' },
      'genuine',
    ],
    [`Is ${USDC} a scam token on chain 137?`, { kind: 'token', chainId: 137, address: USDC }, 'scam'],
    [`Is ${USDC} a drainer?`, { kind: 'address', chainId: 1, address: USDC }, 'scam'],
    [`Is the contract at ${USDC} malicious?`, { kind: 'contract', chainId: 1, address: USDC }, 'scam'],
    [`Should I approve ${USDC}?`, { kind: 'contract', chainId: 1, address: USDC }, 'scam'],
    [`Is it safe to send money to ${USDC.toLowerCase()}?`, { kind: 'address', chainId: 1, address: USDC }, 'scam'],
  ];
  for (const [text, subject, predicate] of rows) {
    assert.deepEqual(read(text).subject, subject, text);
    assert.equal(read(text).predicate, predicate, text);
  }
});

test('messages keep their text; deliveries their digests; forecasts their day', () => {
  assert.deepEqual(read('Is this message a scam: send your seed phrase to evil.com').subject, {
    kind: 'message',
    text: 'send your seed phrase to evil.com',
  });
  assert.deepEqual(read('Is this email legit?\n"Hello"').subject, { kind: 'message', text: 'Hello' });
  const work = read(`Was the work delivered as agreed? agreement sha256:${A} deliverable sha256:${B}: a logo`);
  assert.deepEqual(work.subject, { kind: 'delivery', agreementSha256: A, deliverableSha256: B, summary: 'a logo' });
  const forecast = read(
    'Will ETH be above $5,000 by 31 March 2027 according to CoinGecko https://www.coingecko.com/en/coins/ethereum?',
  );
  assert.equal(forecast.decidedBy, Date.UTC(2027, 3, 1) / 1000 - 1);
  assert.deepEqual(forecast.draft.rule, {
    kind: 'official',
    source: 'CoinGecko',
    url: 'https://www.coingecko.com/en/coins/ethereum',
  });
  assert.match(
    JSON.stringify(read('Will it rain in Paris tomorrow?').subject),
    /\[by 2026-11-23 23:59 UTC\]|\[by 2026-11-22 23:59 UTC\]/,
  );
});

test('what cannot be read is refused with the reason', () => {
  const rows: readonly (readonly [unknown, string])[] = [
    ['', 'input.empty'], ['\u200b', 'input.empty'], [null, 'input.malformed'], ['\ud800', 'input.malformed'], ['Is goo\ufffdgle.com a scam?', 'input.malformed'], ['x'.repeat(4_001), 'input.too-large'],
    ['uniswap.org '.repeat(120), 'input.too-large'],
    ['Is Uniswap a scam?', 'intent.no-subject'], ['Is uniswap.org or aave.com a scam?', 'intent.many-subjects'], ['who owns uniswap.org?', 'intent.not-understood'],
    ['Is 0x1234 a scam?', 'intent.bad-address'], [`Is 0x${A} a scam?`, 'intent.bad-address'], [`Is ${USDC.replace('A0', 'а0')} a scam?`, 'intent.bad-address'],
    [`Is ${USDC.replace('A0', 'a0')} a scam?`, 'intent.bad-checksum'], [`Is ${USDC} on Solana the real USDC?`, 'intent.unknown-chain'], [`Is ${USDC} on Blorp a scam?`, 'intent.unknown-chain'],
    ['Will it rain?', 'intent.no-deadline'], ['Will it rain by 01/02/2027?', 'intent.ambiguous-date'], ['Will it rain by 2027-02-31?', 'intent.ambiguous-date'], ['Will it rain by 2020-01-01?', 'intent.past-deadline'],
    ['Will it rain by 2099-01-01?', 'input.out-of-range'], ['Is this message a scam:', 'input.empty'], ['Was the work delivered as agreed?', 'intent.no-subject'],
    ['Will Vitalik Buterin be killed by 2027-01-01?', 'screening.violence'], ['Is javascript:alert(1) safe?', 'intent.bad-url'], ['Is http://127.1/ safe?', 'intent.private-host'],
  ]; // biome-ignore format: one table
  for (const [text, expected] of rows) assert.equal(code(text), expected, String(text).slice(0, 80));
});

test('a private key in a question is not repeated in the refusal', () => {
  const result = parseQuestion(`Is 0x${A} a scam?`, { now: NOW });
  assert.ok(!result.ok && !JSON.stringify(result.problem).includes(A));
});

test('property: any text is read or refused with a listed code, and every subject read is in normal form', () => {
  const words = fc.array(
    fc.constantFrom(
      'Is',
      'will',
      'the',
      'real',
      'scam',
      'uniswap.org',
      USDC,
      'on',
      'Base',
      'by',
      '2027-01-01',
      'USDC',
      'message',
      ':',
      '?',
      'a',
      'delivered',
      A,
      'hxxp://x[.]y',
      'аpple.com',
      'safe',
    ),
    { maxLength: 14 },
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    words.map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(text, (question) => {
      const result = parseQuestion(question, { now: NOW });
      if (result.ok) assert.equal(checkSubject(result.value.subject), null, question);
      else assert.ok(result.problem.code in ERRORS && result.problem.next.length > 0);
    }),
    { numRuns: 400 },
  );
});

test('an interpreter may only rephrase: its draft is read by the same grammar and screened again', async () => {
  const ask = (draft: unknown) =>
    interpretQuestion('my aunt sent me this uniswap thing', { now: NOW, interpreter: async () => draft });
  const good = await ask({ question: 'Is uniswap.org a scam?' });
  assert.deepEqual(good.ok && good.value.subject, { kind: 'site', host: 'uniswap.org' });
  for (const draft of [null, { question: 7 }, { question: 'Will Vitalik be killed by 2027-01-01?' }, { subject: {} }]) {
    const result = await ask(draft);
    assert.equal(!result.ok && result.problem.code, 'intent.no-subject');
  }
});
