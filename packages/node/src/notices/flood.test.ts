/** A client that takes as many places as free accounts can, over a real journal with few places. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import type { ActionResult } from '@surety/protocol';
import { REGISTRY_STREAM } from '../engine/court/registry.ts';
import { accountStream } from '../engine/ledger.ts';
import { personOf } from '../engine/life.fixture.ts';
import { type SubscriptionState, subscriptionStream } from './game.ts';
import { type Bed, CASE, NOW, startNotices } from './notices.fixture.ts';
import { type PushService, startPushService } from './push-service.fixture.ts';

const PLACES = { person: 2, stake: 2, free: 8 };
const IN_ALL = 12;

let bed: Bed;
let service: PushService;
before(async () => {
  service = await startPushService();
  bed = await startNotices(() => ({ push: async () => ({ kind: 'sent' }) }), PLACES);
});
after(async () => {
  await bed?.end();
  service?.close();
});

const set = (account: string, remote: string, place: string, cases: string[]): Promise<Result<ActionResult>> => {
  const to = { ...service.target, endpoint: `${service.target.endpoint}/${place}` };
  return bed.notices().set({ type: 'surety/action/notices/v1', ...bed.common(account), to, cases }, { remote });
};
const follow = (account: string, remote: string, place = account): Promise<Result<ActionResult>> =>
  set(account, remote, place, [CASE.caseId]);
const idOf = (result: Result<ActionResult>): string => {
  const done = unwrap(result);
  assert.ok(done.kind === 'notices');
  return done.subscriptionId;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const statusOf = async (id: string) => (await bed.host().state<SubscriptionState>(subscriptionStream(id))).status;

test('a flood from one network keeps out neither who comes from another, nor who has a stake, nor whom they displaced for good', async () => {
  bed.court.now = NOW + 10;
  const idle = idOf(await set(personOf(100), '203.0.113.1', 'idle', []));
  const early = idOf(await follow(personOf(101), '203.0.113.1'));
  const flood: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    for (let place = 0; place < 8 && flood.length < IN_ALL - 2; place += 1)
      flood.push(idOf(await follow(personOf(n), `198.51.100.${n}`, `${n}-${place}`)));
  }
  // Who has nothing to be told goes first, even for a flood; then nobody does.
  flood.push(idOf(await follow(personOf(3), '198.51.100.3')));
  assert.equal(await statusOf(idle), 'ended');
  assert.equal(codeOf(await follow(personOf(4), '198.51.100.4')), 'input.too-large');
  const elsewhere = idOf(await follow(personOf(102), '192.0.2.7'));
  const staked = personOf(103);
  const unwrapped = await bed.host().transact([
    {
      stream: accountStream(staked),
      event: { kind: 'deposited', depositId: '1', amountMicroUsd: 2_000_000n, at: NOW },
    },
    {
      stream: accountStream(staked),
      event: {
        kind: 'sent',
        amountMicroUsd: 2_000_000n,
        to: { stream: REGISTRY_STREAM, purpose: 'juror-stake' },
        at: NOW,
      },
    },
    { stream: REGISTRY_STREAM, event: { kind: 'staked', account: staked, amountMicroUsd: 2_000_000n, at: NOW } },
  ]);
  unwrap(unwrapped);
  bed.court.now = NOW + 3_600;
  // From the flood's own network, and later than all of it.
  const backed = idOf(await follow(staked, '198.51.100.9'));
  for (const id of [early, elsewhere, backed]) assert.equal(await statusOf(id), 'active');
  const statuses = await Promise.all(flood.map(statusOf));
  assert.equal(statuses.filter((status) => status === 'ended').length, 2);
  await bed.restart(undefined);
  for (const id of [early, elsewhere, backed]) assert.equal(await statusOf(id), 'active');
  assert.equal(
    codeOf(await follow(personOf(5), '198.51.100.5')),
    'input.too-large',
    'places are as full after a restart',
  );
});
