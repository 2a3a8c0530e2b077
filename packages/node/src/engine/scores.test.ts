import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, type Json } from '@surety/core';
import fc from 'fast-check';
import type { Context } from './context.ts';
import { FRESH, type Scores, type ScoresEvent, scoresGame, sharesOf } from './scores.ts';

const graded = (over: Partial<ScoresEvent> = {}): ScoresEvent => ({
  kind: 'graded',
  marketId: 'm',
  audited: true,
  again: false,
  outcome: 0,
  marketPpm: 500_000,
  beliefs: [
    ['right', 900_000],
    ['wrong', 100_000],
  ],
  at: 1,
  ...over,
});

const after = (...events: readonly ScoresEvent[]): Scores =>
  events.reduce((state, event) => {
    const step = scoresGame.step(state, event);
    assert.ok(step.kind === 'accepted');
    return step.state;
  }, scoresGame.initial('players'));

test('only what people confirmed moves wealth and Brier scores', () => {
  const unaudited = after(graded({ audited: false }), graded({ audited: true, outcome: null }));
  for (const standing of unaudited.players.values()) assert.deepEqual(standing, { ...FRESH, unaudited: 2 });
  const { players } = after(graded());
  assert.ok(players.get('right')!.wealthMicroUsd > FRESH.wealthMicroUsd);
  assert.ok(players.get('wrong')!.wealthMicroUsd < FRESH.wealthMicroUsd);
  assert.equal(players.get('right')!.audited, 1);
});

test('an answer audited later is no longer counted as unaudited, unless people could not tell', () => {
  const later = after(graded({ audited: false }), graded({ again: true }));
  assert.deepEqual(
    [...later.players.values()].map(({ audited, unaudited }) => [audited, unaudited]),
    [
      [1, 0],
      [1, 0],
    ],
  );
  const untold = after(graded({ audited: false }), graded({ again: true, outcome: null }));
  assert.deepEqual(untold.players.get('right'), { ...FRESH, unaudited: 1 });
});

test('shares of the stake follow wealth, none above a half; the snapshot is the state', async () => {
  const ppm = fc.integer({ min: 0, max: 1_000_000 });
  const player = fc.constantFrom('a', 'b', 'c', 'd');
  const event = fc.record({
    marketPpm: ppm,
    outcome: fc.constantFrom(0, 1),
    beliefs: fc.uniqueArray(fc.tuple(player, ppm), { selector: ([id]) => id }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 30 }), fc.uniqueArray(player), async (events, ids) => {
      const state = after(...events.map((over) => graded(over)));
      const text = Buffer.from(encode(scoresGame.encodeState(state))).toString();
      assert.deepEqual(scoresGame.decodeState(JSON.parse(text) as Json), state);
      const context = { host: { state: async () => state } } as unknown as Context;
      const shares = [...(await sharesOf(context, ids)).values()];
      assert.equal(shares.length, ids.length);
      assert.ok(shares.every((share) => share >= 0 && share <= 500_000));
      assert.ok(shares.reduce((sum, share) => sum + share, 0) <= 1_000_000);
    }),
  );
});
