import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, type Json } from '@surety/core';
import fc from 'fast-check';
import {
  type AccountEvent,
  type AccountState,
  accountInflow,
  accountValue,
  freeBond,
  initialAccount,
  stepAccount,
} from './account.ts';
import { accountGame } from './games.ts';

const KEY = 'key';
const amount = fc.bigInt({ min: -3n, max: 1_000n });
const at = fc.integer({ min: 1_000, max: 3_000 });
const nonce = fc.constantFrom('a', 'b', 'c', 'd');
const claimId = fc.constantFrom('one', 'two', 'three');
const place = fc.constant({ stream: 'market:one', purpose: 'budget' });
const cover = fc.record({ amountMicroUsd: amount, beneficiary: fc.constantFrom('x', 'y'), until: at });

const event: fc.Arbitrary<AccountEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('deposited' as const),
    depositId: fc.integer({ min: 1, max: 40 }).map(String),
    amountMicroUsd: amount,
    at,
  }),
  fc.record({ kind: fc.constant('sent' as const), amountMicroUsd: amount, to: place, at }),
  fc.record({
    kind: fc.constant('sent' as const),
    amountMicroUsd: amount,
    to: place,
    sessionKey: fc.constant(KEY),
    nonce,
    at,
  }),
  fc.record({ kind: fc.constant('received' as const), amountMicroUsd: amount, from: place, at }),
  fc.record({
    kind: fc.constant('delegated' as const),
    sessionKey: fc.constant(KEY),
    scope: fc.constant('trade'),
    limitMicroUsd: amount,
    expiresAt: at,
    nonce: fc.integer({ min: 0, max: 5 }),
    at,
  }),
  fc.record({ kind: fc.constant('bond-posted' as const), amountMicroUsd: amount, at }),
  fc.record({ kind: fc.constant('cover-reserved' as const), claimId, at, cover }),
  fc.record({ kind: fc.constant('cover-released' as const), claimId, at }),
  fc.record({ kind: fc.constant('cover-paid' as const), claimId, at }),
  fc.record({ kind: fc.constant('withdrawal-authorised' as const), amountMicroUsd: amount, nonce, at }),
  fc.record({ kind: fc.constant('withdrawal-forced' as const), deadline: at, at }),
  fc.record({ kind: fc.constant('force-ended' as const), at }),
);

const bytesOf = (state: AccountState): string => Buffer.from(encode(accountGame.encodeState(state))).toString();

const after = (...events: readonly AccountEvent[]): AccountState =>
  events.reduce((before, next) => {
    const step = stepAccount(before, next);
    assert.ok(step.kind === 'accepted', step.kind === 'refused' ? step.problem.message : '');
    return step.state;
  }, initialAccount('0x'));

const codeOf = (state: AccountState, next: AccountEvent): string => {
  const step = stepAccount(state, next);
  return step.kind === 'refused' ? step.problem.code : 'accepted';
};

const deposit = (depositId: string, amountMicroUsd: bigint): AccountEvent => ({
  kind: 'deposited',
  depositId,
  amountMicroUsd,
  at: 1,
});

test('whatever happens: nothing below zero, covers fit the bond, value is what came less what went', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let state = initialAccount('0x');
      let inflow = 0n;
      for (const each of events) {
        const before = bytesOf(state);
        const twin = accountGame.decodeState(JSON.parse(before) as Json);
        const next = accountGame.decodeEvent(JSON.parse(JSON.stringify(accountGame.encodeEvent(each))) as Json);
        const came = accountInflow(state, next);
        const step = stepAccount(state, next);
        const other = stepAccount(twin, next);
        assert.equal(bytesOf(state), before);
        assert.equal(other.kind, step.kind);
        if (step.kind === 'refused' || other.kind === 'refused') continue;
        assert.equal(bytesOf(other.state), bytesOf(step.state));
        state = step.state;
        inflow += came;
        assert.ok(state.balanceMicroUsd >= 0n && state.bondMicroUsd >= 0n && freeBond(state) >= 0n);
        assert.equal(accountValue(state), state.depositedMicroUsd - state.withdrawnMicroUsd + inflow);
        const { spentMicroUsd = 0n } = state.delegations.get(KEY) ?? {};
        assert.ok(spentMicroUsd >= 0n);
      }
    }),
    { numRuns: 500, seed: 11 },
  );
});

