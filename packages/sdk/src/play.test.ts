import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalystReport } from '@surety/core';
import fc from 'fast-check';
import { market } from '../../node/src/http/testing/samples.ts';
import { startTestServer } from '../../node/src/http/testing/server.ts';
import { openAccount } from './account.ts';
import { createClient } from './client.ts';
import { kellyOrder, play } from './play.ts';
import { createWallet } from './wallet.ts';

test('a Kelly bet never exceeds the budget, is on the side of the belief, and vanishes without an edge', () => {
  const ppm = fc.integer({ min: 1, max: 999_999 });
  fc.assert(
    fc.property(ppm, ppm, fc.integer({ min: 1, max: 1_000_000 }), (belief, price, kellyPpm) => {
      const budgetMicroUsd = 5_000_000n;
      const order = kellyOrder(belief, price, { budgetMicroUsd, kellyPpm });
      if (order === null) return;
      assert.ok(order.kind === 'spend');
      assert.equal(order.outcome, belief > price ? 0 : 1);
      assert.ok(BigInt(order.amountMicroUsd) <= budgetMicroUsd);
      assert.notEqual(belief, price);
    }),
  );
  assert.equal(kellyOrder(600_000, 600_000, { budgetMicroUsd: 1n, kellyPpm: 1 }), null);
  // At even odds full Kelly of a 75 % belief stakes half.
  const full = kellyOrder(750_000, 500_000, { budgetMicroUsd: 1_000_000n, kellyPpm: 1_000_000 });
  assert.deepEqual(full, { kind: 'spend', outcome: 0, amountMicroUsd: '500000' });
});

test('play bets once on each market, listed or opened later, and survives refusals', async () => {
  const ids = ['aa', 'bb', 'cc'].map((byte) => byte.repeat(32));
  const of = (marketId: string) => ({ ...market, marketId });
  const acted: string[] = [];
  const attached: string[] = [];
  const report: AnalystReport = {
    kind: 'analyst-report',
    analyst: 'me',
    program: 'my/model@1.0',
    input: { predicate: market.claim.predicate, subject: market.claim.subject },
    probabilityPpm: 900_000,
    saw: ['the name'],
    didNotSee: ['the page'],
    reasons: ['bait'],
    at: 1,
  };
  const server = await startTestServer({
    markets: async () => {
      server.streams.append('markets', 'opened', { marketId: ids[1]! });
      const { marketId, claim, plainWords, status, probabilitiesPpm, volumeMicroUsd, tradeCount, closesAt, answer } =
        of(ids[0]!);
      const listed = {
        marketId,
        claim,
        plainWords,
        status,
        probabilitiesPpm,
        volumeMicroUsd,
        tradeCount,
        closesAt,
        answer,
      };
      return { ok: true, value: { markets: [listed], next: null } };
    },
    market: async ({ params }) => ({ ok: true, value: of(params.marketId) }),
    act: async ({ body: { action } }) => {
      if (action.type === 'surety/action/order/v1') acted.push(action.marketId);
      if (action.type === 'surety/action/evidence/v1') {
        assert.equal(action.marketId, ids[acted.length], 'a report comes before the bet that rests on it');
        assert.deepEqual(action.evidence, report);
        attached.push(action.marketId);
      }
      const problem = { code: 'market.not-open', message: 'Closed.', next: 'Choose another.' } as const;
      if (acted.length === 2 && action.type === 'surety/action/order/v1') return { ok: false, problem };
      return { ok: true, value: { result: { kind: 'redeem', receiptId: ids[0]!, paidMicroUsd: '0' } } };
    },
  });
  const stop = new AbortController();
  try {
    const client = createClient({ url: server.url });
    const account = await openAccount({ client, wallet: createWallet() });
    const refusals: string[] = [];
    await play({
      client,
      account,
      believe: () => (acted.length === 1 ? 900_000 : { probabilityPpm: 900_000, report }),
      onTrade: (_, { kind }) => {
        if (acted.length === 1) server.streams.append('markets', 'opened', { marketId: ids[0]! });
        if (acted.length === 3) stop.abort();
        assert.equal(kind, 'redeem');
      },
      onRefusal: (_, { code }) => {
        refusals.push(code);
        server.streams.append('markets', 'opened', { marketId: ids[2]! });
      },
      signal: stop.signal,
    });
    assert.deepEqual(acted, ids);
    assert.deepEqual(attached, [ids[0], ids[2]]);
    assert.deepEqual(refusals, ['market.not-open']);
  } finally {
    stop.abort();
    await server.close();
  }
});
