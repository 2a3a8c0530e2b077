import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode, type Json } from '@surety/core';
import { after, buying, funding, opened, USD } from '../test/support.ts';
import { decodeMarket, type EncodedMarket, encodeMarket } from './index.ts';

const market = after(
  opened({ feePpm: 10_000 }),
  funding('ann', 100n),
  funding('bob', 50n),
  buying('ann', 0, 30n * USD),
  { kind: 'attach-evidence', account: 'ann', evidenceId: 'e1', at: 2 },
);
const encoded = encodeMarket(market);

test('a market survives canonical JSON in every phase', () => {
  const closed = after(market, { kind: 'close', at: 1_000 });
  const resolved = after(closed, { kind: 'resolve', outcome: 1, decidedBy: 'panel' });
  for (const state of [opened(), market, closed, resolved, after(resolved, { kind: 'settle' })]) {
    const bytes = encode(encodeMarket(state));
    const json = decode(bytes);
    assert.ok(json.ok);
    const read = decodeMarket(json.value);
    assert.ok(read.ok);
    assert.deepEqual(encode(encodeMarket(read.value)), bytes);
  }
});

test('decoded and original go on alike', () => {
  const read = decodeMarket(encoded as unknown as Json);
  assert.ok(read.ok);
  const next = buying('bob', 1, 7n * USD);
  assert.deepEqual(encodeMarket(after(read.value, next)), encodeMarket(after(market, next)));
});

test('whatever does not add up is refused with the field', () => {
  const wrong = (change: (copy: Record<keyof EncodedMarket, unknown>) => void): string => {
    const copy = structuredClone(encoded) as Record<keyof EncodedMarket, unknown>;
    change(copy);
    const read = decodeMarket(copy as unknown as Json);
    assert.ok(!read.ok);
    return `${read.problem.code} ${read.problem.field}`;
  };
  assert.equal(
    wrong((copy) => (copy.makerMicroUsd = '1')),
    'input.malformed makerMicroUsd',
  );
  assert.equal(
    wrong((copy) => (copy.quantities = ['0', '0'])),
    'input.malformed quantities',
  );
  assert.equal(
    wrong((copy) => (copy.quantities = ['-1', '0'])),
    'input.malformed quantities',
  );
  assert.equal(
    wrong((copy) => (copy.quantities = [`${1n << 61n}`, '0'])),
    'input.malformed quantities',
  );
  assert.equal(
    wrong((copy) => (copy.accounts = [...encoded.accounts, encoded.accounts[0]])),
    'input.malformed accounts',
  );
  assert.equal(
    wrong((copy) => (copy.trades = -1)),
    'input.malformed trades',
  );
  assert.equal(
    wrong((copy) => (copy.tradesDigest = 'zz')),
    'input.malformed tradesDigest',
  );
  assert.equal(
    wrong((copy) => (copy.type = 'surety/market/v2')),
    'input.malformed type',
  );
  assert.equal(
    wrong((copy) => (copy.phase = { kind: 'paused' })),
    'input.malformed phase.kind',
  );
  assert.equal(
    wrong((copy) => (copy.phase = { kind: 'settled', ruling: { outcome: 0, decidedBy: 'x' } })),
    'input.malformed accounts',
  );
  assert.equal(
    wrong((copy) => (copy.terms = { ...encoded.terms, subsidyMicroUsd: '1.5' })),
    'amount.not-integer terms.subsidyMicroUsd',
  );
  assert.equal(
    wrong((copy) => (copy.terms = { ...encoded.terms, outcomes: 99 })),
    'input.malformed terms.outcomes',
  );
  assert.equal(
    wrong((copy) => Reflect.deleteProperty(copy, 'evidence')),
    'input.malformed market',
  );
  assert.ok(!decodeMarket(null).ok);
  assert.ok(!decodeMarket([]).ok);
});
