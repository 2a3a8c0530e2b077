import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROPOSAL, refusal, withRounds } from '../test/support.ts';
import { type CourtPolicy, feesOf, POLICIES } from './index.ts';

const refused = (policy: CourtPolicy): string => refusal(undefined, { ...PROPOSAL, policy });

test('a policy keeps to its limits', () => {
  const { oracle } = POLICIES;
  assert.equal(refused({ ...oracle, rounds: [] }), 'input.out-of-range policy.rounds');
  assert.equal(refused({ ...oracle, rounds: oracle.rounds.toReversed() }), 'input.malformed policy.rounds.2.jurors');
  assert.equal(refused({ ...oracle, mostBondMicroUsd: 1n }), 'input.out-of-range policy.mostBondMicroUsd');
  for (const callMultiple of [1, 10, 2.5])
    assert.equal(refused({ ...oracle, callMultiple }), 'input.out-of-range policy.callMultiple');
  assert.equal(refused({ ...oracle, auditor: '0x12' }), 'input.malformed policy.auditor');
  assert.equal(refused({ ...oracle, challengeSeconds: 0 }), 'input.out-of-range policy.challengeSeconds');
  assert.equal(refused({ ...oracle, beaconDelaySeconds: -1 }), 'input.out-of-range policy.beaconDelaySeconds');
  assert.equal(refused({ ...oracle, leastBondMicroUsd: 0n }), 'input.out-of-range policy.leastBondMicroUsd');
  assert.equal(refused({ ...oracle, kind: '' }), 'input.out-of-range policy.kind');
});

test('a round keeps to its limits', () => {
  const changed = (change: Parameters<typeof withRounds>[0]): string => refused(withRounds(change));
  assert.equal(
    changed(() => ({ seats: 32 })),
    'input.out-of-range policy.rounds.0.seats',
  );
  assert.equal(
    changed(({ seats }) => ({ quorum: seats + 1 })),
    'input.out-of-range policy.rounds.0.quorum',
  );
  assert.equal(
    changed(() => ({ lossToGain: 0.5 })),
    'input.out-of-range policy.rounds.0.lossToGain',
  );
  assert.equal(
    changed(() => ({ feePerSeatMicroUsd: 0n })),
    'input.out-of-range policy.rounds.0.feePerSeatMicroUsd',
  );
  for (const name of ['drawSeconds', 'commitSeconds', 'revealSeconds', 'appealSeconds'] as const) {
    assert.equal(
      changed(() => ({ [name]: 30 * 86_400 + 1 })),
      `input.out-of-range policy.rounds.0.${name}`,
    );
  }
});

test('half of a default least bond pays every panel up to the first one of people', () => {
  for (const { leastBondMicroUsd, rounds } of Object.values(POLICIES)) {
    const fees = rounds.slice(0, 3).reduce((sum, round) => sum + feesOf(round), 0n);
    assert.ok(leastBondMicroUsd / 2n >= fees);
  }
});
