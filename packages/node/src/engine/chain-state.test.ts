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
const payout = (account: string, number: number): Payout => ({
  account,
  number,
  authorised: '5',
  intent: { kind: 'withdraw' },
});
const root = (number: number, payouts: readonly Payout[] = []): ChainEvent => ({
  kind: 'root',
  id: `root/${number}`,
  intent: { kind: 'post-root' },
  number,
  depositsThrough: `${number}`,
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

const refusedRoot = (number: number, rootCount: number): ChainEvent => ({
  kind: 'refused',
  id: `root/${number}`,
  code: 'settlement.root-above-deposits',
  rootCount,
});
const numbers = ({ roots }: ChainState): readonly number[] => roots.map(({ number }) => number);

test('a root that can never fit gives its number back, with what it would have paid', () => {
  const state = after(EMPTY, root(1, [payout('x', 1)]), final(1), root(2, [payout('y', 2)]));
  const back = after(state, refusedRoot(2, 1));
  assert.equal(back.rootNumber, 1);
  assert.deepEqual(back.payouts, [payout('x', 1)]);
  assert.deepEqual(numbers(back), [1]);
  assert.deepEqual(back.refusals, [{ id: 'root/2', code: 'settlement.root-above-deposits' }]);
  assert.ok(!refused(back, root(2)) && refused(back, refusedRoot(2, 1)));
});

test('on a chain that has fewer roots than thought all later ones go; on one that has more, numbers go on after them', () => {
  const state = after(EMPTY, root(1), final(1), root(2), final(2), root(3));
  const shorter = after(state, refusedRoot(3, 0));
  assert.equal(shorter.rootNumber, 0);
  assert.deepEqual(shorter.intents, []);
  const longer = after(state, refusedRoot(3, 4));
  assert.deepEqual(numbers(longer), [2]);
  assert.ok(!refused(longer, root(5)));
});

test('money that was refused stays intended and in its place; the refusal is noted until it went through', () => {
  const mint: ChainEvent = { kind: 'intended', id: 'mint', intent: { kind: 'mint' } };
  const no: ChainEvent = { kind: 'refused', id: 'mint', code: 'input.out-of-range', rootCount: 0 };
  const state = after(EMPTY, mint, root(1), no, no);
  assert.deepEqual(
    state.intents.map(({ id }) => id),
    ['mint', 'root/1'],
  );
  assert.equal(state.refusals.length, 1);
  assert.deepEqual(after(state, { kind: 'final', id: 'mint' }).refusals, []);
});

test('deposits count once the root that counts them is final', () => {
  const state = after(EMPTY, root(1));
  assert.equal(state.countedThrough, '0');
  assert.equal(after(state, final(1)).countedThrough, '1');
});

test('a payment ends what it paid and nothing more, and only where something was due', () => {
  const more = { ...payout('x', 2), authorised: '9' };
  const state = after(EMPTY, root(1, [payout('x', 1)]), final(1), root(2, [more]));
  const paid: ChainEvent = { kind: 'paid', account: 'x', total: '5' };
  assert.deepEqual(after(state, paid).payouts, [more]);
  assert.ok(refused(after(state, paid), paid) && refused(EMPTY, paid));
});

test('of the intents only final ones that follow from the journal are forgotten', () => {
  let state = after(EMPTY, { kind: 'intended', id: 'stuck', intent: { kind: 'anchor' } });
  state = after(state, { kind: 'intended', id: 'mint', intent: { kind: 'mint' } }, { kind: 'final', id: 'mint' });
  for (let i = 0; i < INTENTS_KEPT * 2; i += 1)
    state = after(state, { kind: 'intended', id: `${i}`, intent: { kind: 'anchor' } }, { kind: 'final', id: `${i}` });
  assert.ok(state.intents.length <= INTENTS_KEPT + 2);
  assert.deepEqual(
    state.intents.slice(0, 2).map(({ id }) => id),
    ['stuck', 'mint'],
  );
  assert.equal(state.intents.at(-1)?.id, `${INTENTS_KEPT * 2 - 1}`);
});
