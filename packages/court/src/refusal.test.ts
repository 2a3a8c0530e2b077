import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS } from '@surety/core';
import fc from 'fast-check';
import {
  account,
  after,
  ais,
  begun,
  committing,
  drawing,
  ENOUGH,
  funding,
  hashOf,
  lastRound,
  ORACLE,
  PROPOSAL,
} from '../test/support.ts';
import { type CaseEvent, heldMicroUsd, step } from './index.ts';

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, 1, 252, 255, 256, -0, PROPOSAL.at, PROPOSAL.at + 4_000, Number.MAX_SAFE_INTEGER),
);
const amount = fc.oneof(fc.bigInt({ min: -(1n << 300n), max: 1n << 300n }), fc.constantFrom(0n, 1n, -1n, ENOUGH));
const who = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.constantFrom(account('ai 0'), account('ai 1'), account('x'), '__proto__', account('x').toLowerCase()),
);
const hash = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.constantFrom(hashOf('a'), hashOf('b'), `0x${'0'.repeat(64)}`, '0x'),
);

const candidate = fc.record({ juror: who, weight: amount, freeMicroUsd: amount, operator: who, cluster: number });

const event: fc.Arbitrary<CaseEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('propose' as const),
    at: number,
    caseId: hash,
    chainId: amount,
    court: who,
    outcomes: number,
    asker: who,
    rewardMicroUsd: amount,
    policy: fc.constantFrom(ORACLE, { ...ORACLE, beaconDelaySeconds: Number.NaN }, { ...ORACLE, auditor: '' }),
    exclusionRoot: fc.option(hash),
    proposer: who,
    outcome: number,
    bondMicroUsd: amount,
  }),
  fc.record({
    kind: fc.constant('fund' as const),
    at: number,
    account: who,
    outcome: fc.option(number),
    amountMicroUsd: amount,
  }),
  fc.record({
    kind: fc.constant('draw' as const),
    at: number,
    randomness: hash,
    source: fc.constantFrom('drand' as const, 'chain' as const),
    candidates: fc.array(candidate, { maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant('strike' as const), at: number, juror: who, proof: fc.array(hash, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('commit' as const), at: number, juror: who, commitment: hash }),
  fc.record({
    kind: fc.constant('show-early' as const),
    at: number,
    by: who,
    juror: who,
    outcome: number,
    reading: hash,
    salt: hash,
  }),
  fc.record({
    kind: fc.constant('reveal' as const),
    at: number,
    juror: who,
    outcome: number,
    reading: hash,
    salt: hash,
  }),
  fc.record({ kind: fc.constant('advance' as const), at: number }),
  fc.record({ kind: fc.constant('withdraw' as const), at: number, account: who }),
);

const open = begun({ exclusionRoot: hashOf('root') });
const called = after(open, funding('challenger', 1, ENOUGH, PROPOSAL.at));
const drawn = after(called, drawing(called, ais(3)));
const voting = after(drawn, committing(drawn, account('ai 0'), 1, lastRound(drawn).drawEndsAt));

test('whatever comes in, the game throws nothing, refuses by listed codes and leaves its state alone', () => {
  const states = [undefined, open, called, drawn, voting];
  const held = states.map((state) => (state === undefined ? 0n : heldMicroUsd(state)));
  fc.assert(
    fc.property(event, fc.nat({ max: states.length - 1 }), (any, i) => {
      const next = step(states[i], any);
      if (next.kind === 'refused') {
        assert.ok(next.problem.code in ERRORS);
        for (const said of [next.problem.message, next.problem.next, next.problem.field]) assert.ok(said);
      }
      const state = states[i];
      assert.equal(state === undefined ? 0n : heldMicroUsd(state), held[i]);
    }),
    { numRuns: 3_000, seed: 21 },
  );
});
