import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContractCase, ContractRound, ContractSeat } from '@surety/chain';
import { decideJuror, type JurorWorld } from './decide.ts';

type Hex = `0x${string}`;

const ME: Hex = `0x${'Aa'.repeat(20)}`;
const OTHER: Hex = `0x${'bb'.repeat(20)}`;
const HASH: Hex = `0x${'11'.repeat(32)}`;

const seat = (juror: Hex, more: Partial<ContractSeat> = {}): ContractSeat => ({
  ...{ seat: 0, juror, state: 'drawn', commitment: null, vote: null, reading: null, settled: null },
  ...more,
});

const round = (seats: readonly ContractSeat[], more: Partial<ContractRound> = {}): ContractRound => ({
  ...{ number: 1, payer: 1, beacon: null, result: null, seats },
  panel: {
    ...{ beaconAt: 100, fallbackAt: 200, drawEndsAt: 300, commitEndsAt: 400, revealEndsAt: 500 },
    ...{ called: 1, seats: 1, unrevealed: 1, drawn: 'whole', lockUnits: 9n, fallbackBlock: 7n },
  },
  ...more,
});

const open = (rounds: readonly ContractRound[], more: Partial<ContractCase> = {}): ContractCase => ({
  ...{ id: 1n, asker: OTHER, question: HASH, outcomes: 2, policyId: HASH, exclusions: null, rewardUnits: 0n },
  ...{ opensAt: 0, answerBy: 50, askedIn: HASH, proposer: OTHER, state: 'drawing', standing: 0, endsAt: 500 },
  ...{ latestEndAt: 900, rungs: [], contributions: [], need: null, burntUnits: 0n, calledBack: null, rounds },
  policy: undefined as never,
  ...more,
});

const kinds = (of: ContractCase, now: number, keeps: JurorWorld['keeps'] = 'own'): readonly string[] =>
  decideJuror({ me: ME, now, keeps, cases: [of] }).map(({ kind }) => kind);

test('a seat commits and reveals within its windows, which are half-open', () => {
  const drawn = open([round([seat(ME)])]);
  assert.deepEqual(
    [299, 300, 399, 400].map((now) => kinds(drawn, now)),
    [[], ['commit'], ['commit'], []],
  );
  const committed = open([round([seat(ME, { state: 'committed', commitment: HASH })])]);
  assert.deepEqual(
    [399, 400, 499].map((now) => kinds(committed, now)),
    [[], ['reveal'], ['reveal']],
  );
  assert.deepEqual(kinds(committed, 500), ['tally']);
});

test('a text that is missing is waited for in the first half of the window alone', () => {
  const waits = (now: number) =>
    decideJuror({ me: ME, now, keeps: 'own', cases: [open([round([seat(ME)])])] }).map(
      (move) => move.kind === 'commit' && move.waits,
    );
  assert.deepEqual([waits(349), waits(350)], [[true], [false]]);
});

test('a panel is drawn by drand first, then by the chain, and gone on with whoever began', () => {
  const undrawn = (drawn: 'not' | 'in-part') => {
    const base = round([]);
    return open([{ ...base, panel: { ...base.panel, drawn } }]);
  };
  assert.deepEqual(
    [99, 100, 199, 200, 299, 300].map((now) => kinds(undrawn('not'), now)),
    [[], ['draw'], ['draw'], ['draw-by-fallback'], ['draw-by-fallback'], []],
  );
  assert.deepEqual(
    [150, 250].map((now) => kinds(undrawn('in-part'), now)),
    [['draw'], ['draw']],
  );
});

test('a draw is weighed unless own money lies in the case, or windows of all are kept', () => {
  const base = round([]);
  const undrawn = (drawn: 'not' | 'in-part', more: Partial<ContractCase> = {}) =>
    open([{ ...base, panel: { ...base.panel, drawn } }], more);
  const anyway = (of: ContractCase, now: number, keeps: JurorWorld['keeps'] = 'own') =>
    decideJuror({ me: ME, now, keeps, cases: [of] }).map((move) => 'anyway' in move && move.anyway);
  const paid = { rung: 1, outcome: 1, contributor: ME, amountUnits: 5n, collectedUnits: null };
  for (const now of [100, 200]) {
    assert.deepEqual(anyway(undrawn('not'), now), [false]);
    assert.deepEqual(anyway(undrawn('not'), now, 'all'), [true]);
    assert.deepEqual(anyway(undrawn('not', { contributions: [paid] }), now), [true]);
    assert.deepEqual(anyway(undrawn('not', { contributions: [{ ...paid, collectedUnits: 5n }] }), now), [false]);
  }
});

test('windows are ended where something of the own hangs on it, or where all is kept', () => {
  const counted = open([round([seat(OTHER)], { result: { ruled: true, outcome: 0 } })], { state: 'appealable' });
  assert.deepEqual(
    [kinds(counted, 500), kinds(counted, 500, 'all'), kinds(counted, 499, 'all')],
    [[], ['finalise'], []],
  );
  const paid = { rung: 1, outcome: 1, contributor: ME, amountUnits: 5n, collectedUnits: null };
  assert.deepEqual(kinds({ ...counted, contributions: [paid] }, 500), ['finalise']);
  const opened = round([seat(ME, { state: 'revealed', vote: 0 })]);
  assert.deepEqual(kinds(open([{ ...opened, panel: { ...opened.panel, unrevealed: 0 } }]), 400), ['tally']);
});

test('what an ended case owes is fetched once, and of a vote shown early there is nothing', () => {
  const result = { ruled: true, outcome: 0 };
  const ended = (of: ContractSeat, collectedUnits: bigint | null) =>
    open([round([of], { result })], {
      ...{ state: 'final', endsAt: null },
      contributions: [
        { rung: 0, outcome: 0, contributor: ME, amountUnits: 5n, collectedUnits },
        { rung: 1, outcome: 1, contributor: OTHER, amountUnits: 5n, collectedUnits: null },
      ],
    });
  assert.deepEqual(kinds(ended(seat(ME, { state: 'revealed', vote: 0 }), null), 900), ['settle-seat', 'collect']);
  assert.deepEqual(kinds(ended(seat(ME, { settled: { paidUnits: 1n, lostUnits: 0n } }), 5n), 900), []);
  assert.deepEqual(kinds(ended(seat(ME, { state: 'shown' }), 5n), 900), []);
});

test('what presses comes first', () => {
  const late = open([round([seat(ME)])], { id: 2n });
  const over = open([round([seat(ME)], { result: { ruled: false, outcome: null } })], {
    state: 'funding',
    endsAt: 300,
  });
  const moves = decideJuror({ me: ME, now: 310, keeps: 'own', cases: [over, late] });
  assert.deepEqual(
    moves.map(({ kind, caseId }) => [kind, caseId]),
    [
      ['commit', 2n],
      ['finalise', 1n],
    ],
  );
});

test('an own vote comes before the draws of others, whichever ends first', () => {
  const base = round([]);
  const panel = { ...base.panel, beaconAt: 305, fallbackAt: 315, drawEndsAt: 330, drawn: 'not' } as const;
  const moves = decideJuror({
    ...{ me: ME, now: 310, keeps: 'own' },
    cases: [open([{ ...base, panel }]), open([round([seat(ME)])], { id: 2n })],
  });
  assert.deepEqual(
    moves.map(({ kind, before }) => [kind, before]),
    [
      ['commit', 400],
      ['draw', 315],
    ],
  );
});
