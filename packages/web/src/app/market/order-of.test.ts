import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderOf } from './order-of.ts';

const form = { prices: [500_000, 500_000], outcome: 0, mode: 'spend', amount: '1.00', target: '75' } as const;

test('a sum becomes an order that spends exactly it', () => {
  assert.deepEqual(orderOf(form), { kind: 'order', order: { kind: 'spend', outcome: 0, amountMicroUsd: '1000000' } });
});

test('a percentage becomes an order to that price', () => {
  assert.deepEqual(orderOf({ ...form, mode: 'move', target: '62,5 %' }), {
    kind: 'order',
    order: { kind: 'to-probability', outcome: 0, probabilityPpm: 625_000 },
  });
});

test('what cannot be an order says why', () => {
  for (const amount of ['', '-1', 'abc', '0.0000001', '0.0001', '20000'])
    assert.equal(orderOf({ ...form, amount }).kind, 'invalid');
  for (const target of ['', '0', '100', '99.5', '50', 'x'])
    assert.equal(orderOf({ ...form, mode: 'move', target }).kind, 'invalid');
});
