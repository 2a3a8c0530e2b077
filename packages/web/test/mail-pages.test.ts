/** The pages that links in mails lead to, behind the node's own edge: a browser's button works, and no other page's does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok } from '@surety/core';
import { startTestServer } from '../../node/src/http/testing/server.ts';
import { linkOf } from '../../node/src/notices/mail/links.ts';
import { mailPages } from '../../node/src/notices/mail/pages.ts';
import { audit } from './audit.ts';
import { startBrowser } from './chromium.ts';
import { PHONE, textOf, visit } from './steps.ts';

const SECRET = 'a secret';
const ID = 'ab'.repeat(32);

test('a link from a mail opens, asks, and does it once its button is pressed', async () => {
  const done: string[] = [];
  const note = (what: string) => async (id: string) => {
    done.push(`${what} ${id}`);
    return ok(true as const);
  };
  const extensions = mailPages({ notices: { confirm: note('confirm'), end: note('end') }, secret: SECRET });
  const [server, browser] = await Promise.all([startTestServer({}, { extensions }), startBrowser()]);
  try {
    const link = (purpose: 'confirm' | 'unsubscribe') => linkOf(server.url, SECRET, purpose, ID);
    const { page, complaints, leave } = await visit(browser, link('confirm'), { ...PHONE, colorScheme: 'dark' });
    await audit(page, 'confirm');
    assert.deepEqual(done, []);
    await page.getByRole('button', { name: 'Yes, send them' }).click();
    await page.getByRole('heading', { name: 'Notices will be sent.' }).waitFor();
    assert.deepEqual(done, [`confirm ${ID}`]);
    await page.goto(link('unsubscribe'));
    await audit(page, 'unsubscribe');
    await page.getByRole('button', { name: 'Send no more' }).click();
    await page.getByRole('heading', { name: 'No more notices will be sent.' }).waitFor();
    assert.deepEqual(done, [`confirm ${ID}`, `end ${ID}`]);
    assert.deepEqual(complaints, []);
    await page.goto(`${server.url}/notices/confirm?id=${ID}&token=${'00'.repeat(32)}`);
    assert.match(await textOf(page.locator('main')), /not good any more/);
    await leave();
    // As a mail program posts it, which sends no Origin.
    const oneClick = await fetch(link('unsubscribe'), { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    assert.equal(oneClick.status, 200);
    const foreign = await fetch(link('confirm'), { method: 'POST', headers: { origin: 'https://evil.example' } });
    assert.equal(foreign.status, 403);
    assert.equal(done.length, 3);
  } finally {
    await browser.close();
    await server.close();
  }
});
