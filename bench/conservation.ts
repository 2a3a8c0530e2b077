/**
 * Conservation under fire: the journal's host with the engine's games and a real chain, at least 100,000 events of random
 * traffic while the service, the database and the chain are killed with -9 again and again (the chain comes back
 * rewound). Afterwards an audit replays every event from the table alone and adds up all value after each.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readDollars, readFinalDeposits, readSettlement } from '../packages/chain/src/index.ts';
import { unwrap } from '../packages/core/src/index.ts';
import { registerGames } from '../packages/node/src/engine/index.ts';
import { createPool } from '../packages/node/src/journal/connection.ts';
import { createHost } from '../packages/node/src/journal/host.ts';
import { startAnvil } from '../packages/node/src/processes/anvil.ts';
import { startPostgres } from '../packages/node/src/processes/postgres.ts';
import { readRunRecord } from '../packages/node/src/processes/run-record.ts';
import { createSupervisor, type Supervisor } from '../packages/node/src/processes/supervisor.ts';
import { type Depositors, startDepositors } from './conservation/depositors.ts';
import { type Replayed, replay } from './conservation/replay.ts';
import type { ServiceInput, ServiceLine } from './conservation/service.ts';
import { FINAL_SECONDS, now, SAVE_SECONDS } from './conservation/world.ts';
import type { Figure } from './figure.ts';

const EVENTS = Number(process.env.CONSERVATION_EVENTS ?? 100_000);
/** Longest a run may take, in seconds; what is short of events by then is said so. */
const LONGEST_SECONDS = 1_500;

type Kills = { service: number; database: number; chain: number };

const say = (text: string): void => {
  process.stderr.write(`conservation: ${text}\n`);
};

const startService = async (input: ServiceInput, acked: Set<string>): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'conservation', 'service.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin!.end(JSON.stringify(input));
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as ServiceLine;
      if (line.kind === 'acked') for (const nonce of line.nonces) acked.add(nonce);
      if (line.kind === 'ready') resolve();
      if (line.kind === 'error' && process.env.CONSERVATION_DEBUG) say(line.message);
    });
  });
  await Promise.race([ready, once(child, 'exit')]);
  return child;
};

/** The service that runs now. */
type Services = { current: ChildProcess | undefined };

const killService = async ({ current: child }: Services): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
};

const killChild = async (supervisor: Supervisor, name: string): Promise<void> => {
  const record = (await readRunRecord(supervisor.dataDir))[name];
  try {
    if (record !== undefined) process.kill(record.process.pid, 'SIGKILL');
  } catch {
    // Dead from the last kill, and not yet brought back.
  }
};

const countEvents = async (pool: Pool): Promise<number> => {
  try {
    const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM surety.event');
    return Number(rows[0]!.n);
  } catch {
    return 0;
  }
};

/** What is killed together, in turn: each alone, in pairs, all at once. */
const VOLLEYS: readonly (readonly (keyof Kills)[])[] = [
  ['service'],
  ['chain'],
  ['database'],
  ['chain', 'service'],
  ['database', 'service'],
  ['database', 'chain'],
  ['database', 'chain', 'service'],
];

/** Fewest kills of each kind, so that a fast machine is not spared. */
const LEAST_KILLS = 4;

/** Runs traffic and kills until there are enough of both; the last service goes on. */
const fire = async (
  supervisor: Supervisor,
  pool: Pool,
  input: Omit<ServiceInput, 'run'>,
  acked: Set<string>,
  kills: Kills,
  services: Services,
): Promise<void> => {
  const deadline = now() + LONGEST_SECONDS;
  const enough = (): boolean => Math.min(kills.service, kills.database, kills.chain) >= LEAST_KILLS;
  let events = 0;
  services.current = await startService({ ...input, run: 0 }, acked);
  for (let turn = 0; (events < EVENTS || !enough()) && now() < deadline; turn++) {
    await sleep(2_000 + Math.random() * 5_000);
    for (const target of VOLLEYS[turn % VOLLEYS.length]!) {
      kills[target] += 1;
      if (target === 'service') {
        await killService(services);
        services.current = await startService({ ...input, run: turn + 1 }, acked);
      } else await killChild(supervisor, target === 'database' ? 'postgres' : 'anvil');
    }
    // While the database is being brought back, the last count stands.
    events = Math.max(events, await countEvents(pool));
    const killed = `service ${kills.service}, database ${kills.database}, chain ${kills.chain}`;
    say(`${events} events, ${acked.size} acknowledged; killed ${killed}`);
  }
};

/** Waits until the journal has credited every deposit that the chain has. */
const settleChain = async (pool: Pool, depositors: Depositors): Promise<number> => {
  const made = await depositors.finish();
  const { depositCount } = unwrap(await readSettlement(depositors.chain, depositors.contracts));
  for (let tries = 0; tries < 240; tries++) {
    const { rows } = await pool.query<{ n: string }>(
      "SELECT count(*) AS n FROM surety.event WHERE stream >= 'account:' AND stream < 'account;' AND kind = 'deposited'",
    );
    if (BigInt(rows[0]!.n) >= depositCount) break;
    await sleep(500);
  }
  return made;
};

