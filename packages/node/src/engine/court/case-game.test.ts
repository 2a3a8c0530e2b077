import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needOf, totalOf } from '@surety/court';
import { LIFE_OPERATOR, personOf } from '../life.fixture.ts';
import { claimOf } from '../question.fixture.ts';
import { stepCase } from './case-game.ts';
import { CASE_LIMITS, type CaseState, type CaseStreamEvent, initialCase } from './case-state.ts';
import { policyOf } from './terms.ts';

const AT = 1_000;

const after = (state: CaseState, ...events: readonly CaseStreamEvent[]): CaseState =>
  events.reduce((before, event) => {
    const stepped = stepCase(before, event);
    assert.ok(stepped.kind === 'accepted');
    return stepped.state;
  }, state);

const proposed = (): CaseState => {
  const claim = claimOf();
  return after(initialCase('ab'.repeat(32)), {
    kind: 'propose',
    at: AT,
    proposer: LIFE_OPERATOR,
    outcome: 0,
    bondMicroUsd: 100_000n,
    caseId: `0x${'ab'.repeat(32)}`,
    chainId: 31_337n,
    court: LIFE_OPERATOR,
    outcomes: claim.outcomes.length,
    asker: claim.asker,
    rewardMicroUsd: 0n,
    policy: policyOf({ config: { courtSpeed: 1 } } as never, { claim, challengeSeconds: 300 }),
    exclusionRoot: null,
  });
};

const pay = (account: string, amountMicroUsd: bigint, reason: string): CaseStreamEvent => ({
  kind: 'fund',
  at: AT,
  account,
  outcome: 1,
  amountMicroUsd,
  reason,
});

test('who fills a rung is heard, however many crumbs with words of their own came before', () => {
  let state = proposed();
  const crumb = totalOf(needOf(state.game!, 1)!) / CASE_LIMITS.contributionOneIn;
  for (let i = 0; i < CASE_LIMITS.statements; i += 1)
    state = after(state, pay(personOf(Math.floor(i / CASE_LIMITS.statementsEach)), crumb, 'Noise.'));
  state = after(state, pay(personOf(100), crumb, 'There is no room for this.'));
  assert.equal(state.statements.length, CASE_LIMITS.statements);
  state = after(state, pay(personOf(101), 900_000_000n, 'This is what the case is about.'));
  assert.equal(state.game?.phase.kind, 'round');
  assert.deepEqual(
    state.statements.slice(CASE_LIMITS.statements).map(({ reason }) => reason),
    ['This is what the case is about.'],
  );
});

test('a case that has ended takes no advice', () => {
  const advised = { kind: 'advised', account: personOf(1), outcome: 1, reason: 'I think so.', at: AT } as const;
  const codeOf = (state: CaseState): string => {
    const stepped = stepCase(state, { ...advised, at: state.at });
    return stepped.kind === 'refused' ? stepped.problem.code : stepped.kind;
  };
  const open = proposed();
  assert.equal(codeOf(open), 'accepted');
  assert.equal(codeOf(after(open, { kind: 'advance', at: AT + 300 })), 'court.wrong-phase');
  assert.equal(codeOf(initialCase('ab'.repeat(32))), 'court.wrong-phase');
});
