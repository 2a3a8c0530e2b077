/** The court's pages: the list, every phase of a case, and what a challenger, a juror and a passer-by do there. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { developmentIssuer } from '@surety/node';
import { CASES } from './fixture/cases.ts';
import { openPages } from './pages.ts';
import { focusIsVisible, PHONE, tabTo, textOf, visit } from './steps.ts';

const pages = openPages();

const addressOf = (name: keyof typeof CASES): string => `${pages.fixture.url}/#/case/${CASES[name].caseId}`;

test('the list says of each case where it stands and how long there is', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/court`);
  const rows = page.locator('.case-rows li');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 6);
  const said = (await rows.allInnerTexts()).join('\n');
  for (const words of [
    /being challenged/,
    /AI jurors are judging/,
    /it can be appealed/,
    /No panel was sure/,
    /people are judging/,
  ])
    assert.match(said, words);
  await page.getByRole('radio', { name: 'Ended' }).check();
  await page.waitForFunction(() => document.querySelectorAll('.case-rows li').length === 2);
  assert.deepEqual(complaints, []);
  await leave();
});

const SAYS: Readonly<Record<keyof typeof CASES, readonly RegExp[]>> = {
  proposed: [/Challenge the answer/, /Still missing\s+\$0\.18/, /recovery page: see its imprint/],
  round: [/Round 1: 3 AI jurors of one operator/, /2 of 3 have voted/],
  appealable: [/Appeal the ruling/, /2 for “[^”]+”, 1 abstained/, /drawn by a block of the chain/],
  funding: [/Call people/, /no ruling: 1 for/, /nobody could sit: no ruling/, /\$30\.00/],
  unsure: [
    /Call people against what stands/,
    /stands unless somebody who is against it calls people/,
    /\$30\.00/,
    /what no juror earns/,
  ],
  seated: [/Round 3: people are judging/, /My bank warned me/, /it is no vote/],
  final: [/Final: /, /10 for/, /<b>Not bold<\/b>/, /did not vote/],
  undecided: [/every bond went back/],
};

test('each phase shows the ladder, both sides, and what can be done; nothing in evidence is live', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/court`);
  for (const [name, patterns] of Object.entries(SAYS) as [keyof typeof CASES, readonly RegExp[]][]) {
    await page.goto(addressOf(name));
    await page.locator('.case .sides').waitFor();
    const said = await textOf(page.locator('main'));
    for (const pattern of patterns) assert.match(said, pattern, name);
    assert.match(said, /None of this proves the answer/, name);
    assert.equal(await page.locator('.rung').count(), 5, name);
    assert.equal(await page.locator('.sides a, .inert a, .inert b, .sides img').count(), 0, name);
  }
  assert.deepEqual(complaints, []);
  await leave();
});

test('a challenger sees the cost first, pays towards it, and is told what is still missing', async () => {
  const { page, complaints, leave } = await visit(pages.browser, addressOf('proposed'));
  await page.getByLabel(/^I pay/).waitFor();
  const pay = page.getByRole('button', { name: /^Pay/ });
  assert.equal(await pay.getAttribute('aria-disabled'), 'true');
  await page.getByLabel(/^I pay/).fill('0.05');
  await page.locator('#go-on-reason').fill('Its certificate is the maker’s.');
  await pay.click();
  await page.getByText('Paid in. The panel is called once the rest is there.').first().waitFor();
  await page.getByText('Its certificate is the maker’s.').waitFor();
  assert.match(await textOf(page.locator('.market-side')), /Still missing\s+\$0\.13/);
  assert.deepEqual(complaints, []);
  await leave();
});

test('a juror: stake, the case with pay and time first, a secret vote with a reason, opened when it is time', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/court`, PHONE);
  await page.getByLabel(/^Stake, in dollars/).fill('25');
  await page.getByRole('button', { name: 'Stake to judge' }).click();
  const duty = page.locator('.duties a');
  await duty.waitFor();
  assert.match(await textOf(duty), /^\$2\.00 · about 10 min/);
  await duty.click();
  await page.getByText('You were drawn for round 3').waitFor();
  const seat = page.locator('section', { has: page.locator('#my-seat') });
  assert.match(await textOf(seat), /Pays[\s\S]*Can cost[\s\S]*Time/);
  const vote = page.getByRole('button', { name: 'Vote in secret' });
  await seat.getByRole('radio').first().check();
  assert.equal(await vote.getAttribute('aria-disabled'), 'true');
  await page.locator('#vote-reason').fill('It asks for a recovery phrase.');
  // The vote arrives, and every answer to it is lost: the first, and those of four more tries.
  const lost = new Promise<void>((resolve) => {
    let answers = 0;
    void page.route('**/v1/actions', async (route) => {
      await route.fetch();
      await route.abort();
      answers += 1;
      if (answers === 5) resolve();
    });
  });
  await vote.click();
  await lost;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.unroute('**/v1/actions');
  await page.reload();
  await seat.getByText('Your vote is in. It can be opened in').waitFor();
  assert.ok(complaints.splice(0).every((what) => /net::ERR_FAILED/.test(what)));
  pages.fixture.openVotes();
  await seat.getByText('Your vote is open.').first().waitFor();
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes('recovery phrase')), false);
  assert.deepEqual(complaints, []);
  await leave();
});

