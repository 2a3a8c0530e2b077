import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME } from '@surety/core';
import {
  ASKER,
  account,
  after,
  ais,
  begun,
  CHALLENGER,
  drawing,
  ENOUGH,
  funding,
  lastRound,
  ORACLE,
  PROPOSAL,
  PROPOSER,
  people,
  playRound,
  refusal,
  USD,
  windowEnd,
} from '../test/support.ts';
import { type Case, heldMicroUsd, needOf, POLICIES, step } from './index.ts';

const T = PROPOSAL.at;
const HOUR = 3_600;

const challenged = (): Case => after(begun(), funding('challenger', 1, ENOUGH, T + 60));

const creditOf = (state: Case, who: string): bigint => state.credits.get(who) ?? 0n;

test('a proposal that nobody challenges is final when its window ends, and its bond and reward come back', () => {
  const state = begun();
  assert.equal(refusal(state, { kind: 'advance', at: T + 2 * HOUR - 1 }), 'court.too-early at');
  const end = after(state, { kind: 'advance', at: T + 2 * HOUR });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 0 });
  assert.equal(creditOf(end, PROPOSER), 105n * USD);
  assert.equal(end.burntMicroUsd, 0n);
  const taken = step(end, { kind: 'withdraw', at: T + 3 * HOUR, account: PROPOSER });
  assert.ok(taken.kind === 'accepted');
  assert.deepEqual(taken.effects, [{ kind: 'pay', account: PROPOSER, amountMicroUsd: 105n * USD }]);
  assert.equal(heldMicroUsd(taken.state), 0n);
  assert.equal(
    refusal(taken.state, { kind: 'withdraw', at: T + 3 * HOUR, account: PROPOSER }),
    'court.nothing-to-withdraw account',
  );
});

test('a challenge costs twice all bonds and the fees of both AI panels; many may fill it, and no more than is missing is taken', () => {
  const state = begun();
  assert.deepEqual(needOf(state, 1), { bondMicroUsd: 200n * USD, feesMicroUsd: 500_000n });
  const half = after(state, funding('a', 1, 100n * USD, T + 1), funding('b', OUTCOME.invalid, 40n * USD, T + 2));
  assert.equal(half.phase.kind, 'proposed');
  const full = step(half, funding('c', 1, ENOUGH, T + 3));
  assert.ok(full.kind === 'accepted');
  assert.deepEqual(full.effects, [
    { kind: 'take', account: account('c'), amountMicroUsd: 100_500_000n, from: 'balance' },
    { kind: 'round-opened', round: 1, beaconAt: T + 63 },
  ]);
  assert.equal(creditOf(full.state, account('b')), 40n * USD, 'who paid for another outcome gets all of it back');
  assert.equal(refusal(full.state, funding('d', 1, USD, T + 4)), 'court.wrong-phase phase');
});

test('an unfilled challenge is given back, and the proposal stands', () => {
  const end = after(begun(), funding('a', 1, 100n * USD, T + 1), { kind: 'advance', at: T + 2 * HOUR });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 0 });
  assert.equal(creditOf(end, account('a')), 100n * USD);
});

test('the AI panel overturns a proposal: the challenger gets half of the bond and his fees, the seats exactly their fee', () => {
  const ruled = playRound(challenged(), ais(9), () => 1);
  assert.deepEqual(ruled.phase, { kind: 'appealable', endsAt: lastRound(ruled).revealEndsAt + 8 * HOUR, ruling: 1 });
  const end = after(ruled, { kind: 'advance', at: windowEnd(ruled) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 1 });
  assert.equal(creditOf(end, CHALLENGER), 200n * USD + 50n * USD + 500_000n);
  assert.equal(creditOf(end, PROPOSER), 0n);
  assert.equal(creditOf(end, ASKER), 5n * USD, 'the reward was for a right proposal');
  for (const { juror } of lastRound(ruled).seats) assert.equal(creditOf(end, juror), 450_000n + 50_000n);
  assert.equal(end.burntMicroUsd, 50n * USD - 150_000n, 'nobody of the people sat: the rest is burnt');
});

