import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pricesOf, tradeOf } from './trade.ts';

const event = (data: never) => ({ stream: 'market:x', seq: 7, kind: 'traded', at: 100, data });

test('a trade is read with its fee', () => {
  const data = {
    account: '0xabc',
    outcome: 1,
    deltaMicroShares: '2000000',
    costMicroUsd: '900000',
    feeMicroUsd: '1000',
    probabilitiesPpm: [400_000, 600_000],
  };
  assert.deepEqual(tradeOf(event({ result: data } as never)), {
    seq: 7,
    at: 100,
    account: '0xabc',
    outcome: 1,
    deltaMicroShares: 2_000_000n,
    costMicroUsd: 901_000n,
    probabilitiesPpm: [400_000, 600_000],
  });
});

test('whatever else arrives is skipped, never thrown on', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      tradeOf(event(data as never));
      pricesOf(event(data as never));
    }),
  );
});