/** Deposits that chain and journal do not agree about. */
const compareDeposits = async (depositors: Depositors, replayed: Replayed): Promise<number> => {
  let wrong = 0;
  let seen = 0;
  for (let after = 0n; ; ) {
    const finality = { kind: 'depth', blocks: 0 } as const;
    const page = unwrap(await readFinalDeposits(depositors.chain, depositors.contracts, after, finality));
    for (const deposit of page.deposits) {
      const credited = replayed.credited.get(deposit.id.toString());
      if (credited?.account !== deposit.account || credited.amountMicroUsd !== deposit.amountMicroUsd) wrong += 1;
      seen += 1;
    }
    if (page.deposits.length === 0) break;
    after = page.throughId;
  }
  return wrong + Math.abs(replayed.credited.size - seen);
};

/** Streams whose state, replayed, differs from snapshot and tail; throws where a hash does not fit. */
const auditStreams = async (databaseUrl: string): Promise<{ readonly streams: number; readonly different: number }> => {
  const host = await createHost({ databaseUrl, node: 'conservation', onError: () => undefined });
  registerGames(host);
  let streams = 0;
  let different = 0;
  for (let after = ''; ; ) {
    const page = await host.streams('', { after, limit: 500 });
    for (const stream of page) {
      const audit = await host.audit(stream);
      streams += 1;
      if (audit.replayDigest !== audit.snapshotDigest) different += 1;
    }
    if (page.length === 0) break;
    after = page.at(-1)!;
  }
  await host.close();
  return { streams, different };
};

const zero = (name: string, value: number, unit: string, peer = ''): Figure => ({
  name,
  value,
  unit,
  goal: '= 0',
  holds: value === 0,
  peer,
});

const fact = (name: string, value: number, unit: string, peer = ''): Figure => ({
  name,
  value,
  unit,
  goal: '',
  holds: null,
  peer,
});

const measure = async (dataDir: string): Promise<Figure[]> => {
  const supervisor = await createSupervisor({ dataDir, onEvent: () => undefined });
  const { databaseUrl } = await startPostgres(supervisor);
  const chain = await startAnvil(supervisor, { saveSeconds: SAVE_SECONDS, onError: () => undefined });
  const pool = createPool(databaseUrl, 2);
  const acked = new Set<string>();
  const kills: Kills = { service: 0, database: 0, chain: 0 };
  const depositors = await startDepositors(chain.rpcUrl);
  const services: Services = { current: undefined };
  try {
    await fire(supervisor, pool, { databaseUrl, rpcUrl: chain.rpcUrl }, acked, kills, services);
    const made = await settleChain(pool, depositors);
    await sleep(2 * FINAL_SECONDS * 1_000);
    await killService(services);
    say('replaying every event');
    const replayed = await replay(pool);
    const wrongDeposits = await compareDeposits(depositors, replayed);
    const settlement = unwrap(await readSettlement(depositors.chain, depositors.contracts));
    const onChain = unwrap(await readDollars(depositors.chain, depositors.contracts, depositors.contracts.settlement));
    const { streams, different } = await auditStreams(databaseUrl);
    const lost = [...acked].filter((nonce) => !replayed.nonces.has(nonce)).length;
    const twice = [...replayed.nonces.values()].filter((times) => times !== 1).length;
    const short = replayed.depositedMicroUsd - settlement.withdrawnTotalMicroUsd - onChain;
    const killed = kills.service + kills.database + kills.chain;
    return [
      {
        name: 'events of the run',
        value: replayed.events,
        unit: 'events',
        goal: `>= ${EVENTS}`,
        holds: replayed.events >= EVENTS,
        peer: `${replayed.transactions} transactions over ${streams} streams`,
      },
      {
        name: 'kill -9',
        value: killed,
        unit: 'kills',
        goal: `>= ${LEAST_KILLS} of each`,
        holds: Math.min(kills.service, kills.database, kills.chain) >= LEAST_KILLS,
        peer: `service ${kills.service}, database ${kills.database}, chain (rewound) ${kills.chain}`,
      },
      zero(
        'transactions after which balances, escrow, cover and fees did not sum to deposits less withdrawals',
        replayed.unbalanced,
        'transactions',
      ),
      zero('events after which a balance was below zero or a bond promised twice', replayed.negative, 'events'),
      zero('gaps or repetitions in sequence numbers', replayed.misnumbered, 'events'),
      zero('acknowledged actions that are missing', lost, 'actions', `of ${acked.size} acknowledged`),
      zero('actions carried out twice', twice, 'actions', `of ${replayed.nonces.size}`),
      zero(
        'deposits on which chain and journal disagree',
        wrongDeposits,
        'deposits',
        `of ${replayed.credited.size}, ${made} of them by wallets that saw the chain rewound`,
      ),
      zero('dollars of the settlement contract that are not where the journal says', Number(short), 'micro-USD'),
      zero('streams whose replay is not bit-identical with snapshot and tail', different, 'streams', `of ${streams}`),
      fact('value held at the end', Number(replayed.totalMicroUsd / 1_000_000n), 'USD'),
    ];
  } finally {
    depositors.stop();
    await killService(services);
    await pool.end();
    await supervisor.stop();
  }
};

export const run = async (): Promise<Figure[]> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'surety-conservation-'));
  try {
    return await measure(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
};