test('a panel confirms a proposal: its proposer gets half of the challenge, and the jurors are paid by the challenger', () => {
  const ruled = playRound(challenged(), ais(9), (i) => (i === 0 ? 1 : 0));
  const end = after(ruled, { kind: 'advance', at: windowEnd(ruled) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 0 });
  assert.equal(creditOf(end, PROPOSER), 100n * USD + 100n * USD + 5n * USD);
  assert.equal(creditOf(end, CHALLENGER), 0n);
  const [wrong, right] = lastRound(ruled).seats;
  assert.equal(creditOf(end, wrong!.juror), 0n, 'a vote for another outcome loses the lock');
  assert.equal(creditOf(end, right!.juror), 500_000n);
  assert.equal(end.burntMicroUsd, 100n * USD + 500_000n - 100_000n + 450_000n);
});

test('a panel that is not sure never guesses: three AI seats give way to seven, and those to people once they are paid', () => {
  const seven = playRound(challenged(), ais(12), () => OUTCOME.abstain);
  assert.equal(seven.phase.kind, 'round');
  assert.equal(lastRound(seven).number, 2);
  const funded = playRound(seven, ais(12), (i) => (i < 3 ? 0 : i < 6 ? 1 : OUTCOME.abstain));
  assert.equal(funded.phase.kind, 'funding', 'six cast votes, and a tie');
  assert.deepEqual(needOf(funded, 1), { bondMicroUsd: 100n * USD, feesMicroUsd: 150n * USD });
  const at = lastRound(funded).revealEndsAt + 1;
  assert.equal(refusal(funded, funding('x', OUTCOME.invalid, USD, at)), 'court.unknown-outcome outcome');
  const judged = playRound(after(funded, funding('friend', 1, ENOUGH, at)), people(60), () => 1);
  const end = after(judged, { kind: 'advance', at: windowEnd(judged) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 1 });
  const [seat] = lastRound(judged).seats;
  // Of the half of 100 that the fees (150.15 were earned) leave, nothing; three AI votes for 0 lost their locks to the people.
  assert.equal(creditOf(end, seat!.juror), 10n * USD + 10n * USD + (3n * 450_000n) / 15n);
});

test('nobody pays for people: undecided, bonds go back, and whoever voted is paid', () => {
  const seven = playRound(challenged(), ais(12), () => OUTCOME.abstain);
  const waiting = playRound(seven, ais(12), () => OUTCOME.abstain);
  const end = after(waiting, { kind: 'advance', at: windowEnd(waiting) });
  assert.deepEqual(end.phase, { kind: 'undecided' });
  assert.equal(creditOf(end, PROPOSER), 100n * USD);
  assert.equal(creditOf(end, ASKER), 5n * USD);
  assert.equal(creditOf(end, CHALLENGER), 200n * USD, 'ten seats earned the fees that were brought for ten');
  assert.equal(end.burntMicroUsd, 0n);
});

test('the whole ladder: 3 and 7 AI jurors, 15 and 31 people, the last ruling final at once and before the latest end', () => {
  let state = challenged();
  let at = T + 60;
  for (const [round, ruling] of [1, 0, 1, 0].entries()) {
    const pool = round < 2 ? ais(12) : people(90);
    state = playRound(state, pool, () => ruling);
    at = lastRound(state).revealEndsAt;
    if (round === 3) break;
    const need = needOf(state, 1 - ruling)!;
    assert.equal(need.bondMicroUsd, 200n * USD * 3n ** BigInt(round + 1));
    assert.equal(refusal(state, funding('z', ruling, USD, at)), 'court.standing-outcome outcome');
    state = after(state, funding(`appellant ${round}`, 1 - ruling, ENOUGH, at));
  }
  assert.deepEqual(state.phase, { kind: 'final', outcome: 0 });
  assert.ok(at <= state.latestEnd);
  const jurors = state.rounds.flatMap(({ seats }) => seats.map(({ juror }) => juror));
  assert.equal(new Set(jurors).size, 3 + 7 + 15 + 31, 'nobody sits twice');
  const ai = state.rounds.slice(0, 2).flatMap(({ seats }) => seats.map(({ cluster }) => cluster));
  assert.equal(new Set(ai).size, 10, 'no cluster sits twice while fresh ones are left');
});

const STANDS = { ...ORACLE, unruled: 'stands' } as const;

