import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Standing } from '../../places/places.ts';
import { ASKS_IN_AN_HOUR, type Asks, asksGame, HOUR_SECONDS, mailboxDigest, stepAsks } from './asks.ts';

const NOW = 1_000_000;
const free = (network: number | null): Standing => ({ kind: 'free', network, since: 1 });
const STAKE: Standing = { kind: 'stake', stakeMicroUsd: 2_000_000n };

/** The state after asking a mailbox, on disk and back, or what was too much. */
const ask = (state: Asks, n: number, standing: Standing, at = NOW): Asks | string => {
  const event = { kind: 'asked', mailbox: mailboxDigest('s', `n${n}@people.example`), standing, at } as const;
  const stepped = stepAsks(state, asksGame.decodeEvent(asksGame.encodeEvent(event)));
  if (stepped.kind === 'refused') return `${stepped.problem.code}: ${stepped.problem.limit}`;
  const read = asksGame.decodeState(asksGame.encodeState(stepped.state));
  assert.deepEqual(read, stepped.state);
  return read;
};
const asked = (count: number, standing: (n: number) => Standing, from: Asks = [], first = 0): Asks =>
  Array.from({ length: count }, (_, i) => first + i).reduce<Asks>((state, n) => {
    const next = ask(state, n, standing(n));
    assert.ok(typeof next !== 'string', String(next));
    return next;
  }, from);

test('free accounts have a part of an hour, one network of them a smaller one, and stakes the rest', () => {
  const { all, free: most, network } = ASKS_IN_AN_HOUR;
  const crowd = asked(network, () => free(1));
  assert.equal(ask(crowd, 99, free(1)), 'rate.limited: 6 mailboxes an hour from a network');
  const flood = asked(most - network, (n) => free(2 + Math.floor(n / network)), crowd, network);
  assert.equal(ask(flood, 99, free(77)), 'rate.limited: 40 mailboxes an hour without stake or person');
  const full = asked(all - most, () => STAKE, flood, most);
  assert.equal(ask(full, 99, { kind: 'person' }), 'rate.limited: 60 mailboxes an hour');
  assert.notEqual(typeof ask(full, 99, free(1), NOW + HOUR_SECONDS), 'string');
});

test('where no network is seen, none is counted', () => {
  asked(ASKS_IN_AN_HOUR.free, () => free(null));
});

test('a mailbox is asked again after a day, however it is written, and what is older is forgotten', () => {
  const once = asked(3, () => STAKE);
  assert.equal(mailboxDigest('s', 'N1@People.example'), mailboxDigest('s', 'n1@people.example'));
  assert.equal(ask(once, 1, STAKE, NOW + 86_399), 'rate.limited: once a day for a mailbox');
  const again = ask(once, 1, STAKE, NOW + 86_400);
  assert.equal(again.length, 1);
});
