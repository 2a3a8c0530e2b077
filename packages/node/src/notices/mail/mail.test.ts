/** Notices by mail, over a real journal, to a mail server on loopback: asked first, then sent, then ended by one click. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type Action, mailAddress } from '@surety/protocol';
import { personOf } from '../../engine/life.fixture.ts';
import { eventually } from '../../journal/host.fixture.ts';
import { type SubscriptionState, subscriptionStream } from '../game.ts';
import { type Bed, CASE, ORIGIN, PAGE, SECRET, startNotices } from '../notices.fixture.ts';
import { ASKS_STREAM } from './asks.ts';
import { linkOf } from './links.ts';
import { mailPages } from './pages.ts';
import { createMailSender, type MailSender } from './send.ts';
import { type Received, type SmtpServer, startSmtp } from './smtp.fixture.ts';

const FROM = 'court@court.example';

let smtp: SmtpServer;
let sender: MailSender;
let bed: Bed;
before(async () => {
  smtp = await startSmtp();
  sender = createMailSender({ url: smtp.url, from: FROM, secret: SECRET, pageOrigin: () => PAGE });
  bed = await startNotices(() => ({ mail: sender }));
});
after(async () => {
  await bed?.end();
  sender?.close();
  smtp?.close();
});

const set = (account: string, address: string, cases: readonly string[] = []) => {
  const to = { kind: 'mail', address } as const;
  const action = { type: 'surety/action/notices/v1', ...bed.common(account), to, cases: [...cases] } as const;
  return bed.notices().set(action as unknown as Extract<Action, { type: 'surety/action/notices/v1' }>, ORIGIN);
};
const subscribe = async (...given: Parameters<typeof set>): Promise<string> => {
  const result = unwrap(await set(...given));
  assert.ok(result.kind === 'notices');
  return result.subscriptionId;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const mails = (count: number): Promise<void> => eventually(`${count} mails`, () => smtp.received.length >= count);
const header = ({ headers }: Received, name: string): string | undefined =>
  headers.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
/** Quoted-printable undone (RFC 2045, 6.7), which mails with long lines come in. */
const textOf = ({ body }: Received): string =>
  body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
/** Encoded words undone (RFC 2047). */
const decoded = (text = ''): string =>
  text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, part: string) => {
    if (kind.toUpperCase() === 'B') return Buffer.from(part, 'base64').toString();
    return decodeURIComponent(
      part
        .replaceAll('_', ' ')
        .replaceAll('%', '%25')
        .replace(/=([0-9A-F]{2})/g, '%$1'),
    );
  });
const linkIn = (mail: Received, purpose: string): URL =>
  new URL(new RegExp(`${PAGE}/notices/${purpose}\\?id=[0-9a-f]{64}&token=[0-9a-f]{64}`).exec(textOf(mail))![0]);

const open = async (link: URL, method: 'GET' | 'POST', body?: string): Promise<Response> => {
  const pages = mailPages({ notices: bed.notices(), secret: SECRET });
  const page = pages.find(({ path }) => path === link.pathname)!;
  return page.handle(new Request(link, { method, ...(body !== undefined && { body }) }), ORIGIN.remote);
};
const statusOf = (id: string) =>
  bed
    .host()
    .state<SubscriptionState>(subscriptionStream(id))
    .then(({ status }) => status);

