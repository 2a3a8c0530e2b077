import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badPolicy, lockOf } from '@surety/court';
import { SUBSIDY_MICRO_USD } from '@surety/markets';
import { claimOf } from '../question.fixture.ts';
import { contestCost, policyOf } from './terms.ts';

test('every market that can be opened has an answer that can be challenged', () => {
  for (const [subsidyMicroUsd, bondMicroUsd] of [
    [SUBSIDY_MICRO_USD.min, 100_000n],
    [250_000n, 250_000n],
    [SUBSIDY_MICRO_USD.max, 10_000_000_000n],
  ] as const) {
    const claim = { ...claimOf(), budgetMicroUsd: subsidyMicroUsd.toString() };
    const policy = policyOf({ config: { courtSpeed: 1 } } as never, { claim, challengeSeconds: 300 });
    assert.equal(badPolicy(policy), undefined);
    assert.equal(policy.leastBondMicroUsd, bondMicroUsd);
    assert.equal(contestCost(claim), 2n * bondMicroUsd + 100_000n);
    assert.ok(policy.rounds.every((round) => 2n * round.absenceMicroUsd <= lockOf(round)));
  }
});