test('a deposit counts once, whatever order the chain tells of it', () => {
  const state = after(deposit('7', 100n));
  assert.equal(codeOf(state, deposit('7', 100n)), 'deposit.already-credited');
  assert.equal(codeOf(state, deposit('3', 100n)), 'deposit.already-credited');
  assert.equal(codeOf(state, deposit('10', 100n)), 'accepted');
});

test('a session key moves at most its limit over its life, however often it is renewed', () => {
  const delegated = (limitMicroUsd: bigint, n: number): AccountEvent => ({
    kind: 'delegated',
    sessionKey: KEY,
    scope: 'trade',
    limitMicroUsd,
    expiresAt: 9,
    nonce: n,
    at: 1,
  });
  const sent = (amountMicroUsd: bigint, n: string): AccountEvent => ({
    kind: 'sent',
    amountMicroUsd,
    to: { stream: 'market:one', purpose: 'budget' },
    sessionKey: KEY,
    nonce: n,
    at: 1,
  });
  const state = after(deposit('1', 100n), delegated(50n, 1), sent(40n, 'a'), delegated(50n, 2));
  assert.equal(codeOf(state, sent(11n, 'b')), 'session.limit-exceeded');
  assert.equal(codeOf(state, sent(10n, 'a')), 'action.replayed');
  assert.equal(codeOf(state, sent(10n, 'b')), 'accepted');
  assert.equal(codeOf(state, delegated(500n, 2)), 'session.stale-delegation');
  assert.equal(codeOf(after(deposit('1', 100n)), sent(1n, 'b')), 'session.limit-exceeded');
});

test('cover is reserved once for a claim, out of the free bond, and ends once', () => {
  const reserved = (claim: string, amountMicroUsd: bigint): AccountEvent => ({
    kind: 'cover-reserved',
    claimId: claim,
    at: 1,
    cover: { amountMicroUsd, beneficiary: 'x', until: 9 },
  });
  const bonded = after(deposit('1', 100n), { kind: 'bond-posted', amountMicroUsd: 60n, at: 1 });
  assert.equal(codeOf(bonded, reserved('one', 61n)), 'cover.bond-exhausted');
  assert.equal(codeOf(bonded, reserved('one', -1n)), 'amount.negative');
  const state = after(deposit('1', 100n), { kind: 'bond-posted', amountMicroUsd: 60n, at: 1 }, reserved('one', 60n));
  assert.equal(codeOf(state, reserved('one', 1n)), 'cover.settled');
  assert.equal(codeOf(state, reserved('two', 1n)), 'cover.bond-exhausted');
  const paid = stepAccount(state, { kind: 'cover-paid', claimId: 'one', at: 2 });
  assert.ok(paid.kind === 'accepted' && paid.state.bondMicroUsd === 0n);
  assert.equal(codeOf(paid.state, { kind: 'cover-paid', claimId: 'one', at: 3 }), 'cover.none');
});

test('a demand authorises all cash and all that comes in, leaves the bond, and ends without a trace', () => {
  const from = { stream: 'market:one', purpose: 'budget' };
  const demanded = after(
    deposit('1', 100n),
    { kind: 'bond-posted', amountMicroUsd: 30n, at: 1 },
    { kind: 'withdrawal-forced', deadline: 9, at: 1 },
    { kind: 'withdrawal-forced', deadline: 9, at: 2 },
    { kind: 'received', amountMicroUsd: 5n, from, at: 2 },
    deposit('2', 7n),
  );
  assert.deepEqual(
    [demanded.balanceMicroUsd, demanded.bondMicroUsd, demanded.withdrawnMicroUsd, demanded.depositedMicroUsd],
    [0n, 30n, 82n, 107n],
  );
  const sent: AccountEvent = { kind: 'sent', amountMicroUsd: 1n, to: from, at: 2 };
  assert.equal(codeOf(demanded, sent), 'account.insufficient-funds');
  const ended = stepAccount(demanded, { kind: 'force-ended', at: 3 });
  assert.ok(ended.kind === 'accepted');
  assert.ok(!('forced' in ended.state));
  const next = stepAccount(ended.state, deposit('3', 4n));
  assert.ok(next.kind === 'accepted' && next.state.balanceMicroUsd === 4n);
});
