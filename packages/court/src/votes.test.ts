import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME } from '@surety/core';
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
  openingOf,
  PROPOSAL,
  people,
  playRound,
  refusal,
  revealing,
  withRounds,
} from '../test/support.ts';
import { type Case, exclusionProof, exclusionRoot, POLICIES } from './index.ts';

const T = PROPOSAL.at;

const drawnAi = (): Case => {
  const state = after(begun(), funding('challenger', 1, ENOUGH, T));
  return after(state, drawing(state, ais(9)));
};

/** A panel of 15 people, after AI jurors who said 1. */
const drawnPeople = (changes: Parameters<typeof begun>[0] = {}): Case => {
  let state = playRound(after(begun(changes), funding('challenger', 1, ENOUGH, T)), ais(12), () => 1);
  state = playRound(after(state, funding('a', 0, ENOUGH, lastRound(state).revealEndsAt)), ais(12), () => 0);
  state = after(state, funding('b', 1, ENOUGH, lastRound(state).revealEndsAt));
  return after(state, drawing(state, people(60)));
};

const jurorOf = (state: Case, place: number): string => lastRound(state).seats[place]!.juror;

test('a vote counts when it was committed to in time and opened in time', () => {
  const state = drawnAi();
  const { drawEndsAt, commitEndsAt, revealEndsAt } = lastRound(state);
  const juror = jurorOf(state, 0);
  assert.equal(refusal(state, committing(state, juror, 1, drawEndsAt - 1)), 'court.too-early at');
  assert.equal(refusal(state, committing(state, juror, 1, commitEndsAt)), 'court.too-late at');
  assert.equal(refusal(state, committing(state, account('nobody'), 1, drawEndsAt)), 'court.not-seated juror');
  const committed = after(state, committing(state, juror, 1, drawEndsAt));
  assert.equal(refusal(committed, committing(state, juror, 0, drawEndsAt)), 'court.already-voted commitment');
  assert.equal(refusal(committed, revealing(state, juror, 1, commitEndsAt - 1)), 'court.too-early at');
  assert.equal(refusal(committed, revealing(state, juror, 0, commitEndsAt)), 'court.commitment-differs salt');
  assert.equal(
    refusal(committed, revealing(state, jurorOf(state, 1), 1, commitEndsAt)),
    'court.commitment-differs salt',
  );
  assert.equal(refusal(committed, revealing(state, juror, 7, commitEndsAt)), 'court.unknown-outcome outcome');
  assert.equal(refusal(committed, revealing(state, juror, 1, revealEndsAt)), 'court.too-late at');
  const open = after(committed, revealing(state, juror, 1, commitEndsAt));
  assert.equal(refusal(open, revealing(state, juror, 1, commitEndsAt)), 'court.already-voted juror');
});

test('a round is counted early once every commitment is open, and not before', () => {
  const state = drawnAi();
  const { drawEndsAt, commitEndsAt } = lastRound(state);
  const [a, b] = [jurorOf(state, 0), jurorOf(state, 1)];
  const half = after(
    state,
    committing(state, a, 1, drawEndsAt),
    committing(state, b, 1, drawEndsAt),
    revealing(state, a, 1, commitEndsAt),
  );
  assert.equal(refusal(half, { kind: 'advance', at: commitEndsAt }), 'court.too-early at');
  const ruled = after(half, revealing(state, b, 1, commitEndsAt + 1), { kind: 'advance', at: commitEndsAt + 2 });
  assert.deepEqual(ruled.phase, { kind: 'appealable', endsAt: commitEndsAt + 2 + 8 * 3_600, ruling: 1 });
});

test('who stays away loses the fine for absence and no more', () => {
  const state = drawnAi();
  const ruled = playRound(after(begun(), funding('challenger', 1, ENOUGH, T)), ais(9), (i) => (i === 2 ? null : 1));
  const end = after(ruled, { kind: 'advance', at: ruled.latestEnd });
  assert.equal(end.credits.get(jurorOf(state, 2)), 400_000n);
});

