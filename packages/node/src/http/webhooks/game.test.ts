import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode, unwrap } from '@surety/core';
import { type WebhookEvent, webhookGame } from './game.ts';

const MARKET = `market:${'ab'.repeat(32)}`;
const created: WebhookEvent = {
  kind: 'created',
  account: '0x7f3A4c9B2D1E8F60A5b7C3d4E9f1a2B6C8D0e5F4',
  url: 'https://hooks.example/x',
  secret: 'whsec_c2VjcmV0',
  cursor: { [MARKET]: 26, markets: 3 },
  at: 1_800_000_000,
};

test('a webhook on a market survives the journal: the name of its stream is too long for a key', () => {
  const events: readonly WebhookEvent[] = [created, { kind: 'delivered', stream: MARKET, seq: 27 }];
  let state = webhookGame.initial('webhook:1');
  for (const event of events) {
    const back = webhookGame.decodeEvent(unwrap(decode(encode(webhookGame.encodeEvent(event)))));
    assert.deepEqual(back, event);
    const stepped = webhookGame.step(state, back);
    assert.equal(stepped.kind, 'accepted');
    if (stepped.kind === 'accepted') ({ state } = stepped);
  }
  assert.deepEqual(state.cursor, { [MARKET]: 27, markets: 3 });
  assert.deepEqual(webhookGame.decodeState(unwrap(decode(encode(webhookGame.encodeState(state))))), state);
});

test('a journal that holds the older form is still read', () => {
  assert.deepEqual(webhookGame.decodeEvent({ ...created, cursor: { markets: 3 } }), {
    ...created,
    cursor: { markets: 3 },
  });
});
