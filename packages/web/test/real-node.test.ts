/** The page against the real service: embedded database, embedded chain, real readers. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { type RunningNode, readConfig, startNode } from '@surety/node';
import { createClient, createWallet, openAccount } from '@surety/sdk';
import { publishModel, storeFile } from '@surety/sdk/models';
import type { Browser } from 'playwright-core';
import { PLAIN, programFile } from '../../node/test/model-files.ts';
import { startBrowser } from './chromium.ts';
import { claimWrongly } from './real-dispute.ts';
import { confirm, readBack, SCAM, textOf, visit } from './steps.ts';

let home: string;
let node: RunningNode;
let browser: Browser;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'surety-page-'));
  const SURETY_PROGRAMS = join(import.meta.dirname, '../../../examples/models');
  const programs = { SURETY_PROGRAMS, SURETY_PROGRAM_PLAYERS: 'site-names' };
  const env = { SURETY_HOME: home, SURETY_PORT: '0', SURETY_NETWORK: 'off', ...programs };
  const config = unwrap(readConfig(env, home));
  [node, browser] = await Promise.all([startNode({ config }), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await node?.stop();
  await rm(home, { recursive: true, force: true });
});

test('ask, watch, trade and verify on the real service', async () => {
  const { page, complaints, leave } = await visit(browser, node.url);
  await page.locator('.recent').waitFor();
  await readBack(page, SCAM);
  await confirm(page);
  await page.locator('.analyst').first().waitFor();
  assert.match(await textOf(page.locator('.answer')), /nobody has decided yet/);

  // A tensor program among the readers: its commitment, what that shows, and what it does not.
  const model = page.locator('.analyst', { has: page.getByRole('heading', { name: 'Site names' }) });
  await model.locator('summary').click();
  const commitment = await textOf(model);
  for (const words of [/names its program/i, /program:[0-9a-f]{6}…/, /does not prove/i, /how the model was trained/])
    assert.match(commitment, words);

  await page.getByRole('radio', { name: /^Legitimate/ }).check();
  await page.getByRole('button', { name: /^Buy for/ }).click();
  await page
    .getByText(/^Bought .* shares of “legitimate”/)
    .first()
    .waitFor();
  await page.locator('.trade-who', { hasText: 'You' }).waitFor();

  await page.getByRole('link', { name: 'Open and verify' }).click();
  await page.locator('.verdict-shown').waitFor();
  await page.locator('.link .finding-shown', { hasText: 'Run again here' }).first().waitFor();
  await page.getByRole('button', { name: 'Check for later rulings' }).click();
  await page.getByRole('button', { name: 'Check again' }).waitFor();
  assert.equal(await page.locator('.verdict-shown').count(), 1);

  const receipt = await page.getByRole('link', { name: 'receipt.html' }).getAttribute('href');
  await page.goto(`${node.url}${receipt}`);
  await page.locator('.verdict-shown').waitFor();
  assert.match(await textOf(page.locator('.verdict')), /signed by the keys this page came with/);
  assert.deepEqual(complaints, []);
  await leave();
});

test('a publication is found, checked in the browser, and its program fetched', async () => {
  const client = createClient({ url: node.url });
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const account = await openAccount({ client, wallet, scope: 'publish', limitMicroUsd: 0n });
  const { id, file, bytes } = programFile(PLAIN);
  await storeFile(client, account, { kind: 'programs', id, file });
  const commitment = { kind: 'open', program: id } as const;
  await publishModel(account, { name: 'digits', commitment, revealBy: null, bondMicroUsd: 0n });

  const { page, complaints, leave } = await visit(browser, `${node.url}/#/models`);
  await page.getByRole('link', { name: /^digits/ }).click();
  await page.getByRole('button', { name: /^Check it here/ }).click();
  await page.locator('.version .finding-shown', { hasText: 'signed digits with this commitment' }).waitFor();
  await page.locator('.version .finding-shown', { hasText: /Entry \d+ of the log/ }).waitFor();
  await page.locator('.version .finding-not-shown', { hasText: 'No program file was given' }).waitFor();
  assert.equal(await page.locator('.version .finding-refuted').count(), 0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Download the program/ }).click(),
  ]);
  assert.deepEqual(new Uint8Array(await readFile(await download.path())), bytes);
  assert.deepEqual(complaints, []);
  await leave();
});

test('a wrong claim is disputed and refuted on the chain, and the page follows every move', async () => {
  const { page, complaints, leave } = await visit(browser, `${node.url}/#/runs`);
  await page.getByText('No claim has been made on this chain').waitFor();
  const { rpcUrl } = JSON.parse(await readFile(join(home, 'env.json'), 'utf8')) as { readonly rpcUrl: string };
  const { issuer } = await createClient({ url: node.url }).network();
  const file = join(import.meta.dirname, '../../../examples/models/site-names.program');
  const dispute = await claimWrongly(rpcUrl, issuer.address as `0x${string}`, file, { layer: 4, element: 1_000 });
  await page.locator('.run-rows a').click();
  await page.locator('.whose-move-open').waitFor();
  assert.equal(await textOf(page.locator('h1')), 'site-names');
  assert.match(await textOf(page.locator('main')), /Nobody has disputed it/);

  const spots: string[] = [];
  for (;;) {
    if ((await dispute.challenge()) === 'refute') break;
    await page.locator('.whose-move-provider [role=timer]').waitFor();
    assert.match(await textOf(page.locator('.whose-move')), /The provider has to answer[\s\S]*the bond is lost/);
    await dispute.answer();
    await page.locator('.whose-move-challenger [role=timer]').waitFor();
    spots.push(await textOf(page.locator('.spot')));
  }
  // This node holds the program and was shown the input: before anything is proved it says what its own run gives.
  assert.match(spots.at(-1) ?? '', /Layer 4[\s\S]*element \[0, 0, 15, 40\][\s\S]*own run says\s+−?\d+/);
  await page.locator('.whose-move-refuted').waitFor();
  const [claimed, computed] = await page.locator('.spot-values dd').allInnerTexts();
  const number = (text: string | undefined): number => Number(text?.replace('−', '-'));
  assert.equal(Math.abs(number(claimed) - number(computed)), 1);
  assert.match(await textOf(page.locator('.spot')), /Layer 4 \(conv, 1 × 1 × 40 × 64, i8\)\s+element \[0, 0, 15, 40\]/);
  assert.match(await textOf(page.locator('.outcomes')), /loses \$50\.00: its bond[\s\S]*gets \$12\.50: the reward/);
  assert.match(await textOf(page.locator('.moves-sheet')), /Refuted the run\. The claim is void\./);
  assert.match(await textOf(page.locator('.run .finding-refuted')), /a value in it that the program does not give/);
  assert.deepEqual(complaints, []);
  await dispute.close();
  await leave();
});
