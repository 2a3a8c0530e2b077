import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { QuestionClaim } from '@surety/sdk';
import { parseQuestion } from '@surety/sdk/words';
import { folder } from '../testing.ts';
import { loadPlayer } from './player.ts';
import { keepSalt } from './salts.ts';

const EXAMPLE = join(import.meta.dirname, '../../../../examples/models/site-names');
const VALUES = { model: `${EXAMPLE}.program`, adapter: `${EXAMPLE}.adapter.json` };
const PROGRAM = (JSON.parse(readFileSync(VALUES.adapter, 'utf8')) as { program: string }).program;

const claimOf = (question: string): QuestionClaim => {
  const read = parseQuestion(question, { now: 1_800_000_000 });
  assert.ok(read.ok);
  const asker = '0x0000000000000000000000000000000000000001';
  const money = { budgetMicroUsd: '0', valueAtStakeMicroUsd: '0', asker, nonce: '00'.repeat(16) };
  return { type: 'surety/claim/question/v1', ...read.value.draft, ...money, closesAt: 1_800_000_600 };
};
const SITE = claimOf('Is myetherwallet-restore.com a scam?');

const believed = async (
  values: typeof VALUES & { readonly hidden?: boolean; readonly name?: string },
  home: string,
) => {
  const { name, believe } = await loadPlayer(undefined, values, { cwd: home, home });
  const belief = await believe(SITE);
  assert.ok(belief !== null && typeof belief === 'object');
  return { name, ...belief };
};

test('a model believes with a report that names it; what its adapter does not read it leaves alone', async () => {
  const home = folder();
  const { name, report, probabilityPpm } = await believed(VALUES, home);
  assert.deepEqual([name, report.analyst, report.program], ['site-names', 'site-names', `program:${PROGRAM}`]);
  assert.equal(report.probabilityPpm, probabilityPpm);
  assert.equal((await believed({ ...VALUES, name: 'me' }, home)).report.analyst, 'me');
  const { believe } = await loadPlayer(undefined, VALUES, { cwd: home, home });
  assert.equal(await believe(claimOf('Is 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 the real USDC?')), null);
});

test('a program that was published hidden from this folder plays hidden, and no other does', async () => {
  const home = folder();
  await assert.rejects(loadPlayer(undefined, { ...VALUES, hidden: true }, { cwd: home, home }), /not published hidden/);
  const kept = { model: 'net', salt: '05'.repeat(32), revealBy: 1_900_000_000 };
  keepSalt(home, { ...kept, hidden: '01'.repeat(32), program: '00'.repeat(32) });
  await assert.rejects(loadPlayer(undefined, { ...VALUES, hidden: true }, { cwd: home, home }), /not published hidden/);
  keepSalt(home, { ...kept, hidden: '02'.repeat(32), program: PROGRAM });
  const hidden = await believed({ ...VALUES, hidden: true }, home);
  assert.match(hidden.report.program, /^hidden:[0-9a-f]{64}$/);
  assert.equal(hidden.probabilityPpm, (await believed(VALUES, home)).probabilityPpm);
});
