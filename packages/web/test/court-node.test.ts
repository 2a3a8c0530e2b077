/**
 * A case of a contract on a whole node, from an escrow's question to its payment: asker, proposer and challenger at the page with a
 * wallet, three services of jurors, an appeal, people who vote at the page and by command, payouts by command. The wallet signs whatever it is asked.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Chain } from '@surety/chain';
import type { QuestionClaim } from '@surety/core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { audit } from './audit.ts';
import { startBrowser } from './chromium.ts';
import { type RealCourt, startRealCourt } from './real-court.ts';
import { joinAsPerson, type Person } from './real-person.ts';
import { PHONE, textOf, type Visit, visit } from './steps.ts';

const PRICE_UNITS = 500_000n;
/** Families that do not err together, so that all of them can sit. */
const FAMILIES = ['grams', 'shape', 'suffix'] as const;

let court: RealCourt;
let browser: Browser;
before(async () => {
  [court, browser] = await Promise.all([startRealCourt({ SURETY_COIN_USD: '3000' }), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await court?.stop();
});

const claimFor = (asker: string): QuestionClaim => ({
  ...{ type: 'surety/claim/question/v1', subject: { kind: 'site', host: 'uniswap-claim-rewards.app' } },
  ...{ predicate: 'scam', outcomes: ['scam', 'legitimate'] },
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  ...{ budgetMicroUsd: '0', valueAtStakeMicroUsd: '500000', closesAt: 4_000_000_000, asker },
  nonce: '00112233445566778899aabbccddeeff',
});

/** Where screenshots go, for whoever looks at them; nowhere by default. */
const SHOTS = process.env.SURETY_SHOTS;
const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['desktop-light', {}],
  ['phone-dark', { ...PHONE, colorScheme: 'dark' }],
];

let stages = 0;

/** A stage as strangers see it, audited; in every look where somebody looks, else in turn. */
const stage = async (name: string, path: string, ready: string): Promise<string> => {
  let said = '';
  const looks = SHOTS ? LOOKS : [LOOKS[stages++ % LOOKS.length]!];
  for (const [look, options] of looks) {
    const { page, complaints, leave } = await visit(browser, `${court.url}/#${path}`, options);
    await page.locator(ready).first().waitFor();
    await audit(page, `${name}, ${look}`);
    said = await textOf(page.locator('main'));
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}-${look}.png`), fullPage: true });
    }
    assert.deepEqual(complaints, [], name);
    await leave();
  }
  return said;
};
const caseStage = (name: string): Promise<string> => stage(name, '/court/chain/1', '.case .ladder');

/** The page as somebody with a wallet sees it. */
const visitAs = async (who: Chain, options: BrowserContextOptions = {}): Promise<Visit> => {
  const account = who.account!.address;
  await court.rpc('anvil_impersonateAccount', [account]);
  const seen = await visit(browser, 'about:blank', options);
  await seen.page.exposeFunction('testWalletRequest', (method: string, params: readonly unknown[]) =>
    method === 'eth_requestAccounts' ? [account] : court.rpc(method, params),
  );
  await seen.page.addInitScript(() => {
    const { testWalletRequest } = globalThis as unknown as {
      readonly testWalletRequest: (method: string, params: readonly unknown[]) => Promise<unknown>;
    };
    const request = ({ method, params = [] }: { method: string; params?: readonly unknown[] }) =>
      testWalletRequest(method, params);
    Object.assign(globalThis, { ethereum: { request } });
  });
  await seen.page.goto(`${court.url}/#/court/chain/1`);
  await seen.page.locator('.case .ladder').waitFor();
  return seen;
};

const sign = async (page: Page, outcome: string, shot: string): Promise<void> => {
  await page.locator('.go-on').getByRole('radio', { name: outcome }).check();
  await page.getByRole('button', { name: 'See what is to be signed' }).click();
  await page.getByRole('button', { name: 'Sign with my wallet' }).waitFor();
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${shot}.png`), fullPage: true });
  await page.getByRole('button', { name: 'Sign with my wallet' }).click();
  await page.getByText('It is on the chain.').waitFor();
};

const says = (page: Page, words: RegExp): Promise<void> => page.locator('.whose-move').getByText(words).waitFor();

/** So many commands at once, each with its own key. */
const AT_ONCE = 4;
const each = async (people: readonly Person[], run: (who: string, i: number) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < people.length; from += AT_ONCE)
    await Promise.all(people.slice(from, from + AT_ONCE).map(({ who }, i) => run(who, from + i)));
};

const shoot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
};

/** From the list of own votes to a commitment on the chain: what it pays first, then the vote, kept and shown before it is signed: @returns the file. */
const voteAtPage = async (page: Page): Promise<Buffer> => {
  await page.goto(`${court.url}/#/court/chain`);
  await page.getByRole('button', { name: 'See whether I am drawn' }).click();
  await page.locator('.duties a').waitFor();
  await audit(page, 'own votes, phone');
  await shoot(page, '10-own-votes-phone');
  await page.locator('.duties a').click();
  const seat = page.locator('.my-seat');
  await seat.getByRole('radio', { name: 'Legitimate' }).check();
  await seat.getByLabel('Why').fill('It is the maker’s own page.');
  assert.match(await textOf(seat), /Pays\s+\$[\d.]+ if your vote is the final outcome/);
  await audit(page, 'a vote, phone');
  await shoot(page, '10-vote-phone');
  await seat.getByRole('button', { name: 'See what is to be signed' }).click();
  assert.match(await textOf(seat), /Commit to your vote[\s\S]*commit/);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.viewport.width);
  await audit(page, 'a vote before it is signed, phone');
  await shoot(page, '10-vote-signed-phone');
  const saving = page.waitForEvent('download');
  await seat.getByRole('link', { name: 'Save the vote as a file' }).click();
  const file = readFileSync(await (await saving).path());
  await seat.getByRole('button', { name: 'Sign with my wallet' }).click();
  await seat.getByText(/Your vote is in/).waitFor();
  return file;
};

