import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { allFindings, verify } from '@surety/sdk/verify';
import { renderReceiptHtml } from '@surety/web';
import type { Browser, Page } from 'playwright-core';
import { audit } from './audit.ts';
import { startBrowser } from './chromium.ts';
import { sampleReceipt } from './fixture/sample-receipt.ts';
import { TRUST } from './fixture/trust.ts';
import { PHONE, textOf, visit } from './steps.ts';

let browser: Browser;
let folder: string;
let html: string;
let receipt: Awaited<ReturnType<typeof sampleReceipt>>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surety-receipt-'));
  receipt = await sampleReceipt();
  [browser, html] = await Promise.all([startBrowser(), renderReceiptHtml(receipt, TRUST)]);
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = async (text: string, options = {}): Promise<Awaited<ReturnType<typeof visit>>> => {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.html`);
  await writeFile(file, text);
  return visit(browser, pathToFileURL(file).href, options);
};

/** Changes the statement inside the page's envelope. */
const rewrite = (change: (statement: string) => string): string =>
  html.replace(/"payload":"([^"]+)"/, (_, payload: string) => {
    const before = Buffer.from(payload, 'base64').toString();
    const after = change(before);
    assert.notEqual(after, before);
    return `"payload":"${Buffer.from(after).toString('base64')}"`;
  });

const verdict = async (page: Page): Promise<string> => textOf(page.locator('.verdict'));

test('the page verifies itself offline and says whose keys it used', async () => {
  const { page, complaints, leave } = await open(html);
  assert.match(await verdict(page), /signed by the keys this page came with/);
  assert.match(await textOf(page.locator('.notice').first()), /A page cannot vouch for its own keys/);
  assert.match(await textOf(page.locator('.links-strip')), /Intent\n/);
  assert.match(await textOf(page.locator('.slip')), /You are not compensated/);
  assert.deepEqual(complaints, []);
  await leave();
});

test('it runs the readers again and shows every finding that the command line shows', async (t) => {
  const { page, leave } = await open(html);
  const text = (await page.locator('main').textContent()) ?? '';
  const findings = allFindings(await verify(receipt, { trust: TRUST, now: Math.floor(Date.now() / 1000) }));
  t.diagnostic(`${findings.length} findings, ${html.length} bytes`);
  assert.ok(findings.some(({ link, holds }) => link === 'program' && holds === 'shown'));
  // The page shortens digests and addresses, and shows the words that the asker signed in its slip.
  const pieces = (summary: string): readonly string[] =>
    summary.replace(/, read back as .*$/, '').split(/(?:0x)?[0-9a-f]{16,}/i);
  const missing = findings.filter(({ summary }) => !pieces(summary).every((piece) => text.includes(piece)));
  assert.deepEqual(missing, []);
  assert.match(text, /has just run them again/);
  assert.doesNotMatch(text, /could not run the readers/);
  await leave();
});

test('programs that were changed do not run, and the page says so', async () => {
  const packed = /id="programs">([^<]+)/.exec(html)![1]!;
  const other = gzipSync("globalThis.suretyPrograms={run:()=>({kind:'reading',probabilityPpm:1})}").toString('base64');
  for (const changed of [
    html.replace(packed, other),
    html.replace(packed, packed.slice(0, -400)),
    html.replace(packed, ''),
  ]) {
    const { page, leave } = await open(changed);
    assert.match(await verdict(page), /signed by the keys this page came with/);
    assert.match(await textOf(page.locator('main')), /could not run the readers’ programs/);
    await leave();
  }
});

test('a receipt that names no program carries none', async () => {
  const payload = Buffer.from(receipt.envelope.payload, 'base64')
    .toString()
    .replaceAll('"program":"surety/', '"program":"other/');
  const other = { ...receipt, envelope: { ...receipt.envelope, payload: Buffer.from(payload).toString('base64') } };
  const small = await renderReceiptHtml(other, TRUST);
  assert.doesNotMatch(small, /id="programs"/);
  assert.ok(small.length < 300_000, `${small.length} bytes`);
});

test('it is small, and its policy lets nothing out', async () => {
  assert.ok(html.length < 950_000, `${html.length} bytes`);
  assert.doesNotMatch(html, /<(?:link|img|iframe)\b|src="http/);
  const { page, leave } = await open(html);
  const escaped = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'out',
      () => 'refused',
    ),
  );
  assert.equal(escaped, 'refused');
  await leave();
});

test('a changed byte breaks the link it belongs to', async () => {
  const cases: readonly (readonly [string, (statement: string) => string, string, RegExp])[] = [
    [
      'claim',
      (s) => s.replace('"valueAtStakeMicroUsd":"0"', '"valueAtStakeMicroUsd":"7"'),
      'Intent',
      /predicate\.claim/,
    ],
    [
      'report',
      (s) =>
        s.replace(
          /("analyst-report".*?"probabilityPpm":)(\d)/,
          (_, head: string, digit: string) => head + (digit === '1' ? '2' : '1'),
        ),
      'Program',
      /predicate\.evidence\.\d/,
    ],
    [
      'no longer reads',
      (s) => s.replace('"program":"surety/charmodel@', '"program":"surety\u0001charmodel@'),
      'Program',
      /predicate\.evidence\.\d/,
    ],
    ['outcome', (s) => s.replace('"outcome":"scam"', '"outcome":"legitimate"'), 'Output', /predicate\.outcome/],
  ];
  for (const [name, change, link, path] of cases) {
    const { page, leave } = await open(rewrite(change));
    assert.match(await textOf(page.locator('.links-strip')), new RegExp(`${link}\nbroken`), name);
    assert.match(await verdict(page), path, name);
    await leave();
  }
});

test('a changed signature or proof is named; a page whose program was changed does not run', async () => {
  const signature = await open(
    html.replace(/"sig":"(.)/, (_, letter: string) => `"sig":"${letter === 'A' ? 'B' : 'A'}`),
  );
  assert.match(await verdict(signature.page), /envelope\.signatures|signature/i);
  await signature.leave();
  const program = await open(html.replace('Unchanged, and signed by', 'Really true, and signed by'));
  assert.match(await textOf(program.page.locator('main')), /This receipt has not been verified/);
  await program.leave();
});

test('with other keys it is self-signed; with the same keys given by the reader it is theirs', async () => {
  const { page, leave } = await open(html);
  const give = async (trust: unknown): Promise<void> => {
    await page.getByLabel('Your trust file, pasted').fill(JSON.stringify(trust));
    await page.getByRole('button', { name: 'Verify with these keys' }).click();
  };
  await give({ ...TRUST, issuers: [{ ...TRUST.issuers[0], dsseKey: 'ab'.repeat(32) }] });
  assert.match(await verdict(page), /Self-signed, not trusted/);
  await give(TRUST);
  assert.match(await verdict(page), /signed by the keys you gave/);
  await give({ nothing: true });
  await page.locator('.field-problem').waitFor();
  await leave();
});

test('it is readable by everybody: light, dark, phone, paper', async () => {
  for (const options of [{}, { colorScheme: 'dark' as const }, PHONE]) {
    const { page, leave } = await open(html, options);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await audit(page, JSON.stringify(options));
    await leave();
  }
  const { page, leave } = await open(html);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByText('Does not prove', { exact: true }).first().isVisible());
  assert.ok(!(await page.getByRole('button', { name: 'Print' }).isVisible()));
  await leave();
});
