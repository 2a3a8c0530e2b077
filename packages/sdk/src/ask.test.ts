/** What a wallet is made to sign, by a node that cannot be believed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimIdOf, unwrap } from '@surety/core';
import { claimFromReading, parseQuestion, plainWords } from '@surety/intent';
import type { Reading } from '@surety/protocol';
import { ask } from './ask.ts';
import type { Client } from './client.ts';
import { createWallet } from './wallet.ts';

const wallet = createWallet();
const now = 1_800_000_000;
const read = unwrap(parseQuestion('Is uniswap-claim-rewards.app a scam?', { now }));
const money = { asker: wallet.address, budgetMicroUsd: 50_000n };
const claim = unwrap(claimFromReading(read, { ...money, closesAt: now + 600, nonce: '00'.repeat(16), now }));
const reading: Reading = {
  claim: claim as Reading['claim'],
  claimId: claimIdOf(claim),
  plainWords: plainWords(claim),
  warnings: [],
  looksAt: [],
  typedData: {},
  expiresAt: now + 600,
};

const asked = async (over: Partial<Reading>): Promise<string> => {
  const client = { read: async () => ({ ...reading, ...over }) } as unknown as Client;
  const options = { client, wallet, budgetMicroUsd: 50_000n, confirm: () => false };
  try {
    return (await ask('Is uniswap-claim-rewards.app a scam?', options)).kind;
  } catch (error) {
    return (error as { problem: { field: string } }).problem.field;
  }
};

test('nothing is signed whose words, id or payer are not those of its claim', async () => {
  assert.equal(await asked({}), 'declined');
  assert.equal(await asked({ plainWords: 'Is the site example.com a scam?' }), 'plainWords');
  assert.equal(await asked({ claimId: '00'.repeat(32) }), 'claimId');
  const other = { ...claim, asker: createWallet().address };
  assert.equal(await asked({ claim: other as Reading['claim'], claimId: claimIdOf(other) }), 'asker');
});