test('a policy lets what stood stand: who is against it appeals, and without that everybody has the bond back', () => {
  const begin = after(begun({ policy: STANDS }), funding('challenger', 1, ENOUGH, T + 60));
  const first = playRound(begin, ais(12), (i) => (i === 0 ? 1 : OUTCOME.abstain));
  const unsure = playRound(first, ais(12), () => OUTCOME.abstain);
  assert.deepEqual(unsure.phase, { kind: 'appealable', endsAt: windowEnd(unsure), ruling: 0 });
  const at = lastRound(unsure).revealEndsAt;
  assert.equal(refusal(unsure, funding('proposer', 0, USD, at)), 'court.standing-outcome outcome');
  assert.deepEqual(needOf(unsure, 1), { bondMicroUsd: 7n * 300n * USD, feesMicroUsd: 150n * USD });
  const end = after(unsure, { kind: 'advance', at: windowEnd(unsure) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 0 });
  assert.equal(creditOf(end, PROPOSER), 105n * USD, 'bond and reward, and nothing of the challenger’s');
  // Ten seats revealed a vote or an abstention, at five cents.
  assert.equal(creditOf(end, CHALLENGER), 200n * USD);
  assert.equal(creditOf(end, lastRound(end).seats[0]!.juror), 450_000n + 50_000n);
  assert.equal(end.burntMicroUsd, 0n);
});

test('what stands without a ruling is the last ruling, where there is one; people who rule move bonds as ever', () => {
  const begin = after(begun({ policy: STANDS }), funding('challenger', 1, ENOUGH, T + 60));
  const ruled = playRound(begin, ais(12), () => 1);
  const again = after(ruled, funding('proposer', 0, ENOUGH, lastRound(ruled).revealEndsAt));
  const unsure = playRound(again, ais(12), () => OUTCOME.abstain);
  assert.ok(unsure.phase.kind === 'appealable' && unsure.phase.ruling === 1);
  const left = after(unsure, { kind: 'advance', at: windowEnd(unsure) });
  assert.deepEqual(left.phase, { kind: 'final', outcome: 1 });
  assert.equal(creditOf(left, ASKER), 5n * USD, 'the reward is for a proposal that stands');
  // As ruled: an appeal to a panel that is not sure does not buy the proposer's bonds back.
  assert.ok(creditOf(left, CHALLENGER) > 200n * USD + (700n * USD) / 2n);
  assert.equal(creditOf(left, PROPOSER), 0n);
  const called = after(unsure, funding('proposer', 0, ENOUGH, lastRound(unsure).revealEndsAt));
  const judged = playRound(called, people(60), () => 0);
  const end = after(judged, { kind: 'advance', at: windowEnd(judged) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 0 });
  assert.ok(creditOf(end, CHALLENGER) < 1n * USD);
});

test('people who were called and did not come end nothing: what stood stands, and a ruling is not bought back', () => {
  const leave = (state: Case): Case => after(state, { kind: 'advance', at: windowEnd(state) });
  const again = (state: Case, who: string, outcome: number): Case =>
    after(state, funding(who, outcome, ENOUGH, windowEnd(state) - 1));
  const begin = after(begun({ policy: STANDS }), funding('challenger', 1, ENOUGH, T + 60));
  const empty = leave(again(leave(again(leave(leave(begin)), 'challenger', 1)), 'challenger', 1));
  assert.deepEqual(empty.phase, { kind: 'final', outcome: 0 }, 'four panels, and nobody in them');
  assert.equal(creditOf(empty, PROPOSER), 105n * USD);
  const ruled = playRound(begin, ais(12), () => 1);
  const unsure = leave(again(ruled, 'proposer', 0));
  const judged = playRound(again(unsure, 'proposer', 0), people(60), () => 1);
  const end = leave(again(judged, 'proposer', 0));
  assert.deepEqual(end.phase, { kind: 'final', outcome: 1 });
  assert.equal(creditOf(end, PROPOSER), 0n, 'a last panel that nobody sits in does not buy the bonds back');
});

test('an absent panel rules nothing, and a case that everybody leaves ends undecided by its latest end', () => {
  let state = challenged();
  while (state.phase.kind !== 'undecided') {
    assert.ok(windowEnd(state) <= state.latestEnd);
    state = after(state, { kind: 'advance', at: windowEnd(state) });
  }
  assert.equal(creditOf(state, CHALLENGER), 200_500_000n);
});

