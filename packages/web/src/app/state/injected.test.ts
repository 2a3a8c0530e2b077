import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Injected, sendStep } from './injected.ts';

const ACCOUNT = `0x${'a0'.repeat(20)}`;
const STEP = { chainId: 31_337, words: 'End the case.', call: 'finalise(7)', to: `0x${'c0'.repeat(20)}`, data: '0x12' };

/** A wallet on a chain, which signs whatever it is asked. */
const walletOn = (chainId: string) => {
  const signed: unknown[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    eth_chainId: chainId,
    eth_sendTransaction: '0x34',
    eth_getTransactionReceipt: { status: '0x1' },
  };
  const wallet: Injected = {
    request: async ({ method, params = [] }) => {
      if (method === 'eth_sendTransaction') signed.push(...params);
      return answers[method];
    },
  };
  return { wallet, signed };
};

test('a step is signed on the chain that it was shown for, and on no other', async () => {
  const here = walletOn('0x7a69');
  assert.deepEqual(await sendStep(here.wallet, ACCOUNT, STEP), { ok: true, value: '0x34' });
  assert.deepEqual(here.signed, [{ from: ACCOUNT, to: STEP.to, data: STEP.data, chainId: '0x7a69' }]);
  const elsewhere = walletOn('0x1');
  const sent = await sendStep(elsewhere.wallet, ACCOUNT, STEP);
  assert.match(sent.ok ? '' : sent.problem.message, /on chain 1; this court is on chain 31337/);
  assert.deepEqual(elsewhere.signed, []);
});
