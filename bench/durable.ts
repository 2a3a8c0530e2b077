/**
 * How many events per second the journal makes durable: the host alone, with a toy game, on an embedded PostgreSQL with
 * every promise of durability on. Beside it: the same database with a commit of its own for each event.
 */
import { Client } from 'pg';
import { createHost } from '../packages/node/src/journal/host.ts';
import { change, type Purse, purse } from '../packages/node/src/journal/purse.fixture.ts';
import { temporaryPostgres } from '../packages/node/src/processes/temporary.ts';
import type { Figure } from './figure.ts';
import { treeSeconds } from './markets/processor-time.ts';

const EVENTS = 60_000;
const STREAMS = 8;
const CALLERS = 1_000;
const SINGLE_EVENTS = 3_000;

const perSecond = async (count: number, work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return Math.round((1_000 * count) / (performance.now() - start));
};

const single = async (databaseUrl: string): Promise<number> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE one_by_one (seq bigint PRIMARY KEY, body text NOT NULL)');
  const rate = await perSecond(SINGLE_EVENTS, async () => {
    for (let i = 0; i < SINGLE_EVENTS; i++) {
      await client.query({ name: 'one', text: 'INSERT INTO one_by_one VALUES ($1, $2)', values: [i, '{"by":"1"}'] });
    }
  });
  await client.end();
  return rate;
};

export const run = async (): Promise<Figure[]> => {
  const database = await temporaryPostgres();
  const problems: unknown[] = [];
  const host = await createHost({
    databaseUrl: database.databaseUrl,
    node: 'bench',
    onError: (cause) => problems.push(cause),
  });
  host.register(purse);
  const slowest = { milliseconds: 0 };
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let i = next++; i < EVENTS; i = next++) {
      const start = performance.now();
      const result = await host.transact([change(`p${i % STREAMS}`, 1n)]);
      if (!result.ok) problems.push(result.problem);
      slowest.milliseconds = Math.max(slowest.milliseconds, performance.now() - start);
    }
  };
  const before = treeSeconds(process.pid);
  const rate = await perSecond(EVENTS, async () => {
    await Promise.all(Array.from({ length: CALLERS }, caller));
  });

  const after = treeSeconds(process.pid);
  const microseconds = before === null || after === null ? null : Math.ceil((1e6 * (after - before)) / EVENTS);

  // The figure counts only if what was acknowledged is what is stored, and replays to the same states.
  let stored = 0;
  let equal = problems.length === 0;
  for (let i = 0; i < STREAMS; i++) {
    const audit = await host.audit(`purse:p${i}`);
    const state = await host.state<Purse>(`purse:p${i}`);
    equal &&= audit.replayDigest === (await host.digest(`purse:p${i}`)) && state.balance === BigInt(audit.events);
    stored += audit.events;
  }
  const good = equal && stored === EVENTS;
  const peerRate = await single(database.databaseUrl);
  await host.close();
  await database.stop();
  const peer = `${peerRate} /s with a commit for each event on one connection`;
  return [
    {
      name: 'durable events, host alone',
      value: good ? rate : null,
      unit: '/s',
      goal: '>= 15000',
      holds: good ? rate >= 15_000 : false,
      peer,
    },
    {
      name: 'processor time of an event, node and database',
      value: microseconds,
      unit: 'µs',
      goal: '<= 133 (15,000 /s of two cores)',
      holds: microseconds === null ? null : microseconds <= 133,
      peer: 'tells what the machine could do with nothing else to do',
    },
    {
      name: 'slowest acknowledgement',
      value: Math.round(slowest.milliseconds),
      unit: 'ms',
      goal: '',
      holds: null,
      peer: `${CALLERS} callers at once`,
    },
    {
      name: 'acknowledged events that replay bit for bit',
      value: stored,
      unit: 'events',
      goal: `= ${EVENTS}`,
      holds: good,
      peer: '',
    },
  ];
};
