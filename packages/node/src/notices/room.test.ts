import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NoticeTarget } from '@surety/protocol';
import type { Standing } from '../places/places.ts';
import { type SubscriptionState, subscriptionGame } from './game.ts';
import { type Newcomer, roomFor } from './room.ts';

const PLACES = { person: 1, stake: 1, free: 4 };
const PUSH: NoticeTarget = { kind: 'push', endpoint: 'https://push.example/1', p256dh: '04', auth: '00' };
const MAIL: NoticeTarget = { kind: 'mail', address: 'a@b.example' };

type Held = { readonly state: SubscriptionState; readonly standing: Standing };
let ids = 0;
const held = (standing: Standing, over: Partial<SubscriptionState> = {}): Held => {
  ids += 1;
  const state = subscriptionGame.initial(`s${ids}`);
  return { standing, state: { ...state, account: `a${ids}`, status: 'active', cases: ['open'], setAt: ids, ...over } };
};
const free = (network: number, since = 1): Standing => ({ kind: 'free', network, since });
const newcomer = (standing: Standing, over: Partial<Newcomer> = {}): Newcomer => ({
  account: 'new',
  to: PUSH,
  standing,
  ...over,
});

/** Whose place it takes: its number among those held, `room`, or what there is no more of. */
const room = (of: Newcomer, all: readonly Held[]): string | number => {
  const found = roomFor(
    of,
    all.map(({ state }) => state),
    {
      places: PLACES,
      standingOf: ({ subscriptionId }) => all.find(({ state }) => state.subscriptionId === subscriptionId)!.standing,
      isOpen: (caseId) => caseId === 'open',
    },
  );
  if (!found.ok) return String(found.problem.limit);
  return found.value === null ? 'room' : all.findIndex(({ state }) => state.subscriptionId === found.value);
};

test('while there are places anybody has one', () => {
  const five = Array.from({ length: 5 }, () => held(free(1)));
  assert.equal(room(newcomer(free(1)), five), 'room');
});

test('first goes who has nothing to be told, the longest ago; a person or a stake may be drawn, and so never counts as idle', () => {
  const all = [
    held({ kind: 'person' }, { cases: [] }),
    held({ kind: 'stake', stakeMicroUsd: 1n }, { cases: [] }),
    held(free(1)),
    held(free(2), { cases: ['ended'], setAt: 5_000 }),
    held(free(3), { cases: [], setAt: 4_000 }),
    held(free(4)),
  ];
  assert.equal(room(newcomer(free(9)), all), 4);
});

test('where all follow what is open, a flood from one network makes room for others, and is refused itself', () => {
  const all = [
    held({ kind: 'person' }),
    held({ kind: 'stake', stakeMicroUsd: 1n }),
    held(free(1, 10)),
    held(free(1, 30)),
    held(free(1, 20)),
    held(free(2, 90)),
  ];
  assert.equal(room(newcomer(free(7, 99)), all), 3);
  assert.equal(room(newcomer(free(1, 99)), all), '6 at this node');
  assert.equal(room(newcomer({ kind: 'person' }), all), '6 at this node', 'persons have one place, and one is taken');
  assert.equal(room(newcomer({ kind: 'stake', stakeMicroUsd: 2n }), all), 1);
});

test('eight of an account, and one mailbox that waits', () => {
  const mine = (over: Partial<SubscriptionState> = {}) => held(free(1), { account: 'new', ...over });
  assert.equal(
    room(
      newcomer(free(1)),
      Array.from({ length: 8 }, () => mine()),
    ),
    '8 of an account',
  );
  const waiting = [mine({ kind: 'mail', status: 'waiting' })];
  assert.equal(room(newcomer(free(1), { to: MAIL }), waiting), '1 mailbox of an account that is not confirmed');
  assert.equal(room(newcomer(free(1)), waiting), 'room');
});