test('a vote that is shown before the reveal is void: half of its lock is the shower’s, the rest is burnt', () => {
  const state = drawnAi();
  const { drawEndsAt, commitEndsAt } = lastRound(state);
  const juror = jurorOf(state, 0);
  const committed = after(state, committing(state, juror, 1, drawEndsAt));
  const show = {
    kind: 'show-early',
    at: commitEndsAt - 1,
    by: account('buyer'),
    juror,
    ...openingOf(state, juror, 1),
  } as const;
  assert.equal(refusal(committed, { ...show, at: commitEndsAt }), 'court.too-late at');
  assert.equal(refusal(committed, { ...show, outcome: 0 }), 'court.commitment-differs salt');
  const shown = after(committed, show);
  assert.equal(shown.credits.get(account('buyer')), 225_000n);
  assert.equal(shown.burntMicroUsd, 225_000n);
  assert.equal(refusal(shown, revealing(state, juror, 1, commitEndsAt)), 'court.already-voted juror');
});

test('absence may not be dearer than to be shown, or a juror would have a friend show him', () => {
  const policy = withRounds(({ feePerSeatMicroUsd }) => ({ absenceMicroUsd: feePerSeatMicroUsd / 2n + 1n }));
  assert.equal(
    refusal(undefined, { ...PROPOSAL, policy }),
    'input.out-of-range policy.rounds.2.absenceMicroUsd',
    'people lock their fee once',
  );
});

test('of two people with one reason, who committed later is the copy, whoever opens first; of AI jurors nobody is', () => {
  const state = drawnPeople();
  const { drawEndsAt, commitEndsAt } = lastRound(state);
  const [a, b] = [jurorOf(state, 0), jurorOf(state, 1)];
  const reason = hashOf('a reason');
  const committed = after(
    state,
    committing(state, a, 1, drawEndsAt, reason),
    committing(state, b, 1, drawEndsAt, reason),
  );
  for (const order of [
    [a, b],
    [b, a],
  ] as const) {
    const open = after(committed, ...order.map((juror) => revealing(state, juror, 1, commitEndsAt, reason)));
    const votes = lastRound(open).seats.map(({ vote }) => vote.kind);
    assert.deepEqual(votes.slice(0, 2), ['revealed', 'copy']);
    const end = after(open, { kind: 'advance', at: open.latestEnd }, { kind: 'advance', at: open.latestEnd * 2 });
    assert.equal(end.credits.get(b), undefined, 'a copy loses its lock');
  }
  const ai = drawnAi();
  const [x, y] = [jurorOf(ai, 0), jurorOf(ai, 1)];
  const { drawEndsAt: from, commitEndsAt: until } = lastRound(ai);
  const both = after(
    ai,
    ...[x, y].map((juror) => committing(ai, juror, 1, from, reason)),
    ...[x, y].map((juror) => revealing(ai, juror, 1, until, reason)),
  );
  assert.deepEqual(
    lastRound(both).seats.map(({ vote }) => vote.kind),
    ['revealed', 'revealed', 'none'],
  );
});

test('a person gives a reason', () => {
  const state = drawnPeople();
  const { drawEndsAt, commitEndsAt } = lastRound(state);
  const none = `0x${'0'.repeat(64)}`;
  const committed = after(state, committing(state, jurorOf(state, 0), 1, drawEndsAt, none));
  assert.equal(
    refusal(committed, revealing(state, jurorOf(state, 0), 1, commitEndsAt, none)),
    'court.reading-missing reading',
  );
});

