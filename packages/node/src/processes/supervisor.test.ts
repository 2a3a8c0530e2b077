import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startAnvil } from './anvil.ts';
import { takeLock } from './lock.ts';
import { startPostgres } from './postgres.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { rpc } from './rpc.ts';
import { readRunRecord } from './run-record.ts';
import { createSupervisor, type SupervisorEvent } from './supervisor.ts';

type Node = { readonly child: ChildProcess; readonly databaseUrl: string; readonly rpcUrl: string };

const fixture = join(import.meta.dirname, 'process-fixture.ts');

const startNode = async (dataDir: string): Promise<Node> => {
  const child = spawn(process.execPath, [fixture, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as { databaseUrl: string; rpcUrl: string }) };
};

const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

const query = async (databaseUrl: string, text: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const eventually = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 400; i++) {
    if (await holds().catch(() => false)) return;
    await sleep(50);
  }
  assert.fail(`never came true: ${what}`);
};

const childrenOf = async (dataDir: string): Promise<{ postgres: ProcessIdentity; anvil: ProcessIdentity }> => {
  const { postgres, anvil } = await readRunRecord(dataDir);
  assert.ok(postgres && anvil);
  return { postgres: postgres.process, anvil: anvil.process };
};

describe('a supervised node', () => {
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'surety-test-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('killed with -9 leaves orphans, which the next one adopts with all they know; Ctrl-C then ends everything', async () => {
    const first = await startNode(dataDir);
    await assert.rejects(createSupervisor({ dataDir, onEvent: () => undefined }), {
      code: 'process.already-running',
      message: /already running at http:\/\/127.0.0.1:4810/,
    });
    await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await rpc(first.rpcUrl, 'anvil_mine', ['0x3']);
    const orphans = await childrenOf(dataDir);
    await kill(first.child, 'SIGKILL');
    assert.ok((await isRunning(orphans.postgres)) && (await isRunning(orphans.anvil)));

    const second = await startNode(dataDir);
    assert.deepEqual(await childrenOf(dataDir), orphans, 'the same processes');
    assert.deepEqual(await query(second.databaseUrl, 'SELECT n FROM kept'), [{ n: 7 }]);
    assert.equal(await rpc(second.rpcUrl, 'eth_blockNumber', []), '0x3');
    await kill(second.child, 'SIGINT');
    assert.ok(!(await isRunning(orphans.postgres)) && !(await isRunning(orphans.anvil)));
    assert.deepEqual(await readRunRecord(dataDir), {});
  });

  it('starts again after everything was killed at once, the chain rewound to its last saved block', async () => {
    const first = await startNode(dataDir);
    assert.equal(await rpc(first.rpcUrl, 'eth_blockNumber', []), '0x3', 'saved when it was stopped');
    await rpc(first.rpcUrl, 'anvil_mine', ['0x5']);
    const all = await childrenOf(dataDir);
    await kill(first.child, 'SIGKILL');
    for (const { pid } of Object.values(all)) process.kill(pid, 'SIGKILL');
    // A process id that meanwhile belongs to another program must not keep PostgreSQL from starting.
    const lockFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
    const lock = (await readFile(lockFile, 'utf8')).split('\n');
    await writeFile(lockFile, [`${process.pid}`, ...lock.slice(1)].join('\n'));

    const second = await startNode(dataDir);
    assert.deepEqual(await query(second.databaseUrl, 'SELECT n FROM kept'), [{ n: 7 }]);
    assert.equal(await rpc(second.rpcUrl, 'eth_blockNumber', []), '0x3');
    assert.equal(second.rpcUrl, first.rpcUrl);
    await kill(second.child, 'SIGTERM');
  });

  for (const manner of ['patient', 'impatient']) {
    it(`interrupted while it starts ends what it had begun to start (${manner})`, async () => {
      const child = spawn(process.execPath, [fixture, dataDir, manner], { stdio: 'ignore' });
      const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
      await eventually('PostgreSQL is being started', async () => (await readFile(pidFile, 'utf8')) !== '');
      const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
      await kill(child, 'SIGINT');
      await eventually('PostgreSQL is gone', async () => (await identify(pid)) === undefined);
    });
  }

  it('brings a killed database and a killed chain back by itself, and says so', async () => {
    const events: SupervisorEvent[] = [];
    let rewound = 0;
    const supervisor = await createSupervisor({ dataDir, onEvent: (event) => events.push(event) });
    const { databaseUrl } = await startPostgres(supervisor, { databaseUrl: undefined });
    const chain = await startAnvil(supervisor, { onError: () => undefined, onRestarted: () => rewound++ });
    await rpc(chain.rpcUrl, 'anvil_mine', ['0x2']);
    const { postgres, anvil } = await childrenOf(dataDir);
    process.kill(postgres.pid, 'SIGKILL');
    process.kill(anvil.pid, 'SIGKILL');
    await eventually('the database is back', async () => (await query(databaseUrl, 'SELECT n FROM kept')).length === 1);
    await eventually('the chain is back', async () => rewound === 1);
    assert.equal(await rpc(chain.rpcUrl, 'eth_blockNumber', []), '0x3');
    await supervisor.stop();
    assert.deepEqual(events.map((event) => `${event.name} ${event.kind}`).toSorted(), [
      'anvil died',
      'anvil restarted',
      'postgres died',
      'postgres restarted',
    ]);
  });

  it('refuses a cluster of another version rather than touching it, and forgives a damaged chain', async () => {
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '12\n');
    await writeFile(join(dataDir, 'chain', 'state.json'), '{"half":');
    const supervisor = await createSupervisor({ dataDir, onEvent: () => undefined });
    await assert.rejects(startPostgres(supervisor), { code: 'process.data-corrupt', message: /surety reset/ });
    const chain = await startAnvil(supervisor, { onError: () => undefined });
    assert.equal(await rpc(chain.rpcUrl, 'eth_blockNumber', []), '0x0');
    await supervisor.stop();
    assert.equal(await readFile(join(dataDir, 'chain', 'state.json.damaged'), 'utf8'), '{"half":');
  });

  it('uses what the environment names instead of starting anything', async () => {
    const supervisor = await createSupervisor({ dataDir, onEvent: () => undefined });
    const url = 'postgresql://elsewhere/db';
    assert.deepEqual(await startPostgres(supervisor, { databaseUrl: url }), { databaseUrl: url, embedded: false });
    await assert.rejects(startAnvil(supervisor, { rpcUrl: 'http://127.0.0.1:9', onError: () => undefined }), {
      code: 'process.start-failed',
      message: /RPC_URL does not answer/,
    });
    await supervisor.stop();
  });
});

describe('the start-up lock', () => {
  it('of a process that is gone does not count, even when its id is in use again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'surety-test-'));
    const me = await identify(process.pid);
    assert.ok(me);
    await writeFile(join(dataDir, 'node.lock'), JSON.stringify({ process: { ...me, startedAt: 'another boot:1' } }));
    const lock = await takeLock(dataDir);
    await assert.rejects(takeLock(dataDir), { code: 'process.already-running' });
    await lock.release();
    await (await takeLock(dataDir)).release();
    await rm(dataDir, { recursive: true });
  });
});
