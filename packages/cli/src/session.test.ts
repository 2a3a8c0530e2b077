import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, surety } from './testing.ts';
import { startNode } from './testing-node.ts';

test('a session at the terminal: ask, look, verify, play, stop', async (t) => {
  const cwd = folder();
  const home = join(cwd, '.surety');
  const node = await startNode(home);
  t.after(async () => {
    node.stop();
    await node.ended;
  });
  const run = (...args: string[]) => surety(args, { cwd });
  const data = async <T>(...args: string[]): Promise<T> => {
    const ran = await run(...args, '--json');
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    return JSON.parse(ran.stdout) as T;
  };

  const asked = await run(
    'ask',
    'Is uniswap-claim-rewards.app a scam?',
    '--yes',
    '--close',
    '10m',
    '--out',
    'receipt.json',
  );
  assert.equal(asked.code, 0, asked.stdout + asked.stderr);
  assert.match(asked.stderr, /^development/);
  for (const words of [
    'Is the site uniswap-claim-rewards.app a scam?',
    '$0.05, paid by you',
    'name only, page not visited',
    '— not the page',
    'Provisional',
    'surety verify receipt.json',
  ]) {
    assert.ok(asked.stdout.includes(words), words);
  }
  assert.equal(statSync(join(home, 'keys', 'cli.json')).mode & 0o777, 0o600);
  assert.match(readFileSync(join(cwd, 'receipt.html'), 'utf8'), /<html/);
  assert.equal((await run('verify', 'receipt.json')).code, 0);

  const { markets } = await data<{ markets: { marketId: string; tradeCount: number; probabilitiesPpm: number[] }[] }>(
    'markets',
  );
  const id = markets[0]!.marketId.slice(0, 8);
  const before = await data<{ tradeCount: number }>('market', id);
  assert.ok(before.tradeCount > 0, 'built-in players traded');
  assert.match((await run('market', id, '--out', 'newest.json')).stdout, /EVIDENCE/);
  assert.equal((await run('verify', 'newest.json', '--fresh')).code, 0, 'the newest receipt is kept');

  assert.equal((await run('player', 'new', 'mybot')).code, 0);
  const player = surety(['player', 'add', 'mybot', '--json'], { cwd, until: /"kind":"trade"/ });
  assert.match((await player).stdout, /"kind":"trade"/);
  assert.ok(
    (await data<{ tradeCount: number }>('market', id)).tradeCount > before.tradeCount,
    'the new player moved the price',
  );
  assert.deepEqual(readdirSync(join(home, 'keys', 'players')), ['mybot.json']);

  const final = await data<{ answer: { status: string }; receipt: string }>(
    'ask',
    'Is google.com a scam?',
    '--close',
    '5s',
    '--wait',
  );
  assert.equal(final.answer.status, 'final');
  const fresh = await run('verify', final.receipt, '--fresh');
  assert.equal(fresh.code, 0, fresh.stdout);
  assert.match(fresh.stdout, /names no later ruling/);
  assert.match((await run('redeem', final.receipt, '--json')).stdout, /"cover\.[a-z-]+"/);

  assert.match((await run('status')).stdout, /● ok/);
  const doctor = await data<{ healthy: boolean }>('doctor');
  assert.ok(doctor.healthy);
  assert.notEqual((await run('reset', '--yes')).code, 0, 'a running node is not erased');
  assert.equal((await run('stop')).code, 0);
  await node.ended;
  assert.equal((await run('status')).code, 69);
  assert.equal((await run('reset', '--yes')).code, 0);
  assert.ok(!existsSync(home));
});
