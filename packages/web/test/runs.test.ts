/** Claims about runs: the list, and the page of one in every state, by mouse, by keys, on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUNS } from './fixture/runs.ts';
import { openPages } from './pages.ts';
import { focusIsVisible, PHONE, tabTo, textOf, visit } from './steps.ts';

const pages = openPages();

const addressOf = (name: keyof typeof RUNS): string => `${pages.fixture.url}/#/run/${RUNS[name].claimId}`;

test('the list says of each claim where it stands and whose move it is', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/runs`);
  const rows = page.locator('.run-rows li');
  await rows.first().waitFor();
  assert.equal(await rows.count(), Object.keys(RUNS).length);
  const said = await rows.allInnerTexts();
  const of = (name: keyof typeof RUNS): string => said[Object.keys(RUNS).indexOf(name)] ?? '';
  assert.match(of('open'), /open[\s\S]*\d+:\d\d[\s\S]*Anybody who finds it wrong/i);
  assert.match(of('provider'), /\d+:\d\d[\s\S]*The provider has to answer[\s\S]*elements 0 to 9 of layer 3/);
  assert.match(of('challenger'), /64 steps[\s\S]*layer 211 of step 17/);
  assert.match(of('late'), /The provider did not answer in time/);
  assert.doesNotMatch(of('unrefuted'), /shown|proved on/);
  await page.getByRole('radio', { name: 'Annulled' }).check();
  await page.waitForFunction(() => document.querySelectorAll('.run-rows li').length === 2);
  await page.getByRole('radio', { name: 'Final' }).check();
  await page.waitForFunction(() => document.querySelectorAll('.run-rows li').length === 2);
  assert.deepEqual(complaints, []);
  await leave();
});

const SAYS: Readonly<Record<keyof typeof RUNS, readonly RegExp[]>> = {
  open: [/Open to anybody/, /If nobody does, the result becomes final/, /Nobody has disputed it/],
  due: [/Anybody can make it final now/],
  provider: [/The provider’s move/, /Dispute 2: the challenger has/, /\$12\.50 to whoever refutes it/],
  challenger: [/The challenger’s move/, /element \[0, 51, 11, 19\]/, /−1207/, /own run says\s+−1206/],
  late: [/Anybody can void the claim now/, /The provider’s clock has run out/],
  refuted: [/977[\s\S]*979/, /A value is not what its operator gives/, /loses \$50\.00: its bond/],
  unanswered: [/Whether the run was wrong is not shown/, /not shown[\s\S]*did not answer a question/],
  annulled: [/nobody is punished/, /Bond and price went back/],
  unproved: [
    /none came within the window/,
    /paid only for a proof/,
    /Bond and price went back/,
    /it was not proved, and nobody refuted it/,
  ],
  proved: [/The run was proved on the chain/],
  unrefuted: [/It was not proved/, /gets \$5\.00: stakes of disputes that failed/, /one watcher/],
};

test('each state says what happens next, who loses what, and what is not shown', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/runs`);
  for (const [name, patterns] of Object.entries(SAYS) as [keyof typeof RUNS, readonly RegExp[]][]) {
    await page.goto(addressOf(name));
    await page.locator(`.run .whose-move`).waitFor();
    const said = await textOf(page.locator('main'));
    for (const pattern of patterns) assert.match(said, pattern, name);
    assert.match(said, /that the answer is right/, name);
    assert.match(said, /development/, name);
  }
  assert.equal(await page.locator('.run .finding-shown').count(), 1);
  assert.deepEqual(complaints, []);
  await leave();
});

test('the countdown runs by the chain’s clock, and a move is told as it happens', async () => {
  const { page, leave } = await visit(pages.browser, addressOf('provider'));
  const timer = page.getByRole('timer');
  const seconds = async (): Promise<number> => {
    const [minutes, rest] = (await textOf(timer)).split(':').map(Number);
    return (minutes ?? 0) * 60 + (rest ?? 0);
  };
  const start = await seconds();
  await page.waitForFunction(
    (text) => document.querySelector('[role=timer]')?.textContent !== text,
    await textOf(timer),
  );
  assert.ok((await seconds()) < start);
  pages.fixture.moveRun('provider', 'refuted');
  await page.locator('.whose-move-refuted').waitFor();
  await page.getByRole('status').filter({ hasText: 'shown to be wrong' }).waitFor({ state: 'attached' });
  pages.fixture.moveRun('provider', 'provider');
  await leave();
});

test('with keys alone from the list to a claim and to its finding', async () => {
  const { page, leave } = await visit(pages.browser, `${pages.fixture.url}/#/runs`);
  await page.locator('.run-rows').waitFor();
  await tabTo(page, /^digits/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  await page.locator('.run').waitFor();
  await tabTo(page, /^Proves, assumes/);
  assert.ok(await focusIsVisible(page));
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.run .finding details').getAttribute('open'), null);
  await leave();
});

test('on a small phone nothing scrolls sideways; an unknown claim is a refusal', async () => {
  const { page, leave } = await visit(pages.browser, addressOf('challenger'), {
    ...PHONE,
    viewport: { width: 320, height: 640 },
  });
  await page.locator('.run').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.goto(`${pages.fixture.url}/#/run/${'00'.repeat(32)}`);
  await page.getByRole('alert').waitFor();
  await leave();
});
