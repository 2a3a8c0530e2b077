import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOfSecretKey, fromHex, sessionKeyOf, signAction, toHex, unwrap } from '@surety/core';
import type { Action, SignedAction } from '@surety/protocol';
import { type AccountState, initialAccount, stepAccount } from './account.ts';
import type { Context } from './context.ts';
import { derOfSignature } from './p256.ts';
import { ASKER, NOW, TRADER } from './question.fixture.ts';
import { checkSigned } from './signed.ts';

const CHAIN_ID = 31_337;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const OPERATOR = addressOfSecretKey(new Uint8Array(32).fill(9));
const SECRET = new Uint8Array(32).fill(7);
const OTHER_SECRET = new Uint8Array(32).fill(8);

const keyOf = (secret: Uint8Array): string => {
  const { x, y } = sessionKeyOf(secret);
  return `04${x.slice(2)}${y.slice(2)}`;
};

const account = ((): AccountState => {
  const step = stepAccount(initialAccount(ASKER), {
    kind: 'delegated',
    sessionKey: keyOf(SECRET),
    scope: 'trade',
    limitMicroUsd: 1_000n,
    expiresAt: NOW + 1_000,
    nonce: 1,
    at: NOW,
  });
  assert.ok(step.kind === 'accepted');
  return step.state;
})();

const contextAt = (now: number): Context =>
  ({
    now: () => now,
    network: { chainId: CHAIN_ID, receiptVerifier: TRADER, operator: OPERATOR, environment: 'development' },
    host: { peek: () => account, state: async () => account },
  }) as unknown as Context;

const action: Action = {
  type: 'surety/action/fund/v1',
  account: ASKER,
  chainId: CHAIN_ID,
  operator: OPERATOR,
  nonce: '0'.repeat(32),
  expiresAt: NOW + 60,
  marketId: '0'.repeat(64),
  amountMicroUsd: '5',
};

const signed = (over: Partial<Action> = {}, secret = SECRET): SignedAction => {
  const changed = { ...action, ...over } as Action;
  return { action: changed, account: ASKER, sessionKey: keyOf(secret), signature: signAction(changed, secret) };
};

const codeOf = async (envelope: SignedAction, now = NOW): Promise<string> => {
  const result = await checkSigned(contextAt(now), envelope);
  if (result.ok) return 'ok';
  assert.ok(result.problem.next.length > 0 && result.problem.message.length > 0);
  return result.problem.code;
};

test('an action passes by a delegated key, in time, in scope, on this chain', async () => {
  assert.equal(await codeOf(signed()), 'ok');
  assert.equal(await codeOf(signed({ chainId: 1 } as Partial<Action>)), 'action.wrong-network');
  assert.equal(await codeOf(signed({ account: TRADER } as Partial<Action>)), 'action.bad-signature');
  assert.equal(await codeOf(signed({ expiresAt: NOW - 1 } as Partial<Action>)), 'action.expired');
  assert.equal(await codeOf(signed({ expiresAt: NOW + 301 } as Partial<Action>)), 'action.expired');
  assert.equal(await codeOf(signed({}, OTHER_SECRET)), 'session.unknown');
  assert.equal(await codeOf(signed({ expiresAt: NOW + 1_060 } as Partial<Action>), NOW + 1_000), 'session.expired');
  const withdrawal = { ...action, type: 'surety/action/withdraw/v1', to: ASKER } as unknown as Partial<Action>;
  assert.equal(await codeOf(signed(withdrawal)), 'session.out-of-scope');
});

test('what was signed for operator A is refused by operator B, which names the field', async () => {
  const forOther = await checkSigned(contextAt(NOW), signed({ operator: TRADER } as Partial<Action>));
  assert.ok(!forOther.ok);
  const { code, field, value, limit } = forOther.problem;
  assert.deepEqual([code, field, value, limit], ['signature.wrong-operator', 'action.operator', TRADER, OPERATOR]);
  const carried = signed({ operator: TRADER } as Partial<Action>);
  const relabelled = { ...carried, action: { ...carried.action, operator: OPERATOR } };
  assert.equal(await codeOf(relabelled), 'action.bad-signature');
});

test('a forged or bent signature never passes', async () => {
  const good = signed();
  assert.equal(await codeOf({ ...good, action: { ...action, amountMicroUsd: '6' } as Action }), 'action.bad-signature');
  assert.equal(await codeOf({ ...good, signature: signAction(action, OTHER_SECRET) }), 'action.bad-signature');
  // The twin (r, n − s) verifies as well: were it taken, one action would have two texts.
  const bytes = unwrap(fromHex(good.signature));
  const high = (ORDER - BigInt(`0x${toHex(bytes.subarray(32))}`)).toString(16).padStart(64, '0');
  assert.equal(await codeOf({ ...good, signature: good.signature.slice(0, 64) + high }), 'signature.malformed');
  for (const signature of ['0'.repeat(128), 'f'.repeat(128), good.signature.slice(2)])
    assert.notEqual(await codeOf({ ...good, signature }), 'ok');
  for (let bit = 0; bit < 512; bit += 37) {
    const bent = Uint8Array.from(bytes);
    bent[bit >> 3]! ^= 1 << (bit & 7);
    assert.notEqual(await codeOf({ ...good, signature: toHex(bent) }), 'ok');
  }
});

test('an account that demands its cash on chain bets nothing', async () => {
  const step = stepAccount(account, { kind: 'withdrawal-forced', deadline: NOW + 9, at: NOW });
  assert.ok(step.kind === 'accepted');
  const context = { ...contextAt(NOW), host: { peek: () => step.state } } as unknown as Context;
  for (const type of ['surety/action/fund/v1', 'surety/action/challenge/v1', 'surety/action/stake/v1']) {
    const checked = await checkSigned(context, signed({ ...action, type } as typeof action));
    assert.equal(checked.ok ? '' : checked.problem.code, 'account.leaving');
  }
});

test('signatures become DER with the shortest positive integers', () => {
  const numbers = (r: string, s: string): string =>
    toHex(derOfSignature(unwrap(fromHex(r.padStart(64, '0') + s.padStart(64, '0')))));
  assert.equal(numbers('1', '7f'), '300602010102017f');
  assert.equal(numbers('80', 'ff00'), '300902020080020300ff00');
  assert.equal(numbers('0', '1'), '3006020100020101');
  const most = 'f'.repeat(64);
  assert.equal(numbers(most, most), `3046022100${most}022100${most}`);
});
