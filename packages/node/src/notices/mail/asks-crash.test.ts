import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { type TemporaryPostgres, temporaryPostgres } from '../../processes/temporary.ts';
import { ASKS_IN_AN_HOUR, ASKS_STREAM } from './asks.ts';
import { MAILBOXES } from './asks-fixture.ts';

let database: TemporaryPostgres;
const folder = mkdtempSync(join(tmpdir(), 'surety-asks-'));
before(async () => {
  database = await temporaryPostgres();
});
after(async () => {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Line = { readonly n: number; readonly code: string };

/** Runs the process until it has said so many lines, and kills it then; to its end without a number. */
const run = async (lines = Number.POSITIVE_INFINITY): Promise<readonly Line[]> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'asks-fixture.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ databaseUrl: database.databaseUrl, folder }));
  const said: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    said.push(JSON.parse(text) as Line);
    if (said.length === lines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said;
};

test('kill -9 does not make a node ask more mailboxes, or one of them twice', async () => {
  const acknowledged: number[] = [];
  for (const lines of [9, 25]) {
    for (const { n, code } of await run(lines)) if (code === 'ok') acknowledged.push(n);
  }
  const last = await run();
  for (const { n, code } of last) if (code === 'ok') acknowledged.push(n);
  assert.equal(last.length, MAILBOXES);
  assert.equal(new Set(acknowledged).size, acknowledged.length, 'none is asked twice');
  const client = new Client({ connectionString: database.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ mailbox: string }>(
    "SELECT body::json->>'mailbox' AS mailbox FROM surety.event WHERE stream = $1",
    [ASKS_STREAM],
  );
  await client.end();
  assert.equal(new Set(rows.map(({ mailbox }) => mailbox)).size, rows.length);
  assert.equal(rows.length, ASKS_IN_AN_HOUR.free, 'all processes together have what one has');
});
