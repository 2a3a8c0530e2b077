import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openPages } from './pages.ts';
import { allRead, confirm, focusIsVisible, readBack, SCAM, tabTo, textOf, visit } from './steps.ts';

const pages = openPages();

test('ask, confirm, watch it move, trade, and verify the receipt', async () => {
  const { page, complaints, leave } = await visit(pages.browser, pages.fixture.url);
  await page.getByRole('button', { name: SCAM }).click();
  const reading = page.locator('.reading');
  await reading.waitFor();
  assert.match(await textOf(reading), /Is the site uniswap-claim-rewards\.app a scam\?/);
  assert.match(await textOf(reading), /\$0\.05 of your development money/);
  assert.match(await textOf(reading), /the page is not visited/);

  await confirm(page);
  await allRead(pages.fixture, page);
  const answer = page.locator('.answer');
  assert.match(await textOf(answer), /a scam/);
  assert.match(await textOf(answer), /provisional/i);
  assert.match(await textOf(answer), /nobody has decided yet/);

  await page.getByRole('radio', { name: /^Legitimate/ }).check();
  await page.getByLabel('Dollars (development money)').fill('0.25');
  const buy = page.getByRole('button', { name: /^Buy for \$0\.2/ });
  await buy.waitFor();
  const before = await textOf(page.locator('.answer-number'));
  await buy.click();
  await page
    .getByText(/^Bought .* shares of “legitimate”/)
    .first()
    .waitFor();
  await page.locator('.trade-who', { hasText: 'You' }).waitFor();
  assert.notEqual(await textOf(page.locator('.answer-number')), before);

  await page.getByRole('link', { name: 'Open and verify' }).click();
  await page.locator('.verdict').waitFor();
  assert.match(await textOf(page.locator('.verdict')), /signed by pinned keys/);
  await page.locator('.links-strip li', { hasText: /^Program\s*shown$/ }).waitFor();
  assert.match(await textOf(page.locator('.slip')), /You are not compensated/);
  assert.match(await textOf(page.locator('.slip')), /as of log size \d+; later rulings are not visible/);
  assert.deepEqual(complaints, []);
  await leave();
});

test('a later ruling shows only when one looks, and then by name', async () => {
  const { page, leave } = await visit(pages.browser, pages.fixture.url);
  await readBack(page, 'Is google.com a scam?');
  await confirm(page);
  await allRead(pages.fixture, page);
  const question = [...pages.fixture.questions.values()].at(-1);
  const old = question?.receipts.at(-1)?.receiptId;
  question?.decide('scam', { kind: 'people', note: 'They looked.' });
  await page.goto(`${pages.fixture.url}/#/receipt/${old}`);
  await page.locator('.verdict-shown').waitFor();
  await page.getByRole('button', { name: 'Check for later rulings' }).click();
  await page.locator('.verdict', { hasText: 'A later ruling replaced this answer' }).waitFor();
  await page.getByRole('link', { name: 'Open the newest receipt' }).click();
  await page.locator('.stamp-final').waitFor();
  await leave();
});

test('receipt.json is the receipt; a changed byte in it is named', async () => {
  const { page, leave } = await visit(pages.browser, pages.fixture.url);
  const question = [...pages.fixture.questions.values()][0];
  await page.goto(`${pages.fixture.url}/#/receipt/${question?.receipts.at(-1)?.receiptId}`);
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'receipt.json' }).click();
  const bytes = await readFile(await (await started).path());

  await page.goto(`${pages.fixture.url}/#/verify`);
  const give = (buffer: Buffer): Promise<void> =>
    page
      .getByLabel('Choose receipt.json')
      .setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer });
  await give(bytes);
  await page.locator('.verdict-shown').waitFor();

  const receipt = JSON.parse(bytes.toString()) as { envelope: { payload: string } };
  const statement = Buffer.from(receipt.envelope.payload, 'base64').toString();
  const changed = statement.replace('"valueAtStakeMicroUsd":"0"', '"valueAtStakeMicroUsd":"9"');
  assert.notEqual(changed, statement);
  await give(Buffer.from(bytes.toString().replace(receipt.envelope.payload, Buffer.from(changed).toString('base64'))));
  const verdict = page.locator('.verdict-refuted');
  await verdict.waitFor();
  assert.match(await textOf(verdict), /predicate\.claim/);
  assert.match(await textOf(page.locator('.links-strip')), /Intent\nbroken/);

  await give(Buffer.from('not a receipt'));
  await page.locator('.verdict', { hasText: 'This is not a whole receipt' }).waitFor();
  await leave();
});

test('a lost stream is picked up where it stopped; a lost node is said', async () => {
  const { page, leave } = await visit(pages.browser, pages.fixture.url);
  await readBack(page, 'Is example-airdrop-claim.com a scam?');
  await confirm(page);
  await allRead(pages.fixture, page);
  const question = [...pages.fixture.questions.values()].at(-1);
  const trades = await page.locator('.trade-list li').count();
  pages.fixture.cutStreams();
  question?.trade('0x00000000000000000000000000000000000000AA', {
    kind: 'to-probability',
    outcome: 0,
    probabilityPpm: 310_000,
  });
  await page.locator('.answer-number', { hasText: '69 %' }).waitFor();
  assert.equal(await page.locator('.trade-list li').count(), Math.min(8, trades + 1));

  pages.fixture.down = true;
  pages.fixture.cutStreams();
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await page.getByText('No connection to the node.').waitFor();
  pages.fixture.down = false;
  await page.getByText('No connection to the node.').waitFor({ state: 'detached' });
  await leave();
});

test('the whole path works with the keyboard alone', async () => {
  const { page, leave } = await visit(pages.browser, pages.fixture.url);
  await page.locator('.recent').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to content');
  await tabTo(page, /Your question/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.type('Is metamask-restore.io a scam?');
  await page.keyboard.press('Enter');
  await page.locator('.reading').waitFor();
  assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /metamask-restore\.io/);
  await tabTo(page, /^Ask and pay/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  await page.locator('.market').waitFor();
  await allRead(pages.fixture, page);
  await tabTo(page, /^Open and verify/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  await page.locator('.verdict').waitFor();
  await tabTo(page, /^Check for later rulings/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Check again' }).waitFor();
  await leave();
});
