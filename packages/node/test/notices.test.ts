/** Notices of a whole node: a mail server on loopback, the node's own edge, and the link that a mail brings. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SuretyError } from '@surety/sdk';
import { type SmtpServer, startSmtp } from '../src/notices/mail/smtp.fixture.ts';
import { createWorld, newcomer, until, type World } from './world.ts';

let smtp: SmtpServer;
let world: World;
before(async () => {
  smtp = await startSmtp();
  world = await createWorld({ SURETY_SMTP_URL: smtp.url, SURETY_MAIL_FROM: 'court@court.example' });
});
after(async () => {
  await world?.end();
  smtp?.close();
});

test('a mailbox is asked, confirmed by its link, and let go by one click; nothing is pushed with the network off', async () => {
  const client = world.client();
  const { account } = await newcomer(client);
  const { notices, pageOrigin } = await client.network();
  assert.deepEqual(notices, { pushKey: null, mail: true });
  const to = { kind: 'mail', address: 'juror@people.example' } as const;
  const set = { type: 'surety/action/notices/v1', to, cases: [] } as const;
  const asked = await account.act({ ...set, cases: [] });
  assert.ok(asked.kind === 'notices' && !asked.confirmed);
  await until(
    async () => smtp.received.length,
    (count) => count === 1,
    20,
  );
  const text = smtp.received[0]!.body.replace(/=\r\n/g, '').replaceAll('=3D', '=');
  const linkIn = (purpose: string): string => {
    const path = new RegExp(`${pageOrigin}(/notices/${purpose}\\?id=[0-9a-f]+&token=[0-9a-f]+)`).exec(text)?.[1];
    assert.ok(path !== undefined, text);
    return `${world.node().url}${path}`;
  };
  assert.equal((await fetch(linkIn('confirm'), { method: 'POST' })).status, 200);
  const again = await account.act({ ...set, cases: [] });
  assert.ok(again.kind === 'notices' && again.confirmed);
  const push = { kind: 'push', endpoint: 'https://push.example/p', p256dh: account.session.sessionKey } as const;
  await assert.rejects(
    account.act({ ...set, to: { ...push, auth: '00'.repeat(16) }, cases: [] }),
    (cause: unknown) => cause instanceof SuretyError && cause.code === 'notices.off',
  );
  await world.restart();
  const oneClick = await fetch(linkIn('unsubscribe'), { method: 'POST', body: 'List-Unsubscribe=One-Click' });
  assert.equal(oneClick.status, 200);
});
