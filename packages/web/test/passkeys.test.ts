/** Advice by passkey, with Chromium's own virtual authenticator and the node's own checks of what it signs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { audit } from './audit.ts';
import { CASES } from './fixture/cases.ts';
import { openPages } from './pages.ts';
import { focusIsVisible, PHONE, tabTo, textOf, visit } from './steps.ts';

const pages = openPages();

/** A device that holds passkeys; `false` where its owner cannot be checked. */
const plugIn = async (page: Page, isUserVerified = true): Promise<() => Promise<number>> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    return credentials.reduce((sum, { signCount }) => sum + signCount, 0);
  };
};

/** Chromium would have RSA offered as well; accounts here are keys of P-256. */
const isUnexpected = (complaint: string): boolean => !complaint.includes('pubKeyCredParams');

const caseAt = (origin: string): string => `${origin}/#/case/${CASES.seated.caseId}`;

const opened = async (options: BrowserContextOptions = {}) => {
  const visited = await visit(pages.browser, caseAt(pages.fixture.pageOrigin), options);
  const signatures = await plugIn(visited.page);
  await visited.page.getByText('Say what you think').click();
  return { ...visited, signatures, advice: visited.page.locator('section', { has: visited.page.locator('#advice') }) };
};

for (const [name, options] of [
  ['on a desk', {}],
  ['on a phone', { ...PHONE, viewport: { width: 375, height: 812 }, colorScheme: 'dark' }],
] as const) {
  test(`somebody without a wallet makes a passkey and advises with it: ${name}`, async () => {
    const { page, complaints, advice, signatures, leave } = await opened(options);
    await advice.getByRole('button', { name: 'Make a passkey' }).waitFor();
    await audit(page, 'without a passkey');
    await advice.getByRole('button', { name: 'Make a passkey' }).click();
    const sign = advice.getByRole('button', { name: 'Advise with your passkey' });
    await sign.waitFor();
    assert.equal(await sign.getAttribute('aria-disabled'), 'true');
    await advice.getByRole('radio').first().check();
    await page.locator('#advice-reason').fill(`It asked me for my phrase, ${name}.`);
    await audit(page, 'with a passkey');
    const before = await signatures();
    await sign.click();
    await advice.getByText('Said. It stands beside the votes, and binds nobody.').waitFor();
    await advice.locator('.panel-votes').getByText(`It asked me for my phrase, ${name}.`).waitFor();
    assert.match(await textOf(advice.locator('.panel-votes li').last()), /^you/);
    assert.equal((await signatures()) - before, 1);
    await audit(page, 'advised');
    assert.deepEqual(complaints.filter(isUnexpected), []);
    await leave();
  });
}

test('by keys alone; on another device the same passkey is found again, with the same account', async () => {
  const { page, complaints, advice, leave } = await opened();
  await tabTo(page, /^Make a passkey/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  await advice.getByText('Signed as').waitFor();
  const account = await textOf(advice.locator('.mono').last());
  assert.match(account, /^0x[0-9a-fA-F]{40}$/);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.getByText('Say what you think').click();
  await tabTo(page, /^I have one/);
  await page.keyboard.press('Enter');
  await advice.getByText('Signed as').waitFor();
  assert.equal(await textOf(advice.locator('.mono').last()), account);
  assert.deepEqual(complaints.filter(isUnexpected), []);
  await leave();
});

test('whom the device cannot check makes no account, and is told what to do', async () => {
  const { page, leave } = await visit(pages.browser, caseAt(pages.fixture.pageOrigin));
  await plugIn(page, false);
  await page.getByText('Say what you think').click();
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await textOf(alert), /The passkey was not used[\s\S]*confirm at the device/);
  await leave();
});

test('a page under another name says where passkeys work', async () => {
  const { page, leave } = await visit(pages.browser, caseAt(pages.fixture.url));
  await page.getByText('Say what you think').click();
  const link = page.getByRole('link', { name: pages.fixture.pageOrigin });
  await link.waitFor();
  assert.equal(await link.getAttribute('href'), caseAt(pages.fixture.pageOrigin));
  assert.equal(await page.getByRole('button', { name: 'Make a passkey' }).count(), 0);
  await leave();
});
