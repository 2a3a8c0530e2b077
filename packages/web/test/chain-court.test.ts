/**
 * A case of a contract from the asker to the payment, on a real chain: an escrow asks, people propose and challenge on the page
 * with a wallet, three services judge, and the escrow pays. The wallet is a shim for this test alone: it signs whatever it is asked.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Chain, createCourtBook } from '@surety/chain';
import { type Result, unwrap } from '@surety/core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BOND_UNITS, DRAND } from '../../chain/test/court-world.ts';
import { createGroundsStore } from '../../node/src/chain-court/grounds-store.ts';
import { createChainCourt } from '../../node/src/chain-court/reader.ts';
import { drandRounds } from '../../node/src/drand.ts';
import { builtInJuror } from '../../node/src/juror/built-in.ts';
import { createClaimTexts } from '../../node/src/juror/claim-text.ts';
import { createKeptVotes } from '../../node/src/juror/kept-votes.ts';
import { createJurorService, type JurorService } from '../../node/src/juror/service.ts';
import { FAMILIES, type JurorWorld, PRICE_UNITS, startJurorWorld } from '../../node/test/juror-world.ts';
import { audit } from './audit.ts';
import { startBrowser } from './chromium.ts';
import { type Fixture, startFixture } from './fixture/server.ts';
import { PHONE, textOf, visit } from './steps.ts';

let world: JurorWorld;
let fixture: Fixture;
let browser: Browser;
let services: readonly JurorService[];

before(async () => {
  [world, browser] = await Promise.all([startJurorWorld(), startBrowser()]);
  const { setting, curator } = world;
  const grounds = createGroundsStore(world.folder('grounds'));
  const reader = createChainCourt({
    ...{
      chain: curator,
      setting,
      fromBlock: 0n,
      nodes: [],
      environment: 'development',
      believed: null,
      coinUnits: null,
    },
    grounds,
    now: () => Math.floor(Date.now() / 1_000),
  });
  const handlers = {
    chainCases: () => reader.list() as Promise<Result<unknown>>,
    chainCase: ({ caseId }: { readonly caseId: string }) => reader.find(Number(caseId)) as Promise<Result<unknown>>,
  };
  fixture = await startFixture({ handlers: handlers as Fixture['handlers'] });
  services = world.jurors.map((chain, i) =>
    createJurorService({
      ...{ chain, contracts: world.contracts, court: setting, me: chain.account!.address, keeps: 'own' },
      juror: unwrap(builtInJuror(FAMILIES[i]!)),
      texts: createClaimTexts({ chain, fromBlock: 0n, nodes: [] }),
      votes: createKeptVotes(world.folder(FAMILIES[i]!)),
      drand: drandRounds({ mode: 'on', url: world.drandUrl, onError: (cause) => assert.fail(String(cause)) }),
      book: createCourtBook(chain, setting, { fromBlock: 0n }),
      now: () => 0,
      terms: { coinUnits: 0n, floorUnits: 0n },
      ...{ onVote: () => undefined, onMove: () => undefined, onUnpublished: () => undefined },
      publish: async (text) => {
        // One of three keeps its reason to itself.
        if (i > 0) grounds.keep(text);
        return null;
      },
      onTrouble: (move, problem) => assert.fail(JSON.stringify([move.kind, problem])),
    }),
  );
});
after(async () => {
  await browser?.close();
  await fixture?.close();
  await world?.stop();
});

const serve = async (): Promise<void> => {
  for (const service of services) unwrap(await service.tick());
};

const conserved = async (): Promise<void> => {
  const seen = unwrap(await createCourtBook(world.curator, world.setting, { fromBlock: 0n }).read());
  const { held, booked } = await world.balance(seen);
  assert.equal(held, booked, 'money of the contract = sum of the book');
};

/** Where screenshots go, for whoever looks at them; nowhere by default. */
const SHOTS = process.env.SURETY_SHOTS;
const shoot = async (page: Page, name: string): Promise<void> => {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
};

/** The page as somebody with a wallet sees it. The wallet's requests go to the chain; its account is unlocked there. */
const visitAs = async (who: Chain | null, options: BrowserContextOptions = {}) => {
  const path = `${fixture.url}/#/court/chain`;
  if (who === null) return visit(browser, path, options);
  const account = who.account!.address;
  await world.local.rpc('anvil_impersonateAccount', [account]);
  const seen = await visit(browser, 'about:blank', options);
  await seen.page.exposeFunction('testWalletRequest', (method: string, params: readonly unknown[]) =>
    method === 'eth_requestAccounts' ? [account] : world.local.rpc(method, params),
  );
  await seen.page.addInitScript(() => {
    const { testWalletRequest } = globalThis as unknown as {
      readonly testWalletRequest: (method: string, params: readonly unknown[]) => Promise<unknown>;
    };
    const request = ({ method, params = [] }: { method: string; params?: readonly unknown[] }) =>
      testWalletRequest(method, params);
    Object.assign(globalThis, { ethereum: { request } });
  });
  await seen.page.goto(path);
  return seen;
};

const openCase = async (page: Page): Promise<void> => {
  await page.locator('.case-rows a').first().click();
  await page.locator('.case .ladder').waitFor();
};

