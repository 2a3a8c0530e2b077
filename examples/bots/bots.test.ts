/** Both bots against an edge whose handlers check every signature; the game behind it is not under test here. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAddress, verifyAction, verifyTyped } from '@surety/core';
import type { SignedAction, WireDelegation } from '@surety/protocol';
import { ADDRESS, market, SAMPLES } from '../../packages/node/src/http/testing/samples.ts';
import { startTestServer } from '../../packages/node/src/http/testing/server.ts';

const key = (hex: string) => ({ x: `0x${hex.slice(2, 66)}`, y: `0x${hex.slice(66)}` }) as const;

const baited = { ...market, claim: { ...market.claim, subject: { kind: 'site', host: 'uniswap-claim.app' } as const } };

const runBot = async (command: string, parameters: readonly string[]): Promise<string> => {
  const delegations: WireDelegation[] = [];
  const actions: SignedAction[] = [];
  const server = await startTestServer({
    markets: async () => ({ ok: true, value: { markets: [baited], next: null } }) as never,
    market: async () => ({ ok: true, value: baited }),
    delegate: async ({ body }) => {
      delegations.push(body);
      return { ok: true, value: { account: body.wallet, sessionKey: body.sessionKey, expiresAt: body.expiresAt } };
    },
    act: async ({ body }) => {
      actions.push(body);
      return { ok: true, value: SAMPLES.act.output as never };
    },
  });
  try {
    const child = spawn(command, [...parameters, server.url, '--once'], { cwd: join(import.meta.dirname, '../..') });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0, output);
    const { chainId, receiptVerifier } = SAMPLES.network.output as { chainId: number; receiptVerifier: string };
    const [delegation] = delegations;
    assert.ok(delegation);
    assert.ok(parseAddress(delegation.wallet).ok);
    assert.equal(delegation.operator, ADDRESS);
    const { x, y } = key(delegation.sessionKey);
    const { operator, wallet, scope, expiresAt, nonce, signature } = delegation;
    const limitMicroUsd = BigInt(delegation.limitMicroUsd);
    const message = { operator, wallet, sessionKeyX: x, sessionKeyY: y, scope, limitMicroUsd, expiresAt, nonce };
    const domain = { chainId, verifyingContract: receiptVerifier };
    assert.deepEqual(verifyTyped('Delegation', message, { domain, signature, address: wallet }), {
      ok: true,
      value: true,
    });
    assert.deepEqual(
      actions.map(({ action }) => action.type),
      ['surety/action/fund/v1', 'surety/action/order/v1'],
    );
    for (const { action, signature: signed, sessionKey } of actions) {
      assert.equal(sessionKey, delegation.sessionKey);
      assert.equal(action.operator, ADDRESS);
      assert.deepEqual(verifyAction(action, signed, key(sessionKey)), { ok: true, value: true });
    }
    return output;
  } finally {
    await server.close();
  }
};

const hasPython = spawnSync('python3', ['-c', 'import hashlib, hmac, secrets, urllib.request']).status === 0;

test('the Python bot signs as the protocol says', { skip: hasPython ? false : 'n/a: no python3 here' }, async () => {
  for (let run = 0; run < 3; run += 1) assert.match(await runBot('python3', ['examples/bots/python_bot.py']), /spent/);
});

test('the TypeScript bot signs as the protocol says', async () => {
  assert.match(await runBot(process.execPath, ['examples/bots/typescript_bot.ts']), /"kind":"order"/);
});