const comeBack = async (page: Page): Promise<void> => {
  await page.reload();
  await page.getByRole('button', { name: 'See whether I am drawn' }).click();
  await page
    .locator('.my-seat')
    .getByText(/It can be opened now/)
    .waitFor();
};

/** The browser has the vote when one comes back; where it has lost it, the file has. */
const openAtPage = async (page: Page, file: Buffer): Promise<void> => {
  const seat = page.locator('.my-seat');
  await comeBack(page);
  await seat.getByRole('button', { name: 'Open my vote' }).waitFor();
  await page.evaluate(() => localStorage.clear());
  await comeBack(page);
  const bring = async (buffer: Buffer): Promise<void> =>
    seat
      .getByLabel('Bring the file of your vote')
      .setInputFiles({ name: 'vote', mimeType: 'application/json', buffer });
  const kept = JSON.parse(file.toString()) as object;
  for (const wrong of [{}, { ...kept, juror: court.setting.court.toLowerCase() }, { ...kept, round: 4 }]) {
    await bring(Buffer.from(JSON.stringify(wrong)));
    await seat.getByText('This is no vote of this seat.').waitFor();
    assert.equal(await seat.getByRole('button', { name: 'Open my vote' }).count(), 0);
  }
  await bring(Buffer.from(JSON.stringify({ ...kept, outcome: 0 })));
  await seat.getByRole('button', { name: 'Open my vote' }).click();
  await seat.getByText(/the one that the seat has committed to/).waitFor();
  await page.evaluate(() => localStorage.clear());
  await comeBack(page);
  await bring(file);
  await audit(page, 'a vote to open, phone');
  await shoot(page, '10-open-phone');
  await seat.getByRole('button', { name: 'Open my vote' }).click();
  await seat.getByText(/Your vote is open/).waitFor();
};

