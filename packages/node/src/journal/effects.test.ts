import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { eventually, testBed } from './host.fixture.ts';
import { change, type Ping, type Purse } from './purse.fixture.ts';

const { pool, open, id } = testBed();

describe('effects and jobs', () => {
  it('an effect is delivered under its own key until its handler succeeds, also after a restart', async () => {
    const a = id();
    const first = await open('effects');
    let attempts = 0;
    first.onEffect<Ping>('ping', async () => {
      attempts += 1;
      throw new TypeError('not today');
    });
    await first.transact([change(a, 1n), change(a, 2n, { ping: true })]);
    await eventually('it was tried twice', () => attempts >= 2);
    await first.close();

    const second = await open('effects');
    const delivered: unknown[] = [];
    second.onEffect<Ping>('ping', async (effect, key) => {
      delivered.push({ effect, key });
    });
    await eventually('it arrived', () => delivered.length > 0);
    assert.deepEqual(delivered, [
      { effect: { kind: 'ping', balance: 3n }, key: { stream: `purse:${a}`, seq: 2, n: 0 } },
    ]);
    await eventually('the outbox is empty', async () => (await second.health()).outboxBacklog === 0);
    await second.close();
  });

  it('a handler finds the state that its event made, also when the outbox hears of the commit before the writer', async (t) => {
    const host = await open('late');
    const a = id();
    await host.transact([change(a, 1n)]);
    const { query } = Client.prototype;
    t.after(() => {
      Client.prototype.query = query;
    });
    // The answer to the commit is slow to arrive, longer than the outbox sleeps.
    Client.prototype.query = async function (this: Client, ...args: unknown[]) {
      const answer = await Reflect.apply(query, this, args);
      if ((args[0] as { name?: string } | undefined)?.name === 'append') await sleep(2_500);
      return answer;
    } as typeof query;
    const found: bigint[] = [];
    host.onEffect<Ping>('ping', async (_, { stream }) => {
      found.push((await host.state<Purse>(stream)).balance);
    });
    await host.transact([change(a, 2n, { ping: true })]);
    await eventually('it was delivered', () => found.length > 0);
    assert.deepEqual(found, [3n]);
    await host.close();
  });

  it('a slow effect holds up nobody else, and is not begun again while it is under way', async () => {
    const host = await open('slow');
    const [slow, quick] = [id(), id()];
    const seen: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    host.onEffect<Ping>('ping', async (_, { stream }) => {
      seen.push(stream);
      if (stream === `purse:${slow}`) await gate;
    });
    await host.transact([change(slow, 1n, { ping: true })]);
    await eventually('the slow one has begun', () => seen.length === 1);
    await host.transact([change(quick, 1n, { ping: true })]);
    await eventually('the quick one is done', async () => (await host.health()).outboxBacklog === 1);
    // Its claim runs out while it is still under way.
    await pool().query('UPDATE surety.outbox SET due = now()');
    await host.transact([change(quick, 1n, { ping: true })]);
    await eventually('the next quick one too', async () => (await host.health()).outboxBacklog === 1);
    assert.deepEqual(seen, [`purse:${slow}`, `purse:${quick}`, `purse:${quick}`]);
    release();
    await eventually('all are done', async () => (await host.health()).outboxBacklog === 0);
    await host.close();
  });

  it('a job runs once its time has come, once per key, also after a restart', async () => {
    const first = await open('jobs');
    const soon = Math.floor(Date.now() / 1_000) + 1;
    await first.schedule({ name: 'close', key: 'm1', runAt: soon, data: { market: 'm1' } });
    await first.close();

    const second = await open('jobs');
    const ran: unknown[] = [];
    second.onJob('close', async (data, key) => {
      ran.push([data, key]);
    });
    await second.schedule({ name: 'close', key: 'm1', runAt: soon, data: { market: 'm1' } });
    await second.schedule({ name: 'close', key: 'm2', runAt: soon, data: { market: 'm2' } });
    await eventually('both ran', () => ran.length >= 2);
    assert.deepEqual(ran.toSorted(), [
      [{ market: 'm1' }, 'm1'],
      [{ market: 'm2' }, 'm2'],
    ]);
    await second.close();
  });
});

describe('answers to repeated requests', () => {
  it('are replayed for the same body, refused for another, and held back while the first works', async () => {
    const host = await open('answers');
    const { begin } = host.idempotency;
    const first = await begin('act', 'k1', 'd1');
    assert.equal(first.kind, 'new');
    const second = await begin('act', 'k1', 'd1');
    assert.ok(second.kind === 'refused' && second.problem.code === 'idempotency.in-flight');
    const third = await begin('act', 'k1', 'd2');
    assert.ok(third.kind === 'refused' && third.problem.code === 'idempotency.conflict');
    if (first.kind === 'new') await first.complete('{"ok":true}');
    assert.deepEqual(await begin('act', 'k1', 'd1'), { kind: 'replay', response: '{"ok":true}' });
    const other = await begin('act', 'k1', 'd2');
    assert.ok(other.kind === 'refused' && other.problem.code === 'idempotency.conflict');
    assert.equal((await begin('fund', 'k1', 'd2')).kind, 'new', 'another scope is another key');
    await host.close();
  });
});
