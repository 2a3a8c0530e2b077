import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MarketRecord } from '@surety/core';
import { chargeMicroUsd, curveAt, liquidityOf, moveCurve } from '@surety/markets';
import { loadPrograms, replayMarket } from './verify.ts';

const record = (): MarketRecord => {
  let curve = curveAt(liquidityOf(50_000_000n, 2), [0n, 0n]);
  const trades = [5_000_000n, -1_000_000n, 70_000_000n].map((delta, n) => {
    const next = moveCurve(curve, n % 2, delta);
    const costMicroUsd = chargeMicroUsd(curve, next).toString();
    curve = next;
    return { account: `0x${'11'.repeat(20)}`, outcome: n % 2, deltaMicroShares: delta.toString(), costMicroUsd, at: n };
  });
  return {
    kind: 'market-record',
    marketId: 'ab'.repeat(32),
    subsidyMicroUsd: '50000000',
    trades,
    omittedTrades: '0',
    quantities: curve.quantities.map(String),
    journalDigest: '00'.repeat(32),
  };
};

test('a market follows from its trades, and no other', () => {
  const good = record();
  const replayed = replayMarket(good, 2);
  assert.ok(replayed.ok && replayed.value.probabilitiesPpm[0]! > 500_000);
  const [first, ...rest] = good.trades;
  const wrong: readonly MarketRecord[] = [
    { ...good, trades: rest },
    { ...good, trades: [{ ...first!, costMicroUsd: '1' }, ...rest] },
    { ...good, trades: [{ ...first!, deltaMicroShares: `1${'0'.repeat(29)}` }, ...rest] },
    { ...good, quantities: ['0', '0'] },
    { ...good, subsidyMicroUsd: '0' },
    { ...good, subsidyMicroUsd: '51000000' },
  ];
  for (const bad of wrong) {
    const result = replayMarket(bad, 2);
    assert.ok(!result.ok && result.problem.code === 'market.replay-differs');
  }
});

test('programs run again from their input; unknown ones are not held', async () => {
  const { lookalikeAnalyst } = await import('@surety/analysts/pure');
  const programs = await loadPrograms();
  const subject = { kind: 'site', host: 'uniswap-claim.app' } as const;
  const reading = lookalikeAnalyst.readSync(subject);
  const run = programs.run(reading.program, { predicate: 'scam', subject });
  assert.deepEqual(run, { kind: 'reading', probabilityPpm: reading.probabilityPpm });
  assert.deepEqual(programs.run('surety/other@00', { predicate: 'scam', subject }), { kind: 'not-held' });
  assert.deepEqual(programs.run(reading.program, 7), { kind: 'not-held' });
});