test('nothing is sent before the mailbox is confirmed, and opening the link alone confirms nothing', async () => {
  const account = personOf(1);
  const id = await subscribe(account, 'juror@people.example', [CASE.caseId]);
  await mails(1);
  const [asked] = smtp.received;
  assert.deepEqual([asked!.from, asked!.to], [FROM, ['juror@people.example']]);
  bed.seat(account, 'commit', bed.court.now - 1, bed.court.now + 1_000);
  await bed.notices().look();
  const link = linkIn(asked!, 'confirm');
  const looked = await open(link, 'GET');
  assert.match(await looked.text(), /<form method="post">/);
  assert.match(looked.headers.get('content-security-policy') ?? '', /form-action 'self'/);
  assert.equal(await statusOf(id), 'waiting');
  assert.equal(smtp.received.length, 1);
  assert.equal((await open(link, 'POST')).status, 200);
  assert.equal(await statusOf(id), 'active');
  await bed.notices().look();
  await mails(2);
  const sent = smtp.received[1]!;
  assert.equal(header(sent, 'subject'), 'Vote: Is example.com a scam?');
  assert.match(textOf(sent), new RegExp(`${PAGE}/#/case/${CASE.caseId}`));
  // RFC 8058: both headers, one link over https.
  assert.equal(header(sent, 'list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
  assert.equal(header(sent, 'list-unsubscribe'), `<${linkIn(sent, 'unsubscribe')}>`);
  assert.equal(header(sent, 'auto-submitted'), 'auto-generated');
});

test('one click ends it, as a mail program posts it, and a second finds nothing to do', async () => {
  const sent = smtp.received[1]!;
  const link = new URL(header(sent, 'list-unsubscribe')!.slice(1, -1));
  assert.equal((await open(link, 'GET')).status, 200);
  for (const _ of [1, 2]) assert.equal((await open(link, 'POST', 'List-Unsubscribe=One-Click')).status, 200);
  assert.equal(await statusOf(link.searchParams.get('id')!), 'ended');
  bed.court.now += 900;
  await bed.notices().look();
  assert.equal(smtp.received.length, 2);
});

test('a link is good for its purpose and its subscription alone, and only for two days', async () => {
  const id = await subscribe(personOf(2), 'late@people.example');
  await mails(3);
  const confirm = new URL(linkOf(PAGE, SECRET, 'confirm', id));
  const bent = new URL(confirm);
  bent.searchParams.set('token', 'ab'.repeat(32));
  const other = new URL(linkOf(PAGE, SECRET, 'unsubscribe', id).replace('/unsubscribe', '/confirm'));
  const foreign = new URL(linkOf(PAGE, 'another secret', 'confirm', id));
  const unknown = new URL(linkOf(PAGE, SECRET, 'confirm', 'ff'.repeat(32)));
  for (const link of [bent, other, foreign, unknown]) assert.equal((await open(link, 'POST')).status, 404, link.search);
  assert.equal(await statusOf(id), 'waiting');
  bed.court.now += 48 * 3_600;
  assert.equal((await open(confirm, 'POST')).status, 404);
  assert.equal(await statusOf(id), 'waiting');
  const file = join(bed.folder, `${id}.json`);
  assert.ok(existsSync(file));
  await bed.notices().look();
  assert.equal(await statusOf(id), 'ended');
  assert.equal(existsSync(file), false, 'the address of who never answered is not kept');
});

test('a mailbox is asked once a day, by whomever, and whatever was restarted meanwhile', async () => {
  assert.equal(codeOf(await set(personOf(3), 'asked@people.example')), 'ok');
  await mails(4);
  assert.equal(codeOf(await set(personOf(4), 'Asked@people.example')), 'rate.limited');
  await bed.restart();
  assert.equal(codeOf(await set(personOf(4), 'asked@people.example')), 'rate.limited');
  const asks = JSON.stringify(await bed.host().read(ASKS_STREAM, 0, 100));
  assert.doesNotMatch(asks, /people|asked@/);
});

test('an account has one mailbox that waits to be confirmed', async () => {
  const account = personOf(30);
  const id = await subscribe(account, 'first@people.example');
  assert.equal(codeOf(await set(account, 'second@people.example')), 'input.too-large');
  assert.equal((await open(new URL(linkOf(PAGE, SECRET, 'confirm', id)), 'POST')).status, 200);
  assert.equal(codeOf(await set(account, 'second@people.example')), 'ok');
  await mails(6);
});

test('a server that is busy is tried again; one that knows no such mailbox ends it; no address is logged', async () => {
  bed.errors.splice(0);
  const before = smtp.received.length;
  smtp.refusals.push('451 later');
  await subscribe(personOf(5), 'busy@people.example');
  await mails(before + 1);
  assert.match(String(bed.errors[0]), /by mail was not taken: it answered 451/);
  smtp.refusals.push('550 no such user');
  const id = await subscribe(personOf(6), 'nobody@people.example');
  await eventually('it ends', async () => (await statusOf(id)) === 'ended');
  assert.doesNotMatch(JSON.stringify(bed.errors.map(String)), /people\.example/);
  const journal = JSON.stringify(await bed.host().read(subscriptionStream(id), 0, 100));
  assert.doesNotMatch(journal, /people|nobody@/);
});

test('a login that the server refuses is the operator’s to mend: the notice waits', async () => {
  const url = smtp.url.replace('smtp://', 'smtp://court:wrong@');
  const other = createMailSender({ url, from: FROM, secret: SECRET, pageOrigin: () => PAGE });
  const asked = await other.ask({ kind: 'mail', address: 'juror@people.example' }, 'ab'.repeat(32));
  assert.deepEqual(asked, { kind: 'later', why: 'answered 535' });
  other.close();
});

test('no address and no question can add a header or another recipient', async () => {
  const bad = [
    'a@b.example\r\nBcc: x@y.example',
    'a@b.example, x@y.example',
    '<a@b.example>',
    '"a b"@b.example',
    'a@b',
    'a b@c.example',
    'a@b.example\n',
    'ä@b.example',
    '@b.example',
    'a@-b.example',
    `${'a'.repeat(250)}@b.example`,
  ];
  for (const address of bad) assert.equal(mailAddress.safeParse(address).success, false, address);
  assert.ok(mailAddress.safeParse("first.last+tag'x@sub.people.example").success);
  const before = smtp.received.length;
  const target = { kind: 'mail', address: 'juror@people.example' } as const;
  const title = 'Vote: Is this\r\nBcc: x@y.example\r\n\r\nreal? \u2028\u202e ünïcode';
  const notice = {
    id: 'x',
    title,
    summary: 'Until noon.\r\n.\r\nMAIL FROM:<x@y.example>',
    link: `${PAGE}/#/court`,
    updated: 0,
    subject: 's',
    until: null,
    urgent: false,
  };
  assert.deepEqual(await sender.send(target, notice, 'ab'.repeat(32)), { kind: 'sent' });
  assert.equal(smtp.received.length, before + 1);
  const mail = smtp.received.at(-1)!;
  assert.deepEqual(mail.to, ['juror@people.example']);
  assert.equal(
    mail.headers.some((line) => /^bcc/i.test(line)),
    false,
  );
  assert.equal(decoded(header(mail, 'subject')), 'Vote: Is this Bcc: x@y.example real? ünïcode');
  assert.match(textOf(mail), /\n\.\r?\nMAIL FROM/);
});
