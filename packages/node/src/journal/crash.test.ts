import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readRunRecord } from '../processes/run-record.ts';
import { type TemporaryPostgres, temporaryPostgres } from '../processes/temporary.ts';
import { createPool } from './connection.ts';
import { PURSES, type Sent } from './crash-fixture.ts';
import { createHost } from './host.ts';
import { type Purse, purse } from './purse.fixture.ts';

let database: TemporaryPostgres;
let pool: Pool;

before(async () => {
  database = await temporaryPostgres();
  pool = createPool(database.databaseUrl, 2);
  await pool.query('CREATE TABLE delivered (key text PRIMARY KEY, times int NOT NULL)');
});

after(async () => {
  await pool.end();
  await database.stop();
});

const sent = new Map<string, Sent>();
const acked = new Set<string>();

type Line = { readonly sent?: Sent; readonly acked?: string; readonly ready?: boolean };

const startService = async (run: number): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-fixture.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const unanswered = [...sent.values()].filter(({ key }) => !acked.has(key));
  child.stdin!.end(JSON.stringify({ databaseUrl: database.databaseUrl, run, unanswered }));
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      if (line.sent !== undefined) sent.set(line.sent.key, line.sent);
      if (line.acked !== undefined) acked.add(line.acked);
      if (line.ready) resolve();
    });
  });
  await ready;
  return child;
};

const killService = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
};

const killDatabase = async (): Promise<void> => {
  const { postgres } = await readRunRecord(database.supervisor.dataDir);
  process.kill(postgres!.process.pid, 'SIGKILL');
};

const wait = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 800; i++) {
    if (await holds()) return;
    await sleep(25);
  }
  assert.fail(`never came true: ${what}`);
};

it('kill -9 of the service and of the database at any instant loses nothing acknowledged and does nothing twice', async () => {
  const rounds = 4;
  for (let run = 0; run < rounds; run++) {
    const service = await startService(run);
    await sleep(50 + Math.random() * 400);
    if (run % 2 === 1) {
      const before = acked.size;
      await killDatabase();
      await wait('the same service carries on with the database brought back', () => acked.size > before + 200);
    }
    await killService(service);
  }
  const last = await startService(rounds);
  const unanswered = [...sent.keys()].filter((key) => !acked.has(key));
  await wait('every repeated request was answered', () => unanswered.every((key) => acked.has(key)));
  await killService(last);

  const host = await createHost({ databaseUrl: database.databaseUrl, node: 'crash', onError: () => undefined });
  host.register(purse);
  const jobs = new Set<string>();
  host.onJob('deadline', async (_, key) => {
    jobs.add(key);
  });

  const { rows } = await pool.query<{ note: string; times: number }>(
    "SELECT body::json->>'note' AS note, count(*)::int AS times FROM surety.event GROUP BY 1",
  );
  const times = new Map(rows.map(({ note, times }) => [note, times]));
  for (const key of acked) assert.equal(times.get(key), 2, `${key}: both legs, once`);
  for (const [note, count] of times) assert.equal(count, note.startsWith('open-') ? 1 : 2, `${note}: whole and once`);
  assert.ok(acked.size > 500, `enough load to mean something: ${acked.size}`);

  let total = 0n;
  for (let i = 0; i < PURSES; i++) {
    const stream = `purse:c${i}` as const;
    const audit = await host.audit(stream);
    assert.equal(audit.replayDigest, audit.snapshotDigest);
    assert.equal(await host.digest(stream), audit.replayDigest);
    total += (await host.state<Purse>(stream)).balance;
  }
  assert.equal(total, BigInt(PURSES) * 1_000_000n, 'money is conserved');

  const pings = "SELECT stream || '@' || seq || '.0' AS key FROM surety.event WHERE body::json->>'ping' = 'true'";
  host.onEffect('ping', async (_, { stream, seq, n }) => {
    await pool.query(
      'INSERT INTO delivered VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET times = delivered.times + 1',
      [`${stream}@${seq}.${n}`],
    );
  });
  await wait('the outbox is empty', async () => (await host.health()).outboxBacklog === 0);
  const { rows: lost } = await pool.query(`${pings} EXCEPT SELECT key FROM delivered`);
  const { rows: invented } = await pool.query(`SELECT key FROM delivered EXCEPT (${pings})`);
  assert.deepEqual([lost, invented], [[], []], 'every effect left, and no other');
  await wait('every deadline ran', () => jobs.size === rounds + 1);
  await host.close();
});
