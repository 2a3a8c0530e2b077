import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CourtRecord, CourtRound, CourtSeat } from '@surety/core';
import { decisionOf } from './record.ts';

const seat = (i: number, outcome: number | null): CourtSeat => ({
  juror: `0x${String(i).padStart(40, '0')}`,
  operator: 'somebody',
  family: `family ${i}`,
  vote: outcome === null ? 'abstained' : 'cast',
  outcome,
  reading: 'ab'.repeat(32),
});

const round = (first: number, votes: readonly (number | null)[], ruling: number | null): CourtRound => ({
  jurors: 'ai',
  quorum: 2,
  beacon: { randomness: 'cd'.repeat(32), source: 'chain' },
  seats: votes.map((outcome, i) => seat(first + i, outcome)),
  ruling,
});

const record = (...rounds: readonly CourtRound[]): CourtRecord => ({
  kind: 'court-record',
  caseId: 'ef'.repeat(32),
  proposed: 0,
  rounds,
  at: 1,
});

test('a ruling that later panels did not touch is the decision, with the votes of its own round', () => {
  const stood = record(round(1, [1, 1, null], 1), round(4, [0, null, null], null));
  assert.deepEqual(decisionOf(stood, { kind: 'final', outcome: 1 }), {
    outcome: 1,
    decidedBy: { kind: 'court', round: 1, jurors: 'ai', said: 'outcome', votesFor: 2, votesAgainst: 0, silent: 1 },
  });
});

test('a case that ended undecided has no outcome, whatever an early panel ruled', () => {
  const left = record(round(1, [1, 1, null], 1), round(4, [0, null, null], null));
  assert.deepEqual([decisionOf(left, { kind: 'undecided' }).outcome], [null]);
  assert.equal(decisionOf(left, { kind: 'undecided' }).decidedBy.kind, 'undecided');
});
