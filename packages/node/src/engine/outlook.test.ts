import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jurors as builtIn } from '@surety/analysts';
import { unwrap } from '@surety/core';
import { claimFromReading, parseQuestion } from '@surety/intent';
import { panelWarnings } from './outlook.ts';

const NOW = 1_800_000_000;
const jurors = builtIn().map((analyst) => ({ analyst }));

const warned = (question: string): readonly string[] => {
  const terms = {
    asker: '0x7f3A4c9B2D1E8F60A5b7C3d4E9f1a2B6C8D0e5F4',
    budgetMicroUsd: 50_000n,
    closesAt: NOW + 600,
    nonce: '00'.repeat(16),
    now: NOW,
  };
  return panelWarnings(unwrap(claimFromReading(unwrap(parseQuestion(question, { now: NOW })), terms)), jurors);
};

test('who asks about a site on shared hosting or an address hears before paying that no panel will decide', () => {
  assert.match(warned('Is my-app.vercel.app a scam?').join(), /^Anybody publishes under vercel\.app: .*undecided/);
  assert.match(warned('Is 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045 a scam?').join(), /^Too few independent jurors/);
});

test('nothing is said where a panel may decide', () => {
  for (const question of ['Is uniswap.org a scam?', 'Is 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 the real USDC?'])
    assert.deepEqual(warned(question), [], question);
});
