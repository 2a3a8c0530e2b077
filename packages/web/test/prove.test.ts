/** The page that proves: a proof made in the tab, which Node verifies too; checked in the tab; and nothing of it is sent. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwrap } from '@surety/sdk/base';
import { importModel } from '@surety/sdk/model-files';
import {
  bytesSource,
  commitProgram,
  decodeArchitecture,
  MOST_THREADS,
  type PublicProgram,
  prove,
  readNpz,
  readProgram,
  verify,
} from '@surety/sdk/proofs';
import type { Page } from 'playwright-core';
import { writeProgram } from '../../programs/src/file/file.ts';
import { anyInput, vggProgram } from '../../programs/test/networks.ts';
import { digitPixels, digitsProgram } from '../src/app/prove/digit-bytes.ts';
import { openPages } from './pages.ts';
import { PHONE, tabTo, textOf, visit } from './steps.ts';

const EXAMPLES = `${import.meta.dirname}/../../../examples/models`;

const pages = openPages();

const digits = (): PublicProgram => {
  const program = unwrap(readProgram(bytesSource(digitsProgram())));
  return { kind: 'public', program, id: commitProgram(program).id };
};

/** What the link that reads so gives. */
const download = async (page: Page, name: RegExp): Promise<Uint8Array> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return new Uint8Array(readFileSync(await file.path()));
};

const give = (page: Page, label: string, name: string, bytes: Uint8Array): Promise<void> =>
  page.getByLabel(label).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

/** The worker and all that it imports are there: from now on the network is not needed. */
const ready = async (page: Page): Promise<void> => {
  const [worker] = page.workers();
  if (worker === undefined) await page.waitForEvent('worker');
  await page.getByText('A program file', { exact: true }).waitFor();
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/prover-')),
  );
};

test('the built-in program is the example as it is imported, and its images are samples of it', async () => {
  const samples = unwrap(readNpz(new Uint8Array(readFileSync(`${EXAMPLES}/digits.npz`)), 'digits'));
  const out = join(mkdtempSync(join(tmpdir(), 'surety-digits-')), 'digits.program');
  const made = await importModel({ file: `${EXAMPLES}/digits.onnx`, out, samples });
  assert.ok(made.ok);
  assert.deepEqual(new Uint8Array(readFileSync(out)), digitsProgram());
  const labels = [...samples.get('labels')!.values];
  const { encoding } = digits().program.inputs[0]!;
  const unit = encoding.mantissa * 2 ** encoding.exponent;
  for (let digit = 0; digit < 10; digit++) {
    const from = labels.indexOf(digit) * 256;
    const reals = samples.get('image')!.values.subarray(from, from + 256);
    const integers = digitPixels(digit);
    for (const [i, real] of reals.entries()) assert.ok(Math.abs(integers[i]! * unit - real) <= unit, `${digit} ${i}`);
  }
});

test('nothing is sent: a proof that hides the input is made, which Node and the tab verify', async () => {
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/prove`);
  await ready(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.getByRole('radio', { name: 'image of a 3' }).check();
  await page.getByRole('button', { name: 'Prove in this tab' }).click();
  await page.locator('#proved-title').waitFor();
  assert.match(await textOf(page.locator('.prove')), /largest at 3/);
  assert.match(await textOf(page.locator('.prove')), /input\s+hidden, only a commitment/i);
  const proof = await download(page, /digits.proof/);
  const verified = unwrap(await verify(proof, digits()));
  assert.equal(verified.inputs, null);
  const scores = [...verified.outputs[0]!.values];
  assert.equal(scores.indexOf(Math.max(...scores)), 3);
  await give(page, 'Choose a .proof file, or drop it here', 'digits.proof', proof);
  await page.locator('.verified').waitFor();
  assert.match(await textOf(page.locator('.verified')), /Checked in .*, in this tab[\s\S]*shown A proof shows/);
  const changed = proof.slice();
  changed[changed.length >> 1]! ^= 1;
  await give(page, 'digits.proof: choose another', 'lie.proof', changed);
  assert.match(await textOf(page.getByRole('alert')), /The proof does not hold/);
  assert.deepEqual(
    requests.filter((request) => !/^GET \/v1\//.test(request)),
    [],
    'nothing but what the page asks the node of itself',
  );
  assert.deepEqual(complaints, []);
  await leave();
});

test('on a phone, offline: hidden weights come with their architecture', async () => {
  const { page, leave } = await visit(pages.browser, `${pages.fixture.url}/#/prove`, PHONE);
  await ready(page);
  await page.context().setOffline(true);
  await page.getByText('both', { exact: true }).tap();
  await page.getByRole('button', { name: 'Prove in this tab' }).tap();
  await page.locator('#proved-title').waitFor();
  const proof = await download(page, /digits.proof/);
  const architecture = await download(page, /digits.architecture/);
  const subject = unwrap(decodeArchitecture(architecture));
  assert.equal(unwrap(await verify(proof, subject)).inputs, null);
  await page.getByText('A program or architecture file').tap();
  await give(page, 'Choose a .program or .architecture file', 'digits.architecture', architecture);
  await give(page, 'Choose a .proof file, or drop it here', 'digits.proof', proof);
  await page.locator('.verified').waitFor();
  assert.match(await textOf(page.locator('.verified')), /weights\s+hidden/i);
  await leave();
});

test('a large run is proved by all threads of the machine, and says so', async () => {
  const program = vggProgram([64, 64, 64, 64, 64, 'pool', 'pool'], 32, 1);
  const { page, complaints, leave } = await visit(pages.browser, `${pages.fixture.url}/#/prove`);
  await ready(page);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await page.getByText('A program file', { exact: true }).click();
  const file = Buffer.concat([...writeProgram(program)]);
  await give(page, 'Choose a .program file, or drop it here', 'large.program', file);
  await page.getByLabel('Input, as JSON').fill(JSON.stringify({ x: [...anyInput(program, 1)[0]!.values] }));
  await page.getByText('nothing', { exact: true }).click();
  await page.getByRole('button', { name: 'Prove in this tab' }).click();
  await page.locator('#proved-title').waitFor();
  const words = cores === 1 ? /made on one thread/ : new RegExp(`made on ${Math.min(cores, MOST_THREADS)} threads`);
  assert.match(await textOf(page.locator('.prove')), words);
  const proof = await download(page, /large.proof/);
  const subject = { kind: 'public', program, id: commitProgram(program).id } as const;
  const alone = unwrap(await prove(subject, anyInput(program, 1)));
  assert.deepEqual(proof, alone.file, 'the bytes of one thread in Node');
  assert.deepEqual(complaints, []);
  await leave();
});

test('with keys alone: a program of one’s own, a refusal that names the input', async () => {
  const { page, leave } = await visit(pages.browser, `${pages.fixture.url}/#/prove`);
  await ready(page);
  await tabTo(page, /^Digits, built in/);
  await page.keyboard.press('ArrowRight');
  await give(page, 'Choose a .program file, or drop it here', 'mine.program', digitsProgram());
  await page.getByLabel('Input, as JSON').fill('{"picture": [1]}');
  await tabTo(page, /^Prove in this tab/);
  await page.keyboard.press('Enter');
  assert.match(await textOf(page.getByRole('alert')), /no input picture/);
  await page.getByLabel('Input, as JSON').fill(JSON.stringify({ image: new Array(256).fill(0.5) }));
  await page.getByRole('button', { name: 'Prove in this tab' }).click();
  await page.getByRole('link', { name: 'Download mine.proof' }).waitFor();
  await leave();
});
