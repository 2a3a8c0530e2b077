import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brier } from '@surety/markets';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { audit } from './audit.ts';
import { CASES } from './fixture/cases.ts';
import { RUNS } from './fixture/runs.ts';
import { openPages } from './pages.ts';
import { allRead, confirm, PHONE, readBack, SCAM, textOf, visit } from './steps.ts';

const pages = openPages();

const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', PHONE],
  ['small phone, dark', { ...PHONE, viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
];

const at = async (page: Page, path: string, ready: string): Promise<void> => {
  await page.goto(`${pages.fixture.url}/#${path}`);
  await page.locator(ready).first().waitFor();
};

for (const [name, options] of LOOKS) {
  test(`every view meets WCAG 2.2 AA: ${name}`, async () => {
    const { page, complaints, leave } = await visit(pages.browser, pages.fixture.url, options);
    await page.locator('.recent').waitFor();
    await audit(page, 'home');
    await readBack(page, 'Is аave.com a scam?');
    await audit(page, 'reading with warnings');
    await readBack(page, SCAM);
    await confirm(page);
    await allRead(pages.fixture, page);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await audit(page, 'market');
    const question = [...pages.fixture.questions.values()].at(-1);
    await at(page, '/markets', '.market-rows');
    await audit(page, 'markets');
    await at(page, '/players', 'table');
    await audit(page, 'players');
    await at(page, '/models', '.model-rows');
    await audit(page, 'models');
    await page.getByRole('link', { name: /^digits/ }).click();
    await page.locator('.drift').waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await audit(page, 'model');
    await at(page, '/runs', '.run-rows');
    await audit(page, 'runs');
    await at(page, '/court', '.case-rows');
    await audit(page, 'court');
    for (const [state, { caseId }] of Object.entries(CASES)) {
      await at(page, `/case/${caseId}`, '.case .ladder');
      for (const summary of await page.locator('.case summary').all()) await summary.click();
      await audit(page, `case: ${state}`);
    }
    for (const [state, { claimId }] of Object.entries(RUNS)) {
      await at(page, `/run/${claimId}`, `.run`);
      await audit(page, `run: ${state}`);
    }
    await at(page, '/prove', '.prove');
    await page.getByRole('button', { name: 'Prove in this tab' }).click();
    await page.locator('#proved-title').waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.getByText('A program file', { exact: true }).click();
    await audit(page, 'prove');
    await at(page, '/account', '#money');
    await audit(page, 'account');
    await at(page, '/verify', '.keys');
    await audit(page, 'verify');
    await at(page, `/receipt/${question?.receipts.at(-1)?.receiptId}`, '.verdict-shown');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await audit(page, 'receipt');
    await at(page, '/nowhere/at/all', 'h1');
    await audit(page, 'nowhere');
    assert.deepEqual(complaints, []);
    await leave();
  });
}

test('the scale of scores that the page names is the one that players are scored on', async () => {
  const { page, leave } = await visit(pages.browser, pages.fixture.url);
  await at(page, '/players', 'table caption');
  const of = (...ppm: readonly number[]): number => Number(brier(ppm, 0)) / 1e12;
  const words = `${of(1_000_000, 0)} is perfect, ${of(500_000, 500_000)} is a coin toss, ${of(0, 1_000_000)} is certain and wrong`;
  assert.ok((await textOf(page.locator('table caption'))).includes(words), words);
  await leave();
});

test('what somebody typed stays text', async () => {
  const { page, complaints, leave } = await visit(pages.browser, pages.fixture.url);
  await readBack(
    page,
    'Is this message a scam: "<img src=x onerror=alert(1)> <b>claim</b> at https://evil-claims.example/now"',
  );
  await confirm(page);
  await allRead(pages.fixture, page);
  assert.match(await textOf(page.locator('main')), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator('main img, main b').count(), 0);
  assert.equal(await page.locator('a[href*="evil-claims"]').count(), 0);
  assert.deepEqual(complaints, []);
  await leave();
});

test('the development banner is said once per session', async () => {
  const { page, leave } = await visit(pages.browser, pages.fixture.url);
  await page.getByRole('button', { name: 'Understood' }).click();
  await page.reload();
  await page.locator('.recent').waitFor();
  assert.equal(await page.locator('.development').count(), 0);
  assert.match(await textOf(page.locator('header .purse')), /development/);
  await leave();
});