const sign = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'See what is to be signed' }).click();
  await page.getByRole('button', { name: 'Sign with my wallet' }).waitFor();
  const said = await textOf(page.locator('.go-on'));
  await page.getByRole('button', { name: 'Sign with my wallet' }).click();
  await page.getByText('It is on the chain.').or(page.locator('.case .go-on').getByRole('alert')).first().waitFor();
  return said;
};

const says = (page: Page, words: RegExp): Promise<void> => page.locator('.whose-move').getByText(words).waitFor();

test('asked by an escrow, proposed and challenged with a wallet, judged by three services, paid', async () => {
  const [client, freelancer] = [await world.member('client'), await world.member('freelancer')];
  const escrow = await world.openEscrow();
  await escrow.handIn(client, freelancer);
  const before = await world.dollars(freelancer);

  const worker = await visitAs(freelancer);
  await openCase(worker.page);
  await says(worker.page, /nobody has proposed an answer yet/i);
  assert.match(await textOf(worker.page.locator('main')), /uniswap-claim-rewards\.app[\s\S]*published on the chain/);
  await worker.page.getByRole('radio', { name: 'Scam' }).check();
  await world.nextAt(DRAND.seconds - 1_000);
  const signed = await sign(worker.page);
  for (const words of [
    /\$1\.00/,
    /Let the court take the money/,
    /Pay it into your balance/,
    /Propose the outcome/,
    /propose/,
  ])
    assert.match(signed, words, 'what is signed is shown first');
  await says(worker.page, /is proposed; it is final unless somebody challenges it/);
  await conserved();
  assert.deepEqual(worker.complaints, []);
  await worker.leave();

  const challenger = await visitAs(client, PHONE);
  await openCase(challenger.page);
  await says(challenger.page, /is proposed/);
  assert.equal(await challenger.page.evaluate(() => document.documentElement.scrollWidth), PHONE.viewport.width);
  await shoot(challenger.page, 'challenge-phone');
  await challenger.page.getByRole('radio', { name: 'Legitimate' }).check();
  // What the page does in three transactions is done before, so that the last one is mined when its round of drand is due.
  await world.deposit(client, 3n * BOND_UNITS);
  await world.nextAt(DRAND.seconds - 60);
  assert.match(await sign(challenger.page), /Pay for the outcome[\s\S]*fund/);
  await says(challenger.page, /Round 1: AI jurors are judging/);
  await conserved();
  await challenger.leave();

  await world.mineAt(DRAND.seconds);
  await serve();
  const book = createCourtBook(client, world.setting, { fromBlock: 0n });
  const roundNow = async () => unwrap(await book.read()).cases[0]!.rounds[0]!.panel;
  const panel = await roundNow();
  await world.mineAt(panel.drawEndsAt);
  await serve();
  await world.mineAt(panel.commitEndsAt);
  await serve();
  await serve();
  await conserved();

  const looker = await visitAs(null);
  await openCase(looker.page);
  await says(looker.page, /Round 1 ruled “a scam”|Round 1 ruled “scam”/i);
  const said = await textOf(looker.page.locator('main'));
  for (const words of [
    /3 for “scam”/,
    /family juror-model:trees\s+“a scam”\s+“scam”, 99\.\d+ % sure; a vote takes more than 90 %/,
    /“a scam”\s+It published no reason that this node has\./,
    /drawn by drand/,
    /No wallet is in this browser/,
    /surety challenge chain:1 --for/,
  ])
    assert.match(said, words);
  await audit(looker.page, 'case of a contract');
  await shoot(looker.page, 'ruled-light');
  await looker.page.emulateMedia({ colorScheme: 'dark' });
  await audit(looker.page, 'case of a contract, dark');
  await shoot(looker.page, 'ruled-dark');

  const { endsAt } = unwrap(await book.read()).cases[0]!;
  await world.mineAt(endsAt!);
  await serve();
  await serve();
  await says(looker.page, /Final: “/);
  assert.match(await textOf(looker.page.locator('.whose-move')), /The contract was told, and acted on it/);
  assert.equal(await world.dollars(freelancer), before - BOND_UNITS + PRICE_UNITS, 'the escrow has paid');
  await conserved();
  assert.deepEqual(looker.complaints, []);
  await looker.leave();
});

test('a wallet that says no, or is elsewhere, is told in its own words, and nothing is sent', async () => {
  const client = await world.member('client');
  await world.ask(client, `0x${'77'.repeat(32)}`);
  const { page, leave } = await visitAs(client);
  await openCase(page);
  assert.match(await textOf(page.locator('main')), /A question that nobody has published/);
  await page.evaluate(() => {
    const { ethereum } = globalThis as unknown as { ethereum: { request: unknown } };
    ethereum.request = async ({ method }: { method: string }) => (method === 'eth_chainId' ? '0x1' : ['0x11']);
  });
  await page.getByRole('button', { name: 'See what is to be signed' }).click();
  await page.getByText('The wallet is on chain 1; this court is on chain 31337.').waitFor();
  await page.evaluate(() => {
    const { ethereum } = globalThis as unknown as { ethereum: { request: unknown } };
    ethereum.request = async () => {
      throw new Error('User rejected the request.');
    };
  });
  await page.getByRole('button', { name: 'See what is to be signed' }).click();
  await page.getByText('User rejected the request.').waitFor();
  await leave();
});
