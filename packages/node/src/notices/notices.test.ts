/** Notices over a real journal and its outbox, to a push service on loopback. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ok, type Result, refuse, unwrap } from '@surety/core';
import type { Action, ActionResult, CourtCase, CourtJuror } from '@surety/protocol';
import { personOf } from '../engine/life.fixture.ts';
import { SAMPLES } from '../http/testing/samples.ts';
import { eventually } from '../journal/host.fixture.ts';
import { createHost, type Host } from '../journal/host.ts';
import { type TemporaryPostgres, temporaryPostgres } from '../processes/temporary.ts';
import { type SubscriptionState, subscriptionStream } from './game.ts';
import { createNotices, type Notices, type NoticesOptions, registerNotices } from './notices.ts';
import { sendPush } from './push/send.ts';
import { vapidKeyOf } from './push/vapid.ts';
import { type PushService, startPushService } from './push-service.fixture.ts';
import { fileTargets } from './targets.ts';

const CASE = SAMPLES.case.output as CourtCase;
const PAGE = 'https://court.example';
const NOW = 1_750_000_000;
const KEY = vapidKeyOf('09'.repeat(32));

const home = mkdtempSync(join(tmpdir(), 'surety-notices-'));

/** The court as everybody reads it, changed by the tests. */
const court = {
  now: NOW,
  case: CASE,
  duties: new Map<string, CourtJuror['duties']>(),
};

/** Somebody sits in the running round, and has this to do. */
const seat = (account: string, todo: 'commit' | 'open' | 'done', from: number, until: number): void => {
  const duty = { caseId: CASE.caseId, plainWords: CASE.plainWords, round: 3, todo, from, until };
  court.duties.set(account, [{ ...duty, feeMicroUsd: '1', lockMicroUsd: '1' }]);
  const panel = [...court.duties.keys()].map((juror) => ({ juror }) as CourtCase['rounds'][number]['panel'][number]);
  const round = { number: 3, state: 'running', panel } as unknown as CourtCase['rounds'][number];
  court.case = { ...court.case, rounds: [round] };
};

const errors: unknown[] = [];
let database: TemporaryPostgres;
let host: Host;
let notices: Notices;
let service: PushService;

const open = async (over: Partial<NoticesOptions> = {}): Promise<void> => {
  const { databaseUrl } = database;
  host = await createHost({ databaseUrl, node: 'notices', onError: (cause) => errors.push(cause) });
  registerNotices(host);
  const environment = 'development';
  const now = (): number => court.now;
  notices = createNotices({
    host,
    handlers: () => ({
      case: async ({ params }) =>
        params.marketId === CASE.caseId
          ? ok(court.case)
          : refuse({ code: 'court.case-unknown', message: 'No such case.', next: 'Look elsewhere.' }),
      juror: async ({ params: { address } }) =>
        ok({ address, stakeMicroUsd: '0', lockedMicroUsd: '0', since: null, duties: court.duties.get(address) ?? [] }),
    }),
    openCases: () => [CASE.caseId],
    targets: fileTargets(join(home, 'notices')),
    senders: { push: (to, notice) => sendPush(to, notice, { key: KEY, contact: PAGE, now, environment }) },
    secret: '0a'.repeat(32),
    pageOrigin: () => PAGE,
    environment,
    now,
    onError: (cause) => errors.push(cause),
    ...over,
  });
  await notices.start(3_600);
};
before(async () => {
  [database, service] = await Promise.all([temporaryPostgres(), startPushService()]);
  await open();
});
after(async () => {
  notices?.stop();
  await host?.close();
  service?.close();
  await database?.stop();
  rmSync(home, { recursive: true, force: true });
});

let nonces = 0;
const common = (account: string) => {
  nonces += 1;
  const nonce = nonces.toString(16).padStart(32, '0');
  return { account, chainId: 1, operator: account, nonce, expiresAt: court.now + 60 };
};
const set = (account: string, cases: readonly string[] = [], to = service.target): Promise<Result<ActionResult>> =>
  notices.set({ type: 'surety/action/notices/v1', ...common(account), to, cases: [...cases] });
