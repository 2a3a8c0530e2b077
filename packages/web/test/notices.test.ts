/**
 * Being told by push: the page, its real service worker and a push service on loopback. Only the browser's own connection to its
 * maker's service is stood in for, since a headless browser has none.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { sendPush } from '../../node/src/notices/push/send.ts';
import { vapidKeyOf } from '../../node/src/notices/push/vapid.ts';
import { type PushService, startPushService } from '../../node/src/notices/push-service.fixture.ts';
import { audit } from './audit.ts';
import { startBrowser } from './chromium.ts';
import { CASES } from './fixture/cases.ts';
import { type Fixture, startFixture } from './fixture/server.ts';
import { focusIsVisible, PHONE, tabTo, textOf, visit } from './steps.ts';

let fixture: Fixture;
let browser: Browser;
let service: PushService;
before(async () => {
  [fixture, browser, service] = await Promise.all([startFixture(), startBrowser(), startPushService()]);
});
after(async () => {
  await browser?.close();
  await fixture?.close();
  service?.close();
});

/** What a browser with a push service would give. */
const givePlace = async (page: Page): Promise<void> => {
  await page.addInitScript(({ endpoint, p256dh, auth }) => {
    const bytes = (hex: string): ArrayBuffer =>
      new Uint8Array((hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))).buffer;
    const subscription = {
      endpoint,
      getKey: (name: string) => bytes(name === 'auth' ? auth : p256dh),
    } as unknown as PushSubscription;
    PushManager.prototype.subscribe = async () => subscription;
  }, service.target);
};

const caseAt = (name: keyof typeof CASES): string => `${fixture.url}/#/case/${CASES[name].caseId}`;

test('a case is followed by keys alone; what is pushed is shown by the service worker, and leads to the case', async () => {
  const { page, complaints, leave } = await visit(browser, 'about:blank', {
    ...PHONE,
    viewport: { width: 375, height: 812 },
  });
  await givePlace(page);
  await page.goto(caseAt('seated'));
  await tabTo(page, /^Follow this case/);
  assert.ok(await focusIsVisible(page));
  await audit(page, 'not followed');
  const started = page.context().waitForEvent('serviceworker');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop following it' }).waitFor();
  await audit(page, 'followed');
  const [told] = [...fixture.told.values()];
  assert.deepEqual(told?.cases, [CASES.seated.caseId]);
  assert.ok(told.to.kind === 'push');

  const worker = await started;
  // A headless browser shows no notifications, so what would be shown is kept.
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; shown: unknown[] };
    scope.shown = [];
    scope.registration.showNotification = async (title, options) => {
      scope.shown.push({ title, ...options });
    };
  });
  const link = caseAt('seated');
  const notice = {
    id: 'n1',
    title: 'Vote: Is it?',
    summary: 'Until noon.',
    link,
    updated: 0,
    subject: 's',
    until: null,
  };
  const options = {
    key: vapidKeyOf('09'.repeat(32)),
    contact: undefined,
    now: () => 0,
    environment: 'development',
  } as const;
  assert.deepEqual(await sendPush(told.to, { ...notice, urgent: false }, options), { kind: 'sent' });
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [own] = registrations;
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const message = { origin: fixture.url, registrationId: await registered };
  await devtools.send('ServiceWorker.deliverPushMessage', {
    ...message,
    data: JSON.stringify(service.pushed[0]?.message),
  });
  const shown = (): Promise<unknown> => worker.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown);
  while (((await shown()) as unknown[]).length === 0) await page.waitForTimeout(20);
  const data = caseAt('seated');
  assert.deepEqual(await shown(), [
    { title: 'Vote: Is it?', body: 'Until noon.', tag: 'n1', data, icon: '/favicon.svg' },
  ]);

  await page.reload();
  await page.getByRole('button', { name: 'Stop following it' }).click();
  await page.getByRole('button', { name: 'Follow this case' }).waitFor();
  assert.equal(fixture.told.size, 0);
  assert.deepEqual(complaints, []);
  await leave();
});

test('by mail: one question first, and the address stays out of this browser', async () => {
  const { page, complaints, leave } = await visit(browser, caseAt('seated'), { colorScheme: 'dark' });
  const mail = page.getByLabel('Or by mail, to');
  await mail.fill('juror@people.example');
  await audit(page, 'mail');
  await page.getByRole('button', { name: 'Send me mails' }).click();
  await page.getByText('A mail asks you to confirm; then').waitFor();
  await audit(page, 'mail asked for');
  const [told] = [...fixture.told.values()];
  assert.deepEqual(told?.to, { kind: 'mail', address: 'juror@people.example' });
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes('people.example')), false);
  await page.reload();
  await page.getByRole('button', { name: 'Stop the mails' }).click();
  await mail.waitFor();
  assert.equal(fixture.told.size, 0);
  assert.deepEqual(complaints, []);
  await leave();
});

test('on the page of the court one is told of seats; a browser that refuses says how to allow it', async () => {
  const { page, leave } = await visit(browser, `${fixture.url}/#/court`);
  await page.getByRole('button', { name: 'Tell me in this browser' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await textOf(alert), /does not take notices[\s\S]*Allow notifications/);
  assert.equal(fixture.told.size, 0);
  await leave();
});
