import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Round, Seat } from '@surety/court';
import { type Attended, commitWindow, isMarked, missedIn, nextPartAt, revealWindow } from './attended.ts';

const seat = (juror: string, commitment: boolean, kind: Seat['vote']['kind']): Seat => ({
  ...{ juror, operator: juror, cluster: 0, lockedMicroUsd: 0n, substitute: false },
  commitment: commitment ? { hash: '0x', order: 0 } : null,
  vote: { kind, outcome: 0, reading: '0x', by: '0x' } as Seat['vote'],
});

const [FROM, MIDDLE, TO] = [1_000, 2_200, 2_800];
const round = (seats: readonly Seat[]): Round => ({
  ...{ number: 3, paidBy: 1, opensAt: 0, beaconAt: 1, drawEndsAt: FROM, commitEndsAt: MIDDLE, revealEndsAt: TO },
  ...{ beacon: null, candidates: [], nextTicket: 0, struck: [], result: { kind: 'none' }, seats },
});

/** A mark in each part of the time to commit (100 s each) and to open (50 s each), but those that are left out. */
const there = (...without: readonly number[]): readonly Attended[] =>
  [...Array(12).keys()]
    .flatMap((part) => [FROM + 100 * part + 99, MIDDLE + 50 * part])
    .filter((at) => !without.includes(at))
    .map((at) => ({ round: 3, at }));

const PANEL = [
  ...['a', 'b', 'c'].map((juror) => seat(juror, true, 'revealed')),
  seat('silent', true, 'none'),
  seat('absent', false, 'none'),
  seat('copy', true, 'copy'),
  seat('shown', true, 'shown'),
];
const missed = (seats: readonly Seat[], quorum: number, attended: readonly Attended[]): readonly string[] =>
  missedIn(round(seats), quorum, attended).map(({ juror }) => juror);

test('an absence counts where the node was there all the time and a quorum could vote', () => {
  assert.deepEqual(missed(PANEL, 3, there()), ['silent', 'absent', 'copy', 'shown']);
  assert.deepEqual(missed(PANEL, 4, there()), ['silent', 'absent', 'copy', 'shown'], 'who copied opened a vote too');
});

test('nobody is told to have missed what a node that was down, or took no votes, kept from him', () => {
  assert.deepEqual(missed(PANEL, 3, there(FROM + 399)), ['silent', 'copy', 'shown'], 'down while votes were committed');
  assert.deepEqual(missed(PANEL, 3, there(MIDDLE + 550)), ['absent', 'copy', 'shown'], 'down while they were opened');
  assert.deepEqual(missed(PANEL, 3, []), ['copy', 'shown']);
  assert.deepEqual(missed(PANEL, 7, there()), ['copy', 'shown'], 'fewer than a quorum could commit');
  assert.deepEqual(missed(PANEL, 5, there()), ['absent', 'copy', 'shown'], 'fewer than a quorum could open');
  const others = there().map((mark) => ({ ...mark, round: 4 }));
  assert.deepEqual(missed(PANEL, 3, others), ['copy', 'shown'], 'marks of another round');
});

test('each part has one mark, and the next one begins where it ends', () => {
  const window = commitWindow(round([]));
  assert.deepEqual(
    [FROM, FROM + 99, FROM + 100, MIDDLE - 1].map((at) => nextPartAt(window, at)),
    [FROM + 100, FROM + 100, FROM + 200, MIDDLE],
  );
  const marks = [{ round: 3, at: FROM + 150 }];
  assert.deepEqual(
    [FROM + 99, FROM + 100, FROM + 199, FROM + 200].map((at) => isMarked(marks, round([]), window, at)),
    [false, true, true, false],
  );
  // A window of seconds, in a rehearsal, is one part.
  const short = { from: 10, to: 22 };
  assert.equal(nextPartAt(short, 11), 22);
  const part = revealWindow({ ...round([]), commitEndsAt: 0, revealEndsAt: 25 });
  assert.equal(nextPartAt(part, 0), 13);
});