test('a juror who holds a position is struck by a proof, once replaced, and loses nothing', () => {
  const holders = [...people(12).map(({ juror }) => juror), account('somebody else')];
  const state = drawnPeople({ exclusionRoot: exclusionRoot(holders) });
  const juror = lastRound(state)
    .seats.map((seat) => seat.juror)
    .find((one) => holders.includes(one))!;
  const honest = lastRound(state)
    .seats.map((seat) => seat.juror)
    .find((one) => !holders.includes(one))!;
  const at = lastRound(state).drawEndsAt - 1;
  const proof = exclusionProof(holders, juror)!;
  assert.equal(refusal(state, { kind: 'strike', at, juror: honest, proof }), 'court.not-excluded proof');
  assert.equal(refusal(state, { kind: 'strike', at: at + 1, juror, proof }), 'court.too-late at');
  const struck = after(state, { kind: 'strike', at, juror, proof });
  assert.equal(struck.credits.get(juror), 10_000_000n);
  assert.equal(lastRound(struck).seats.length, 15);
  assert.deepEqual(lastRound(struck).struck, [juror]);
  const place = lastRound(state).seats.findIndex((seat) => seat.juror === juror);
  assert.ok(lastRound(struck).seats[place]!.substitute, 'in his place');
  assert.ok(lastRound(struck).nextTicket > lastRound(state).nextTicket, 'by the next tickets');
  assert.equal(refusal(struck, { kind: 'strike', at, juror, proof }), 'court.not-seated juror');
  assert.equal(exclusionProof(holders, honest), null);
});

test('ties and too few votes are no ruling; the plurality of enough votes is one', () => {
  const ruling = (votes: readonly (number | null)[]): number | 'none' => {
    const state = playRound(
      after(begun({ outcomes: 3 }), funding('challenger', 1, ENOUGH, T)),
      ais(9),
      (i) => votes[i]!,
    );
    const { result } = state.rounds[0]!;
    return result.kind === 'ruled' ? result.outcome : 'none';
  };
  const { abstain, invalid } = OUTCOME;
  assert.equal(ruling([1, 1, 0]), 1);
  assert.equal(ruling([1, 1, abstain]), 1);
  assert.equal(ruling([1, abstain, null]), 'none');
  assert.equal(ruling([1, 0, abstain]), 'none');
  assert.equal(ruling([0, 1, 2]), 'none');
  assert.equal(ruling([invalid, invalid, 1]), invalid);
  assert.equal(POLICIES.oracle.rounds[0]!.quorum, 2);
});

test('a struck substitute is not replaced', () => {
  const everybody = people(60).map(({ juror }) => juror);
  const state = drawnPeople({ exclusionRoot: exclusionRoot(everybody) });
  const at = lastRound(state).drawEndsAt - 1;
  const striking = (juror: string) =>
    ({ kind: 'strike', at, juror, proof: exclusionProof(everybody, juror)! }) as const;
  const once = after(state, striking(jurorOf(state, 0)));
  assert.equal(lastRound(once).seats.length, 15);
  const twice = after(once, striking(jurorOf(once, 0)));
  assert.equal(lastRound(twice).seats.length, 14);
});

test('a late count extends nothing: the window of an appeal and the next round run by schedule', () => {
  const state = after(begun(), funding('challenger', 1, ENOUGH, T));
  const { revealEndsAt } = lastRound(state);
  const late = after(state, { kind: 'advance', at: revealEndsAt + 900 });
  const round = lastRound(late);
  assert.deepEqual([round.number, round.opensAt, round.drawEndsAt], [2, revealEndsAt, revealEndsAt + 3_600]);
  assert.equal(round.beaconAt, revealEndsAt + 960, 'but the beacon lies ahead of the step');
  let ruled = after(state, drawing(state, ais(9)));
  const { drawEndsAt, commitEndsAt } = lastRound(ruled);
  const votes = lastRound(ruled).seats.map(({ juror }) => juror);
  ruled = after(ruled, ...votes.map((juror) => committing(ruled, juror, 1, drawEndsAt)));
  ruled = after(ruled, ...votes.slice(1).map((juror) => revealing(ruled, juror, 1, commitEndsAt)));
  const counted = after(ruled, { kind: 'advance', at: revealEndsAt + 500 });
  assert.deepEqual(counted.phase, { kind: 'appealable', endsAt: revealEndsAt + 8 * 3_600, ruling: 1 });
});