const subscribe = async (...given: Parameters<typeof set>): Promise<string> => {
  const result = unwrap(await set(...given));
  assert.ok(result.kind === 'notices');
  return result.subscriptionId;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const remove = (account: string, subscriptionId: string) =>
  notices.remove({ type: 'surety/action/notices-delete/v1', ...common(account), subscriptionId } as Extract<
    Action,
    { type: 'surety/action/notices-delete/v1' }
  >);
const titles = (): string[] => service.pushed.map(({ message }) => message.title);
const told = (count: number): Promise<void> =>
  eventually(`${count} notices, there are ${service.pushed.length}`, () => service.pushed.length >= count);

test('a seat, its windows and a case that moves are told, each once, in a message that the browser can read', async () => {
  const account = personOf(1);
  await subscribe(account, [CASE.caseId]);
  await notices.look();
  assert.deepEqual(titles(), [], 'where a case stands already is no news');
  seat(account, 'commit', NOW + 100, NOW + 500);
  await notices.look();
  await told(1);
  await Promise.all([notices.look(), notices.look()]);
  court.now = NOW + 100;
  await notices.look();
  await told(2);
  court.now = NOW + 400;
  await notices.look();
  await told(3);
  seat(account, 'done', NOW + 100, NOW + 500);
  court.case = { ...court.case, phase: 'appealable', round: 3, endsAt: NOW + 9_000, movedAt: NOW + 400 };
  await notices.look();
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
  seat(account, 'commit', court.now - 10, court.now + 1_000);
  await notices.look();
  await told(before + 1);
  assert.ok(errors.splice(0).every((cause) => /was not taken: it answered (?:429|503)/.test(String(cause))));
  const file = join(home, 'notices', `${subscriptionId}.json`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  service.statuses.push(410);
  seat(account, 'open', court.now - 10, court.now + 1_000);
  await notices.look();
  const stateOf = () => host.state<SubscriptionState>(subscriptionStream(subscriptionId));
  await eventually('the subscription ends', async () => (await stateOf()).status === 'ended');
  assert.equal(existsSync(file), false, 'where it went is forgotten');
  const requests = service.requests();
  court.duties.delete(account);
  seat(account, 'commit', court.now - 5, court.now + 2_000);
  await notices.look();
  assert.equal(service.requests(), requests);
});

test('refusals that stay refusals are given up, and ten in a row end it', async () => {
  const account = personOf(3);
  const subscriptionId = await subscribe(account);
  const stateOf = () => host.state<SubscriptionState>(subscriptionStream(subscriptionId));
  for (let turn = 1; turn <= 10; turn += 1) {
    service.statuses.push(400);
    court.duties.delete(account);
    seat(account, turn % 2 === 0 ? 'commit' : 'open', court.now - 10 - turn, court.now + 1_000);
    await notices.look();
    await eventually(`given up ${turn}`, async () => (await stateOf()).failures === turn);
  }
  assert.equal((await stateOf()).status, 'ended');
  assert.deepEqual(errors.splice(0), []);
});

test('after a restart nothing is told twice, and what is new is told; nothing is told once it is ended', async () => {
  const account = personOf(4);
  const subscriptionId = await subscribe(account);
  const before = service.pushed.length;
  seat(account, 'commit', court.now - 10, court.now + 1_000);
  await notices.look();
  await told(before + 1);
  notices.stop();
  await host.close();
  await open();
  await notices.look();
  seat(account, 'open', court.now - 10, court.now + 1_000);
  await notices.look();
  await told(before + 2);
  assert.equal(codeOf(await remove(personOf(5), subscriptionId)), 'notices.unknown');
  assert.equal(codeOf(await remove(account, subscriptionId)), 'ok');
  assert.equal(codeOf(await remove(account, subscriptionId)), 'notices.unknown');
  court.now += 900;
  await notices.look();
  assert.equal(service.pushed.length, before + 2);
  assert.equal(readdirSync(join(home, 'notices')).includes(`${subscriptionId}.json`), false);
});

test('a replay changes nothing; no more than eight of an account; nowhere inside; not where pushing is off', async () => {
  const account = personOf(6);
  const once = { type: 'surety/action/notices/v1', ...common(account), to: service.target, cases: [] } as const;
  assert.ok((await notices.set({ ...once, cases: [] })).ok);
  assert.equal(codeOf(await notices.set({ ...once, cases: [CASE.caseId] })), 'action.replayed');
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
  notices.stop();
  await host.close();
  await open({ senders: {} });
  assert.equal(codeOf(await set(personOf(7))), 'notices.off');
  assert.equal(JSON.stringify(errors).includes('secret-of-the-browser'), false);
});
