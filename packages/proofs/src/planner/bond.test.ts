import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { burntMicroUsd, coveringBond, deterringBond, lyingCostMicroUsd, rewardingBond } from './bond.ts';
import { ceilDiv, E18 } from './integers.ts';
import { ARBITER_RULES, type ArbiterRules } from './rules.ts';

const rules: fc.Arbitrary<ArbiterRules> = fc
  .tuple(fc.integer({ min: 1, max: 500_000 }), fc.integer({ min: 1, max: 499_999 }))
  .map(([rewardPpm, burnPpm]) => ({ ...ARBITER_RULES, rewardPpm, burnPpm }));
const amounts = fc.bigInt(0n, 10n ** 15n);
const chances = fc.bigInt(1n, E18 - 1n);

test('lying does not pay at the least bond, and pays a micro-dollar below it', () => {
  fc.assert(
    fc.property(amounts, chances, rules, (gain, missed, given) => {
      const bond = deterringBond(gain, missed, given)!;
      const pays = (at: bigint): boolean => gain * missed > burntMicroUsd(at, given) * (E18 - missed);
      assert.ok(!pays(bond));
      if (bond > 0n) assert.ok(pays(bond - 1n));
    }),
  );
});

test('where every lie is missed no bond is enough', () => {
  assert.equal(deterringBond(1n, E18, ARBITER_RULES), null);
});

test('even odds and a quarter burnt: four times the gain', () => {
  assert.equal(deterringBond(1_000_000n, E18 / 2n, ARBITER_RULES), 4_000_000n);
});

test('the reward of the least bond is what it has to be, and of a micro-dollar less is not', () => {
  fc.assert(
    fc.property(amounts, rules, (cost, given) => {
      const bond = rewardingBond(cost, given);
      const reward = (at: bigint): bigint => (at * BigInt(given.rewardPpm)) / 1_000_000n;
      assert.ok(reward(bond) >= cost);
      if (bond > 0n) assert.ok(reward(bond - 1n) < cost);
    }),
  );
});

test('the coverable part holds the cover, and three micro-dollars less of it would not', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 15n), rules, (cover, given) => {
      const bond = coveringBond(cover, given);
      const coverable = (at: bigint): bigint =>
        at - (at * BigInt(given.rewardPpm)) / 1_000_000n - burntMicroUsd(at, given);
      assert.ok(coverable(bond) >= cover);
      const less = bond - ceilDiv(3_000_000n, BigInt(1_000_000 - given.rewardPpm - given.burnPpm));
      if (less >= 0n) assert.ok(coverable(less) < cover);
    }),
  );
});

test('a liar who goes on until a lie stands pays at least the gain at the least bond', () => {
  fc.assert(
    fc.property(amounts, chances, rules, (gain, missed, given) => {
      assert.ok(lyingCostMicroUsd(deterringBond(gain, missed, given)!, missed, given) >= gain);
    }),
  );
});