test('an escrow asks; three services, an appeal and people later it pays by what they said', async () => {
  assert.match(await stage('1-empty', '/court/chain', '.empty'), /No contract has asked anything/);
  const [client, freelancer] = [await court.member('client'), await court.member('freelancer')];
  for (const family of FAMILIES) await court.run(family, 'court', 'join', '--family', family, '--stake', '5');
  const names = Array.from({ length: 15 }, (_, i) => `person ${i}`);
  const people = await Promise.all(names.map((name) => joinAsPerson(court, name, 1_000_000n)));

  // Asked: what it costs to serve is said before anybody puts money on it.
  const escrow = await court.openEscrow(claimFor(client.account!.address), PRICE_UNITS);
  await escrow.handIn(client, freelancer);
  const before = { client: await court.dollars(client), freelancer: await court.dollars(freelancer) };
  assert.match(
    await caseStage('2-asked'),
    /A seat of round 1 earns \$0\.01, and serving it takes about \$[\d.]+ of gas/,
  );

  const worker = await visitAs(freelancer);
  await sign(worker.page, 'Legitimate', '3-propose-desktop');
  await says(worker.page, /is proposed; it is final unless somebody challenges it/);
  assert.deepEqual(worker.complaints, []);
  await worker.leave();
  await caseStage('4-proposed');

  const challenger = await visitAs(client, PHONE);
  await sign(challenger.page, 'Scam', '5-challenge-phone');
  await says(challenger.page, /Round 1: AI jurors are judging/);

  // The services draw by the chain's block, for here is no drand; vote, open, and say why.
  for (const family of FAMILIES) court.serve(family, family);
  const { panel } = (await court.caseNow()).rounds[0]!;
  await court.mineAt(panel.fallbackAt);
  await court.until('drawn', ({ rounds }) => rounds[0]!.seats.length === 3);
  await court.mineAt(panel.drawEndsAt);
  await court.until('committed', ({ rounds }) => rounds[0]!.seats.every(({ state }) => state === 'committed'));
  await caseStage('6-voting');
  await court.mineAt(panel.commitEndsAt);
  const ruled = await court.until('ruled', ({ state }) => state === 'appealable');
  assert.equal(ruled.standing, 0);
  await challenger.page.getByText('family juror-model:grams').waitFor();
  const said = await caseStage('7-ruled');
  assert.match(said, /2 for “scam”, 1 abstained[\s\S]*drawn by a block of the chain/);
  for (const family of FAMILIES) assert.match(said, new RegExp(`family juror-model:${family}`));
  assert.match(said, /“scam”, [\d.]+ % sure; a vote takes more than 90 %/);
  assert.match(said, /No seat shows that its vote is right/);
  await challenger.leave();

  // The freelancer appeals; nobody is left for seven AI seats, so that people have to be paid for.
  const appellant = await visitAs(freelancer);
  await sign(appellant.page, 'Legitimate', '8-appeal-desktop');
  const second = (await court.until('round 2', ({ rounds }) => rounds.length === 2)).rounds[1]!.panel;
  await court.mineAt(second.revealEndsAt);
  await court.until('funding', ({ state }) => state === 'funding');
  await appellant.page.getByRole('heading', { name: 'Call people' }).waitFor();
  assert.match(await caseStage('9-unruled'), /nobody could sit: no ruling/);
  await sign(appellant.page, 'Legitimate', '10-call-people-desktop');
  await says(appellant.page, /Round 3: people are judging/);
  const third = (await court.caseNow()).rounds[2]!.panel;
  await court.mineAt(third.fallbackAt);
  // Of a block that is being mined anvil's views may tell before its logs do.
  const drawn = await court.until('people drawn', ({ rounds }) => rounds[2]!.seats.length === rounds[2]!.panel.called);
  const seated = people.filter(({ chain }) =>
    drawn.rounds[2]!.seats.some(({ juror }) => juror === chain.account!.address),
  );
  assert.equal(seated.length, 15);
  await court.mineAt(third.drawEndsAt);
  // One votes at the page, on a phone; eight by command, in the same words.
  const [onPhone, ...others] = seated.slice(0, 9);
  const juror = await visitAs(onPhone!.chain, PHONE);
  const file = await voteAtPage(juror.page);
  const because = 'I opened the page and read what it asks for.';
  await each(others, (who, i) =>
    court.run(who, 'court', 'vote', 'chain:1', '--for', i < 5 ? 'legitimate' : 'scam', '--reason', because),
  );
  await court.mineAt(third.commitEndsAt);
  await openAtPage(juror.page, file);
  assert.deepEqual(juror.complaints, []);
  await juror.leave();
  await each(others, (who) => court.run(who, 'court', 'reveal', 'chain:1'));
  await court.mineAt(third.revealEndsAt);
  const overturned = await court.until('people ruled', ({ state }) => state === 'appealable');
  assert.equal(overturned.standing, 1);
  const judged = await caseStage('11-people');
  assert.match(judged, /6 for “legitimate”, 3 for “scam”, 6 without a vote/);
  assert.match(judged, /I opened the page and read what it asks for\.\s+\[[0-9a-f]{16}\]/);
  assert.match(judged, /It is the maker’s own page\.\s+\[[0-9a-f]{16}\]/);
  assert.doesNotMatch(judged, /copy/i, 'eight who said the same');
  assert.match(judged, /did not vote/);

  // Nobody appeals: the services end it, the escrow is told, and everybody fetches what is due.
  await court.mineAt(overturned.endsAt!);
  const final = await court.until('final', ({ state }) => state === 'final');
  assert.deepEqual([final.standing, final.calledBack], [1, true]);
  await court.until('settled', ({ rounds }) => rounds[0]!.seats.every(({ settled }) => settled !== null));
  assert.match(await caseStage('12-final'), /Final: “legitimate”[\s\S]*The contract was told, and acted on it/);
  await stage('13-list', '/court/chain', '.case-rows');
  assert.equal(
    await court.dollars(client),
    before.client + PRICE_UNITS - 2_100_000n,
    'refunded; bond and fees are lost',
  );

  // The appellant pulls its money on the page, a person by command.
  const { page } = appellant;
  await page.getByRole('button', { name: 'See what is owed to me' }).click();
  for (const step of [/Fetch what your proposal is owed/, /Pay your balance at the court out/]) {
    await page.locator('.go-on').getByText(step).waitFor();
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `14-payout-${step.source.slice(0, 5)}.png`), fullPage: true });
    await page.getByRole('button', { name: 'Sign with my wallet' }).click();
  }
  await page.getByText(/Nothing more of this case is owed/).waitFor();
  const fetched = (await court.run('person 0', 'court', 'collect', 'chain:1')) as { readonly transactions: string[] };
  assert.equal(fetched.transactions.length, 1, 'the stake and the fee of a seat');
  const won = (await court.dollars(freelancer)) - before.freelancer;
  assert.ok(won > 0n, `the own bonds and half of the other side’s: ${won}`);
  assert.deepEqual(appellant.complaints, []);
  await appellant.leave();
});