test('a passer-by advises by keys alone, and is told that it binds nobody', async () => {
  const { page, leave } = await visit(pages.browser, addressOf('seated'));
  await page.locator('#advice').waitFor();
  await tabTo(page, /^Say what you think/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  await tabTo(page, /scam/i);
  await page.keyboard.press('Space');
  await page.locator('#advice-reason').fill('Seen it before.');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByText('Seen it before.').first().waitFor();
  assert.match(await textOf(page.locator('section', { has: page.locator('#advice') })), /it is no vote/);
  await leave();
});

test('on a small phone nothing scrolls sideways; an unknown case is a refusal', async () => {
  const { page, leave } = await visit(pages.browser, addressOf('final'), {
    ...PHONE,
    viewport: { width: 320, height: 640 },
  });
  await page.locator('.case .ladder').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.goto(`${pages.fixture.url}/#/case/${'00'.repeat(32)}`);
  await page.getByRole('alert').waitFor();
  await leave();
});

test('where people are drawn one by one the page gets a token, shows it, and says what it is worth', async () => {
  const home = mkdtempSync(join(tmpdir(), 'surety-persons-'));
  const { issuer, extensions } = developmentIssuer(home);
  const { name, tokenKey, directory, environment } = issuer;
  pages.fixture.byPerson({ issuer: name, tokenKey, directory, environment, since: null, outUntil: null });
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/court`, PHONE);
  for (const { path, handle } of extensions)
    await page.route(`**${path}`, async (route) => {
      const asked = route.request();
      const body = asked.postDataBuffer();
      const answer = await handle(
        new Request(asked.url(), { method: asked.method(), ...(body !== null && { body: Buffer.from(body) }) }),
        '127.0.0.1',
      );
      const headers = Object.fromEntries(answer.headers);
      await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
    });
  const section = page.locator('section', { has: page.locator('#my-duties') });
  await section.getByText('one by one, and lock no money').waitFor();
  assert.equal(await section.getByLabel(/^Stake/).count(), 0);
  await section.getByRole('button', { name: 'Get my token and show it' }).click();
  await section.getByText('You count as one person since').waitFor();
  assert.match(await textOf(section), /gives a token to whoever asks\. It shows nothing of anybody/);
  pages.fixture.byPerson({
    issuer: 'persons.example',
    tokenKey,
    directory: null,
    environment: 'production',
    since: null,
    outUntil: null,
  });
  await page.reload();
  const field = section.getByLabel(/^Token for 0x/);
  await field.fill('ab');
  assert.equal(await section.getByRole('button', { name: 'Show it' }).getAttribute('aria-disabled'), 'true');
  await field.fill('ab'.repeat(354));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.viewport.width);
  await section.getByRole('button', { name: 'Show it' }).click();
  await section.getByText('You count as one person since').waitFor();
  assert.deepEqual(complaints, []);
  await leave();
  rmSync(home, { recursive: true });
});
