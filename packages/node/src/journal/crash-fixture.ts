/**
 * A process for tests that kill it: moves money between purses through a host as fast as it can, and says on standard
 * output what it sent and what was acknowledged. Before new transfers it repeats those that its forerunner had sent
 * and seen no answer to, as a careful client does.
 */
import { readSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { createHost } from './host.ts';
import { change, type Ping, purse, transfer } from './purse.fixture.ts';

export type Sent = { readonly key: string; readonly from: string; readonly to: string; readonly amount: number };

export const PURSES = 12;
const START = 1_000_000n;
const WORKERS = 40;

const say = (line: object): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

const main = async (databaseUrl: string, run: number, unanswered: readonly Sent[]): Promise<void> => {
  const host = await createHost({ databaseUrl, node: 'crash', onError: () => undefined, snapshotEvery: 200 });
  host.register(purse);
  const outside = new Pool({ connectionString: databaseUrl, max: 2 });
  outside.on('error', () => undefined);
  host.onEffect<Ping>('ping', async (_, { stream, seq, n }) => {
    await outside.query(
      'INSERT INTO delivered VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET times = delivered.times + 1',
      [`${stream}@${seq}.${n}`],
    );
  });

  const until = async (attempt: () => Promise<{ readonly ok: boolean }>): Promise<void> => {
    while (!(await attempt()).ok) await sleep(20);
  };
  const send = async ({ key, from, to, amount }: Sent): Promise<void> => {
    const moves = transfer(from, to, BigInt(amount), { note: key, ping: amount % 10 === 0 });
    await until(() => host.transact(moves, { idempotencyKey: key }));
    say({ acked: key });
  };

  for (let i = 0; i < PURSES; i++) {
    await until(() => host.transact([change(`c${i}`, START, { note: `open-${i}` })], { idempotencyKey: `open-${i}` }));
  }
  await host.schedule({ name: 'deadline', key: `run-${run}`, runAt: 0, data: { run } });
  say({ ready: true });
  await Promise.all(unanswered.map(send));
  let count = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const pick = (): number => Math.floor(Math.random() * PURSES);
      const from = pick();
      const sent = {
        key: `transfer-${run}-${count++}`,
        from: `c${from}`,
        to: `c${(from + 1 + (pick() % (PURSES - 1))) % PURSES}`,
        amount: 1 + pick(),
      };
      say({ sent });
      await send(sent);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
};

if (process.argv[1] === import.meta.filename) {
  const input = Buffer.alloc(4 * 1024 * 1024);
  const parts: Buffer[] = [];
  for (let n = readSync(0, input); n > 0; n = readSync(0, input)) parts.push(Buffer.from(input.subarray(0, n)));
  const { databaseUrl, run, unanswered } = JSON.parse(Buffer.concat(parts).toString());
  await main(databaseUrl, run, unanswered);
}
