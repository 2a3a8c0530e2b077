/** The list of models and the page of one: by mouse, by keys, on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPages } from './pages.ts';
import { focusIsVisible, PHONE, tabTo, textOf, visit } from './steps.ts';

const pages = openPages();

test('a model is found, and its page says what became of every version', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/models`);
  await page.getByRole('link', { name: /^digits/ }).click();
  await page.locator('.drift').waitFor();
  const cards = page.locator('.version');
  assert.equal(await cards.count(), 6);
  const [first, late, overdue] = await Promise.all([0, 1, 2].map((index) => textOf(cards.nth(index))));
  assert.match(first ?? '', /To be revealed by .*, in \d+ d/);
  assert.match(first ?? '', /\$25.00 waits for the reveal/);
  assert.match(late ?? '', /Revealed late/);
  assert.match(overdue ?? '', /was not\. Its bond is burnt/);
  assert.match(overdue ?? '', /not public/);
  assert.equal(
    await cards
      .nth(4)
      .getByRole('link', { name: /^Download the program/ })
      .count(),
    1,
  );
  const bars = await page.locator('.drift-words').allInnerTexts();
  assert.deepEqual(bars, ['first version', '7.0 %', '1.5 %', 'not public', 'not comparable', 'not public']);
  const heights = await page.locator('.drift-bar').evaluateAll((all) => all.map((bar) => bar.getAttribute('height')));
  assert.deepEqual(heights.map(Number).map(Math.round), [70, 15]);
  assert.match(await textOf(page.locator('.proves')), /That it is the model that answers elsewhere/);
  assert.deepEqual(complaints, []);
  await leave();
});

test('of a model without probes nothing is said to be measured', async () => {
  const { page, leave } = await visit(pages.browser, `${pages.fixture.url}/#/models`);
  await page.getByRole('link', { name: /^site-names/ }).click();
  const words = await textOf(page.locator('.drift'));
  assert.match(words, /Nothing is measured yet: it takes two public versions and a probe set/);
  assert.doesNotMatch(words, /that the publisher chose/);
  await leave();
});

test('with keys alone: choose what the chart shows, open its table', async () => {
  const { page, leave } = await visit(pages.browser, `${pages.fixture.url}/#/models`);
  await page.locator('.model-rows').waitFor();
  await tabTo(page, /^digits/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  await page.locator('.drift').waitFor();
  await tabTo(page, /^Choices changed/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('radio', { name: 'Mean change' }).isChecked(), true);
  assert.deepEqual((await page.locator('.drift-words').allInnerTexts()).slice(1, 3), ['0.0213', '0.0031']);
  await tabTo(page, /^Show as a table/);
  await page.keyboard.press('Enter');
  assert.match(await textOf(page.locator('.drift table')), /3 → 5\s+Not comparable/);
  await leave();
});

test('on a phone the chart scrolls within itself and a refusal is shown', async () => {
  const { page, leave } = await visit(pages.browser, `${pages.fixture.url}/#/models`, {
    ...PHONE,
    viewport: { width: 320, height: 640 },
  });
  await page.getByRole('link', { name: /^digits/ }).tap();
  await page.locator('.drift').waitFor();
  const scrolls = await page
    .getByRole('region', { name: /oldest first/ })
    .evaluate((element) => element.scrollWidth > element.clientWidth);
  assert.ok(scrolls);
  await page.goto(`${pages.fixture.url}/#/model/0x${'11'.repeat(20)}/nothing`);
  await page.getByRole('alert').waitFor();
  await leave();
});
