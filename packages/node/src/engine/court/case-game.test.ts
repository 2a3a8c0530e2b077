import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needOf, totalOf } from '@surety/court';
import type { Standing } from '../../places/places.ts';
import { LIFE_OPERATOR, personOf } from '../life.fixture.ts';
import { claimOf } from '../question.fixture.ts';
import { caseGame, stepCase } from './case-game.ts';
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

const PLACES = 256;
/** What any number of accounts say, one after the other; those that are refused say nothing. */
const flood = (state: CaseState, standings: readonly (Standing | undefined)[], name: string): CaseState =>
  standings.reduce((before, standing, i) => {
    const said = { kind: 'advised', account: `${name}${i}`, outcome: 1, reason: name, at: AT + i } as const;
    const stepped = stepCase(before, { ...said, ...(standing !== undefined && { standing }) });
    return stepped.kind === 'accepted' ? stepped.state : before;
  }, state);
const heard = ({ advice }: CaseState, name: string): number => advice.filter(({ reason }) => reason === name).length;
const free = (network: number, since: number): Standing => ({ kind: 'free', network, since });
const times = (count: number, standing: (i: number) => Standing): readonly Standing[] =>
  Array.from({ length: count }, (_, i) => standing(i));

test('a client that floods a case with accounts keeps nobody out who stands for more, comes from elsewhere or was there before', () => {
  const quiet = flood(proposed(), [free(9, 500)], 'early');
  const flooded = flood(
    quiet,
    times(2_000, (i) => free(i % 3, AT + i)),
    'flood',
  );
  assert.deepEqual([flooded.advice.length, heard(flooded, 'early')], [PLACES, 1]);
  const backed = flood(
    flood(
      flooded,
      times(96, () => ({ kind: 'person' })),
      'person',
    ),
    times(64, (i) => ({ kind: 'stake', stakeMicroUsd: BigInt(i + 1) })),
    'stake',
  );
  assert.deepEqual(
    ['person', 'stake', 'early', 'flood'].map((name) => heard(backed, name)),
    [96, 64, 1, 95],
  );
  const elsewhere = flood(
    backed,
    times(40, (i) => free(100 + i, AT + 5_000)),
    'elsewhere',
  );
  const neighbours = flood(
    elsewhere,
    times(5, () => free(1, 400)),
    'older neighbour',
  );
  assert.deepEqual(
    ['elsewhere', 'older neighbour', 'early'].map((name) => heard(neighbours, name)),
    [40, 5, 1],
  );
  assert.equal(neighbours.advice.length, PLACES);
  const late = stepCase(neighbours, {
    kind: 'advised',
    account: 'late',
    outcome: 1,
    reason: 'flood',
    at: AT + 9_000,
    standing: free(1, AT + 9_000),
  });
  assert.ok(late.kind === 'refused' && late.problem.code === 'court.statements-full');
  assert.deepEqual(caseGame.decodeState(caseGame.encodeState(neighbours)), neighbours);
});

test('advice from before standing was asked for is replayed as it was taken', () => {
  const old = flood(
    proposed(),
    Array.from({ length: 300 }, () => undefined),
    'old',
  );
  assert.equal(heard(old, 'old'), PLACES);
  assert.deepEqual(old.advice[0], { account: 'old0', outcome: 1, reason: 'old', at: AT });
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
