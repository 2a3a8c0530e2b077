/** Data of claims are what their bytes give, wherever they were found. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import { publishedData, type StepClaimed, stepClaim } from '@surety/proofs/zk';
import { pretended } from '../../../../proofs/test/step-lies.ts';
import { provedRun, startPublisher } from '../../../test/step-party.ts';
import { createStepData, dataFile } from './step-data.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'surety-data-'));
const { signal } = new AbortController();

let claim: StepClaimed;
let publisher: Awaited<ReturnType<typeof startPublisher>>;
before(async () => {
  const { architecture, file } = await provedRun([20, 12]);
  claim = unwrap(await stepClaim(architecture, file));
  publisher = await startPublisher();
});
after(() => publisher?.stop());

test('what was fetched is kept, and is there when no node is any more', async () => {
  const folders = { own: folder(), fetched: folder() };
  const { program, run } = claim;
  const away = createStepData({ ...folders, urls: ['http://127.0.0.1:9'] });
  assert.equal(unwrap(await away.find(program, run.trace, signal)), null);
  publisher.publish(claim);
  const near = createStepData({ ...folders, urls: ['http://127.0.0.1:9', publisher.url] });
  assert.deepEqual(unwrap(await near.find(program, run.trace, signal))?.data, claim.data);
  assert.deepEqual(unwrap(await away.find(program, run.trace, signal))?.records, claim.recordTree.root);
});

test('a kept file that is damaged is none, and data of another claim are no data of this one', async () => {
  const folders = { own: folder(), fetched: folder() };
  const { program, run } = claim;
  const file = dataFile(folders.own, toHex(run.trace));
  const held = createStepData({ ...folders, urls: [] });
  writeFileSync(file, publishedData(claim));
  assert.notEqual(unwrap(await held.find(program, run.trace, signal)), null);
  const damaged = readFileSync(file);
  damaged[100]! ^= 1;
  writeFileSync(file, damaged);
  assert.equal(unwrap(await held.find(program, run.trace, signal)), null);
  const last = program.steps.findLastIndex(({ writes }) => writes.length > 0);
  const other = pretended(claim, claim.data, (index) => index === last);
  publisher.publish(claim, publishedData(other));
  const asking = createStepData({ ...folders, urls: [publisher.url] });
  const refused = await asking.find(program, run.trace, signal);
  assert.equal(refused.ok ? 'found' : refused.problem.code, 'proof.other');
  assert.deepEqual(readdirSync(folders.fetched), []);
});
