import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountState, initialAccount } from './account.ts';
import { coverFor, isDue } from './cover.ts';
import {
  ASKER,
  after,
  byPeople,
  CLOSES_AT,
  claimOf,
  decided,
  OPERATOR,
  opened,
  receiptEvent,
} from './question.fixture.ts';
import type { QuestionState } from './question.ts';

const bonded = (bondMicroUsd: bigint, covers: AccountState['covers'] = new Map()): AccountState => ({
  ...initialAccount(OPERATOR),
  bondMicroUsd,
  covers,
});

const amountOf = (state: QuestionState, payer = bonded(1_000_000_000n), now = CLOSES_AT): string | undefined =>
  coverFor(state, payer, { now, caseSeconds: 0 })?.amountMicroUsd;

test('cover is what the stake and the panel are worth, never more than the bond has for one beneficiary', () => {
  const state = decided(0);
  assert.equal(amountOf(state), '450000');
  assert.equal(amountOf(decided(0, opened({ ...claimOf(), valueAtStakeMicroUsd: '1000' }))), '1000');
  assert.equal(amountOf(state, bonded(44_999_999n)), undefined);
  const mine = new Map([['other', { amountMicroUsd: 9_600_000n, beneficiary: ASKER, until: CLOSES_AT }]]);
  assert.equal(amountOf(state, bonded(1_000_000_000n, mine)), undefined);
  const theirs = new Map([['other', { amountMicroUsd: 9_600_000n, beneficiary: OPERATOR, until: CLOSES_AT }]]);
  assert.equal(amountOf(state, bonded(1_000_000_000n, theirs)), '450000');
});

test('what an asker could milk carries no cover', () => {
  assert.equal(amountOf(decided(null)), undefined);
  assert.equal(amountOf(after(decided(0), byPeople(1, CLOSES_AT))), undefined);
  assert.equal(amountOf(decided(0), undefined, CLOSES_AT + 7 * 86_400), undefined);
  const lax = { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 1 } as const;
  assert.equal(amountOf(decided(0, opened({ ...claimOf(), rule: lax }))), undefined);
  const lonely = { kind: 'panel', seats: 1, quorum: 1, lossGainRatio: 9 } as const;
  assert.equal(amountOf(decided(0, opened({ ...claimOf(), rule: lonely }))), undefined);
  const bet = after(opened(), { kind: 'funded', account: ASKER, amountMicroUsd: 1n, at: CLOSES_AT - 1 });
  assert.equal(amountOf(decided(0, bet)), undefined);
});

test('cover runs as long as a case about the answer can', () => {
  const untilFor = (caseSeconds: number) =>
    coverFor(decided(0), bonded(1_000_000_000n), { now: CLOSES_AT, caseSeconds })?.until ?? 0;
  assert.equal(untilFor(0), CLOSES_AT + 7 * 86_400);
  assert.ok(untilFor(14 * 86_400) > CLOSES_AT + 14 * 86_400);
});

test('cover is due only if the answer was overturned while it ran', () => {
  const mark = receiptEvent('overturned:decided', 0, CLOSES_AT + 100);
  const state = after(decided(0), { ...mark, status: 'overturned' } as typeof mark);
  assert.equal(isDue(state, CLOSES_AT + 100), true);
  assert.equal(isDue(state, CLOSES_AT + 99), false);
  assert.equal(isDue(decided(0), CLOSES_AT + 100), false);
});
