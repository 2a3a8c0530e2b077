import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyAction, verifyTyped } from '@surety/core';
import { delegation, signedAction } from '@surety/protocol';
import { createSession, loadSession, newSessionSecret, signAction, signDelegation } from './session.ts';
import { createWallet, loadWallet } from './wallet.ts';

const key = (hex: string) => ({ x: `0x${hex.slice(2, 66)}`, y: `0x${hex.slice(66)}` }) as const;

test('signed actions verify, have low s, and fit the schema', async () => {
  const wallet = createWallet();
  for (const session of [await createSession(), await loadSession(newSessionSecret())]) {
    for (let n = 0; n < 8; n += 1) {
      const signed = await signAction(
        { type: 'surety/action/fund/v1', marketId: 'ab'.repeat(32), amountMicroUsd: String(n) },
        { account: wallet.address, chainId: 31337, operator: wallet.address, session },
      );
      assert.ok(signedAction.safeParse(signed).success);
      assert.ok(verifyAction(signed.action, signed.signature, key(signed.sessionKey)).ok);
      const other = { ...signed.action, amountMicroUsd: '99' };
      assert.ok(!verifyAction(other, signed.signature, key(signed.sessionKey)).ok);
    }
  }
});

test('a delegation is signed by the wallet over the session key', async () => {
  const wallet = loadWallet('01'.repeat(32));
  const session = await createSession();
  const receiptVerifier = wallet.address;
  const operator = createWallet().address;
  const signed = await signDelegation({ wallet, session, chainId: 1, receiptVerifier, operator, limitMicroUsd: 5n });
  assert.ok(delegation.safeParse(signed).success);
  const { x, y } = key(session.sessionKey);
  const message = {
    operator,
    wallet: wallet.address,
    sessionKeyX: x,
    sessionKeyY: y,
    scope: signed.scope,
    limitMicroUsd: 5n,
    expiresAt: signed.expiresAt,
    nonce: signed.nonce,
  };
  const domain = { chainId: 1, verifyingContract: receiptVerifier };
  assert.ok(verifyTyped('Delegation', message, { domain, signature: signed.signature, address: wallet.address }).ok);
});