test('an auditor calls a panel without a bond, and is paid nothing for it', () => {
  const policy = { ...ORACLE, auditor: account('auditor') };
  const state = begun({ policy });
  assert.equal(refusal(state, funding('stranger', null, ENOUGH, T)), 'court.not-auditor account');
  assert.equal(refusal(state, funding('auditor', null, 499_999n, T)), 'court.bond-short amountMicroUsd');
  const ruled = playRound(after(state, funding('auditor', null, ENOUGH, T)), ais(9), () => 1);
  const end = after(ruled, { kind: 'advance', at: windowEnd(ruled) });
  assert.deepEqual(end.phase, { kind: 'final', outcome: 1 });
  assert.equal(creditOf(end, account('auditor')), 350_000n);
  assert.equal(creditOf(end, PROPOSER), 0n);
  assert.equal(end.burntMicroUsd, 100n * USD, 'nobody stood for the outcome, and no person sat');
});

test('who was drawn in a case bears no bond in it, and who bears one is not drawn', () => {
  const pool = [...ais(4), { ...ais(1)[0]!, juror: CHALLENGER, operator: 'x', cluster: 99, weight: 5_000n * USD }];
  const drawn = after(challenged(), drawing(challenged(), pool));
  assert.ok(!lastRound(drawn).seats.some(({ juror }) => juror === CHALLENGER));
  const { juror } = lastRound(drawn).seats[0]!;
  const ruled = playRound(challenged(), pool, () => 1);
  const event = { kind: 'fund', at: windowEnd(ruled) - 1, account: juror, outcome: 0, amountMicroUsd: USD } as const;
  assert.equal(refusal(ruled, event), 'court.juror-party account');
});

test('windows are half-open, and steps out of place are refused', () => {
  const state = begun();
  assert.equal(refusal(state, PROPOSAL), 'court.case-exists caseId');
  assert.equal(refusal(undefined, { kind: 'advance', at: T }), 'court.case-unknown phase');
  assert.equal(refusal(state, { kind: 'advance', at: T - 1 }), 'input.out-of-range at');
  const later = after(state, funding('a', 1, USD, T + 5));
  assert.equal(refusal(later, funding('a', 1, USD, T + 4)), 'input.out-of-range at', 'time does not go back');
  assert.equal(refusal(state, funding('a', 1, USD, T + 2 * HOUR)), 'court.too-late at');
  assert.equal(refusal(state, funding('a', 2, USD, T)), 'court.unknown-outcome outcome');
  assert.equal(refusal(state, funding('a', 0, USD, T)), 'court.standing-outcome outcome');
  assert.equal(refusal(undefined, { ...PROPOSAL, bondMicroUsd: USD }), 'court.bond-short bondMicroUsd');
  assert.equal(refusal(undefined, { ...PROPOSAL, bondMicroUsd: 10_001n * USD }), 'input.out-of-range bondMicroUsd');
  assert.equal(refusal(undefined, { ...PROPOSAL, outcome: OUTCOME.abstain }), 'court.unknown-outcome outcome');
});

test('the same randomness source is due for everybody at one time', () => {
  const state = challenged();
  const round = lastRound(state);
  const event = { ...drawing(state, ais(9)), kind: 'draw', at: round.beaconAt - 1 } as Parameters<typeof refusal>[1];
  assert.equal(refusal(state, event), 'court.too-early at');
  const half = round.opensAt + (round.drawEndsAt - round.opensAt) / 2;
  const drand = { ...drawing(state, ais(9)), at: half };
  assert.equal(refusal(state, drand), 'court.beacon-source source');
  const early = { ...drawing(state, ais(9)), source: 'chain' } as Parameters<typeof refusal>[1];
  assert.equal(refusal(state, early), 'court.beacon-source source');
  const drawn = after(state, { ...drand, source: 'chain' } as Parameters<typeof refusal>[1]);
  assert.equal(lastRound(drawn).seats.length, 3);
  assert.equal(refusal(drawn, drand), 'court.drawn round');
});

test('under the default policies who is right and pays for people is made whole, even by a liar with the least bond', () => {
  for (const policy of Object.values(POLICIES)) {
    let state = begun({ policy, bondMicroUsd: policy.leastBondMicroUsd, rewardMicroUsd: 0n });
    state = after(state, funding('challenger', 1, ENOUGH, T + 60));
    for (const _ of ['3 AI jurors', '7 AI jurors']) {
      state = playRound(state, ais(14), () => 0);
      state = after(state, funding('challenger', 1, ENOUGH, windowEnd(state) - 1));
    }
    state = playRound(state, people(90), () => 1);
    state = after(state, { kind: 'advance', at: windowEnd(state) });
    const paid = state.rungs.flatMap(({ shares }) => shares).filter(({ account: who }) => who === CHALLENGER);
    assert.ok(creditOf(state, CHALLENGER) >= paid.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n));
  }
});
