import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChainEvent,
  type ChainState,
  chainGame,
  INTENTS_KEPT,
  type LeafJson,
  type Payout,
} from './chain-state.ts';

const after = (state: ChainState, ...events: readonly ChainEvent[]): ChainState =>
  events.reduce((before, event) => {
    const step = chainGame.step(before, event);
    assert.ok(step.kind === 'accepted', JSON.stringify(event));
    return step.state;
  }, state);

const refused = (state: ChainState, event: ChainEvent): boolean => chainGame.step(state, event).kind === 'refused';

const EMPTY = chainGame.initial('operator');
const leaf = (account: string): LeafJson => ({ account, authorised: '5', withdrawn: '0', cash: '1', positions: '0' });
const payout = (account: string, number: number): Payout => ({ account, number, intent: { kind: 'withdraw' } });
const root = (number: number, payouts: readonly Payout[] = []): ChainEvent => ({
  kind: 'root',
  id: `root/${number}`,
  intent: { kind: 'post-root' },
  number,
  leaves: [leaf(`a${number}`)],
  payouts,
});
const final = (number: number): ChainEvent => ({ kind: 'final', id: `root/${number}` });

test('roots follow one another; the one before the newest stays at hand', () => {
  const state = after(EMPTY, root(1), final(1), root(2), final(2), root(3));
  assert.ok(refused(state, root(3)) && refused(state, root(5)));
  assert.deepEqual(
    state.roots.map(({ number }) => number),
    [2, 3],
  );
});

test('a root that can never fit gives its number back, with what it would have paid', () => {
  const state = after(EMPTY, root(1, [payout('x', 1)]), final(1), root(2, [payout('y', 2)]));
  assert.ok(refused(state, { kind: 'abandoned', number: 1 }));
  const back = after(state, { kind: 'abandoned', number: 2 });
  assert.equal(back.rootNumber, 1);
  assert.deepEqual(back.payouts, [payout('x', 1)]);
  assert.deepEqual(
    back.roots.map(({ number }) => number),
    [1],
  );
  assert.ok(!refused(back, root(2)));
  assert.ok(refused(after(state, final(2)), { kind: 'abandoned', number: 2 }));
});

test('a payment is recorded once, and only where one was due', () => {
  const state = after(EMPTY, root(1, [payout('x', 1)]));
  const paid: ChainEvent = { kind: 'paid', account: 'x', total: '5' };
  assert.deepEqual(after(state, paid).paid, { x: '5' });
  assert.ok(refused(after(state, paid), paid) && refused(EMPTY, paid));
});

test('of the intents only final ones are forgotten', () => {
  let state = after(EMPTY, { kind: 'intended', id: 'stuck', intent: {} });
  for (let i = 0; i < INTENTS_KEPT * 2; i += 1)
    state = after(state, { kind: 'intended', id: `${i}`, intent: {} }, { kind: 'final', id: `${i}` });
  assert.ok(state.intents.length <= INTENTS_KEPT + 1);
  assert.equal(state.intents[0]?.id, 'stuck');
  assert.equal(state.intents.at(-1)?.id, `${INTENTS_KEPT * 2 - 1}`);
});
