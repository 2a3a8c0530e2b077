import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '@surety/core';
import fc from 'fast-check';
import { fromJson, toJson, toMap } from './codec.ts';

const amount = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });

test('amounts come back as the bigints they were, wherever they stand', () => {
  const value = fc.record({
    kind: fc.string(),
    at: fc.nat(),
    costMicroUsd: amount,
    order: fc.record({ sharesMicroShares: amount, outcome: fc.nat(15) }),
    sharesMicroShares: fc.array(amount),
    fills: fc.array(fc.record({ feeMicroUsd: amount, account: fc.string() })),
    nothing: fc.constant(null),
    sure: fc.boolean(),
  });
  fc.assert(
    fc.property(value, (each) => {
      assert.deepEqual(fromJson(JSON.parse(JSON.stringify(toJson(each))) as Json), structuredClone(each));
    }),
  );
});

test('documents that are hashed or signed keep every byte, also fields that look like amounts', () => {
  const evidence = { input: { costMicroUsd: '12', claim: { a: '1' } }, list: [{ feeMicroUsd: '3' }] };
  assert.deepEqual(fromJson({ evidence, leaf: { amountMicroUsd: '5' } }), { evidence, leaf: { amountMicroUsd: '5' } });
  assert.deepEqual(fromJson({ evidence: [{ evidenceId: 'x', evidence }] }), {
    evidence: [{ evidenceId: 'x', evidence }],
  });
});

test('absent fields are left out, maps are lists of pairs', () => {
  assert.deepEqual(toJson({ a: undefined, b: 1 }), { b: 1 });
  const map = new Map([['x', { amountMicroUsd: 7n }]]);
  assert.deepEqual(toMap(toJson(map)), map);
});
