/** Notices over a real journal and its outbox, to a push service on loopback. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import type { Action, ActionResult } from '@surety/protocol';
import { personOf } from '../engine/life.fixture.ts';
import { eventually } from '../journal/host.fixture.ts';
import { type SubscriptionState, subscriptionStream } from './game.ts';
import { type Bed, CASE, NOW, ORIGIN, PAGE, startNotices } from './notices.fixture.ts';
import { sendPush } from './push/send.ts';
import { vapidKeyOf } from './push/vapid.ts';
import { type PushService, startPushService } from './push-service.fixture.ts';

const KEY = vapidKeyOf('09'.repeat(32));

let bed: Bed;
let service: PushService;
before(async () => {
  service = await startPushService();
  bed = await startNotices((now) => ({
    push: (to, notice) => sendPush(to, notice, { key: KEY, contact: PAGE, now, environment: 'development' }),
  }));
});
after(async () => {
  await bed?.end();
  service?.close();
});

const set = (account: string, cases: readonly string[] = [], to = service.target): Promise<Result<ActionResult>> =>
  bed.notices().set({ type: 'surety/action/notices/v1', ...bed.common(account), to, cases: [...cases] }, ORIGIN);
const subscribe = async (...given: Parameters<typeof set>): Promise<string> => {
  const result = unwrap(await set(...given));
  assert.ok(result.kind === 'notices');
  return result.subscriptionId;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const remove = (account: string, subscriptionId: string) =>
  bed
    .notices()
    .remove({ type: 'surety/action/notices-delete/v1', ...bed.common(account), subscriptionId } as Extract<
      Action,
      { type: 'surety/action/notices-delete/v1' }
    >);
const titles = (): string[] => service.pushed.map(({ message }) => message.title);
const told = (count: number): Promise<void> =>
  eventually(`${count} notices, there are ${service.pushed.length}`, () => service.pushed.length >= count);

test('a seat, its windows and a case that moves are told, each once, in a message that the browser can read', async () => {
  const account = personOf(1);
  const id = await subscribe(account, ['00'.repeat(32), CASE.caseId]);
  const { cases } = await bed.host().state<SubscriptionState>(subscriptionStream(id));
  assert.deepEqual(cases, [CASE.caseId], 'a case that there is not is not looked for again and again');
  await bed.notices().look();
  assert.deepEqual(titles(), [], 'where a case stands already is no news');
  bed.seat(account, 'commit', NOW + 100, NOW + 500);
  await bed.notices().look();
  await told(1);
  await Promise.all([bed.notices().look(), bed.notices().look()]);
  bed.court.now = NOW + 100;
  await bed.notices().look();
  await told(2);
  bed.court.now = NOW + 400;
  await bed.notices().look();
  await told(3);
  bed.seat(account, 'done', NOW + 100, NOW + 500);
  bed.court.case = { ...bed.court.case, phase: 'appealable', round: 3, endsAt: NOW + 9_000, movedAt: NOW + 400 };
  await bed.notices().look();
  await told(4);
  const question = 'Is example.com a scam?';
  assert.deepEqual(titles(), [
    `You were drawn: ${question}`,
    `Vote: ${question}`,
    `Soon over: Vote: ${question}`,
    `${question} It can be appealed.`,
  ]);
  const [drawn, , soon] = service.pushed;
  assert.equal(drawn!.message.link, `${PAGE}/#/case/${CASE.caseId}`);
  assert.deepEqual(
    [
      drawn!.headers['content-encoding'],
      drawn!.headers.urgency,
      drawn!.headers.ttl,
      soon!.headers.urgency,
      soon!.headers.ttl,
    ],
    ['aes128gcm', 'normal', '500', 'high', '100'],
  );
  const origin = new URL(service.target.endpoint).origin;
  assert.deepEqual(drawn!.claims, { aud: origin, exp: NOW + 43_200, sub: PAGE });
});

test('a service that is busy is tried again; one that says the browser has gone ends the subscription', async () => {
  const account = personOf(2);
  const before = service.pushed.length;
  const subscriptionId = await subscribe(account);
  service.statuses.push(429, 503);
  bed.seat(account, 'commit', bed.court.now - 10, bed.court.now + 1_000);
  await bed.notices().look();
  await told(before + 1);
  assert.ok(bed.errors.splice(0).every((cause) => /was not taken: it answered (?:429|503)/.test(String(cause))));
  const file = join(bed.folder, `${subscriptionId}.json`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  service.statuses.push(410);
  bed.seat(account, 'open', bed.court.now - 10, bed.court.now + 1_000);
  await bed.notices().look();
  const stateOf = () => bed.host().state<SubscriptionState>(subscriptionStream(subscriptionId));
  await eventually('the subscription ends', async () => (await stateOf()).status === 'ended');
  assert.equal(existsSync(file), false, 'where it went is forgotten');
  const requests = service.requests();
  bed.unseat(account);
  bed.seat(account, 'commit', bed.court.now - 5, bed.court.now + 2_000);
  await bed.notices().look();
  assert.equal(service.requests(), requests);
});

test('refusals that stay refusals are given up, and ten in a row end it', async () => {
  const account = personOf(3);
  const subscriptionId = await subscribe(account);
  const stateOf = () => bed.host().state<SubscriptionState>(subscriptionStream(subscriptionId));
  for (let turn = 1; turn <= 10; turn += 1) {
    service.statuses.push(400);
    bed.unseat(account);
    bed.seat(account, turn % 2 === 0 ? 'commit' : 'open', bed.court.now - 10 - turn, bed.court.now + 1_000);
    await bed.notices().look();
    await eventually(`given up ${turn}`, async () => (await stateOf()).failures === turn);
  }
  assert.equal((await stateOf()).status, 'ended');
  assert.deepEqual(bed.errors.splice(0), []);
});

test('after a restart nothing is told twice, and what is new is told; nothing is told once it is ended', async () => {
  const account = personOf(4);
  const subscriptionId = await subscribe(account);
  const before = service.pushed.length;
  bed.seat(account, 'commit', bed.court.now - 10, bed.court.now + 1_000);
  await bed.notices().look();
  await told(before + 1);
  const orphan = join(bed.folder, `${'ab'.repeat(32)}.json`);
  writeFileSync(orphan, JSON.stringify(service.target));
  await bed.restart();
  assert.equal(existsSync(orphan), false, 'where nothing goes is not kept');
  await bed.notices().look();
  bed.seat(account, 'open', bed.court.now - 10, bed.court.now + 1_000);
  await bed.notices().look();
  await told(before + 2);
  assert.equal(codeOf(await remove(personOf(5), subscriptionId)), 'notices.unknown');
  assert.equal(codeOf(await remove(account, subscriptionId)), 'ok');
  assert.equal(codeOf(await remove(account, subscriptionId)), 'notices.unknown');
  bed.court.now += 900;
  await bed.notices().look();
  assert.equal(service.pushed.length, before + 2);
  assert.equal(readdirSync(bed.folder).includes(`${subscriptionId}.json`), false);
});

test('what is written down of a place that cannot be reached does not name it', async () => {
  const account = personOf(8);
  const subscriptionId = await subscribe(account, [], { ...service.target, endpoint: 'http://127.0.0.1:1/p/secret' });
  bed.errors.splice(0);
  bed.seat(account, 'commit', bed.court.now - 10, bed.court.now + 1_000);
  await bed.notices().look();
  await eventually('it fails', () => bed.errors.length > 0);
  unwrap(await remove(account, subscriptionId));
  bed.unseat(account);
  const said = bed.errors.splice(0).map(String).join(' ');
  assert.match(said, /failed \(ECONNREFUSED\)/);
  assert.doesNotMatch(said, /127\.0\.0\.1/);
});

test('places that never answer do not fill the outbox', async () => {
  let [now, most, sent] = [0, 0, 0];
  const waiting: (() => void)[] = [];
  const push = async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise<void>((resolve) => waiting.push(resolve));
    now -= 1;
    sent += 1;
    return { kind: 'sent' } as const;
  };
  await bed.restart({ push });
  const accounts = [personOf(11), personOf(12), personOf(13)];
  for (const account of accounts) {
    for (let n = 0; n < 8; n += 1)
      await subscribe(account, [], { ...service.target, endpoint: `${service.target.endpoint}/${account}/${n}` });
    bed.seat(account, 'commit', bed.court.now - 10, bed.court.now + 1_000);
  }
  await bed.notices().look();
  await eventually('all places are taken', () => waiting.length === 16);
  await eventually('others are told to wait', () => bed.errors.some((cause) => /waits for 16/.test(String(cause))));
  assert.equal(most, 16);
  const free = setInterval(() => {
    for (const resolve of waiting.splice(0)) resolve();
  }, 10);
  await eventually('the rest follows', () => sent === 24);
  clearInterval(free);
  for (const account of accounts) bed.unseat(account);
  bed.errors.splice(0);
  await bed.restart();
});

test('a replay changes nothing; no more than eight of an account; nowhere inside; not where pushing is off', async () => {
  const account = personOf(6);
  const once = { type: 'surety/action/notices/v1', ...bed.common(account), to: service.target, cases: [] } as const;
  assert.ok((await bed.notices().set({ ...once, cases: [] }, ORIGIN)).ok);
  assert.equal(codeOf(await bed.notices().set({ ...once, cases: [CASE.caseId] }, ORIGIN)), 'action.replayed');
  const at = (n: number) => ({ ...service.target, endpoint: `${service.target.endpoint}/${n}` });
  for (let n = 1; n < 8; n += 1) await subscribe(account, [], at(n));
  assert.equal(codeOf(await set(account, [], at(8))), 'input.too-large');
  assert.equal(codeOf(await set(account, [CASE.caseId])), 'ok');
  for (const endpoint of ['http://10.0.0.1/p', 'https://169.254.169.254/p', 'http://push.example/p'])
    assert.equal(
      codeOf(await set(personOf(7), [], { ...service.target, endpoint })),
      'notices.forbidden-target',
      endpoint,
    );
  const off = { ...service.target, p256dh: `04${'11'.repeat(64)}` };
  assert.equal(codeOf(await set(personOf(7), [], off)), 'input.malformed', 'a key that nothing can be encrypted to');
  await bed.restart({});
  assert.equal(codeOf(await set(personOf(7))), 'notices.off');
  assert.equal(JSON.stringify(bed.errors).includes('secret-of-the-browser'), false);
});
