import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Account,
  type Accounts,
  accountAt,
  addAccount,
  eachAccount,
  NO_ACCOUNTS,
  positionOf,
  withAccount,
} from './accounts.ts';

const holder = (name: string, budgetMicroUsd = 0n): Account => ({
  account: name,
  depositedMicroUsd: 0n,
  budgetMicroUsd,
  shares: [],
});

const grown = (size: number): Accounts => {
  let accounts = NO_ACCOUNTS();
  for (let k = 0; k < size; k += 1) accounts = addAccount(accounts, holder(`a${k}`));
  return accounts;
};

test('accounts are found by name and come in order of arrival, across the sizes where the tree grows', () => {
  for (const size of [0, 1, 31, 32, 33, 1_024, 1_025, 33_000]) {
    const accounts = grown(size);
    assert.equal([...eachAccount(accounts)].length, size);
    for (const k of [0, 31, 32, 1_023, 1_024, size - 1])
      if (k >= 0 && k < size) {
        assert.equal(positionOf(accounts, `a${k}`), k);
        assert.equal(accountAt(accounts, k).account, `a${k}`);
      }
    assert.equal(positionOf(accounts, `a${size}`), -1);
  }
});

test('every version keeps what it held, whatever grows from it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ from: fc.nat(), name: fc.constantFrom('x', 'y', 'z', 'u', 'v'), budget: fc.bigInt() }), {
        maxLength: 60,
      }),
      (changes) => {
        const versions: { accounts: Accounts; model: Map<string, bigint> }[] = [
          { accounts: NO_ACCOUNTS(), model: new Map() },
        ];
        for (const { from, name, budget } of changes) {
          const { accounts, model } = versions[from % versions.length]!;
          const position = positionOf(accounts, name);
          const next =
            position < 0
              ? addAccount(accounts, holder(name, budget))
              : withAccount(accounts, position, holder(name, budget));
          versions.push({ accounts: next, model: new Map(model).set(name, budget) });
        }
        for (const { accounts, model } of versions) {
          const held = Array.from(eachAccount(accounts), (one) => [one.account, one.budgetMicroUsd]);
          assert.deepEqual(held, [...model]);
          for (const name of ['x', 'y', 'z', 'u', 'v']) assert.equal(positionOf(accounts, name) >= 0, model.has(name));
        }
      },
    ),
    { numRuns: 200 },
  );
});
