import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SuretyError } from '@surety/core';
import type { Pool } from 'pg';
import { type TemporaryPostgres, temporaryPostgres } from '../processes/temporary.ts';
import { createPool } from './connection.ts';
import { createHost, FROM_NOW, type Host, type HostOptions, type Stored } from './host.ts';
import { change, type Ping, type Purse, purse, transfer } from './purse.fixture.ts';

let database: TemporaryPostgres;
let pool: Pool;
let fresh = 0;
/** A purse no other test uses. */
const id = (): string => `p${fresh++}`;

const open = async (node: string, options: Partial<HostOptions> = {}): Promise<Host> => {
  const host = await createHost({ databaseUrl: database.databaseUrl, node, onError: () => undefined, ...options });
  host.register(purse);
  return host;
};

const eventually = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return;
    await sleep(25);
  }
  assert.fail(`never came true: ${what}`);
};

before(async () => {
  database = await temporaryPostgres();
  pool = createPool(database.databaseUrl, 2);
});

after(async () => {
  await pool.end();
  await database.stop();
});

describe('a transaction', () => {
  let host: Host;
  before(async () => {
    host = await open('one', { snapshotEvery: 50 });
  });
  after(() => host.close());

  it('steps its events in order, all of them, and says where they landed', async () => {
    const a = id();
    const result = await host.transact([change(a, 5n), change(a, 7n)]);
    assert.deepEqual(result, { ok: true, value: { seqs: [1, 2], outputs: [{ balance: 5n }, { balance: 12n }] } });
    assert.equal((await host.state<Purse>(`purse:${a}`)).balance, 12n);
    const stored = await host.read(`purse:${a}`, 0, 10);
    assert.deepEqual(
      stored.map(({ seq, kind, data }) => ({ seq, kind, data })),
      [
        { seq: 1, kind: 'change', data: { kind: 'change', by: '5', note: '', ping: false, balance: '5' } },
        { seq: 2, kind: 'change', data: { kind: 'change', by: '7', note: '', ping: false, balance: '12' } },
      ],
    );
  });

  it('leaves nothing behind when one of its events is refused', async () => {
    const [a, b] = [id(), id()];
    const result = await host.transact(transfer(a, b, 1n).toReversed());
    assert.ok(!result.ok);
    assert.equal(result.problem.code, 'input.out-of-range');
    assert.deepEqual(await host.state<Purse>(`purse:${b}`), { balance: 0n, events: 0 });
    assert.deepEqual(await host.read(`purse:${b}`, 0, 10), []);
  });

  it('that would make or lose value is stopped before it happens', async () => {
    const [a, b] = [id(), id()];
    await host.transact([change(a, 10n)]);
    const lopsided = [change(a, -3n, { note: 'transfer' }), change(b, 4n, { note: 'transfer' })];
    const result = await host.transact(lopsided);
    assert.ok(!result.ok && result.problem.code === 'ledger.unbalanced' && result.problem.value === '1');
    assert.ok((await host.transact(transfer(a, b, 3n, { note: 'transfer' }))).ok);
    assert.equal((await host.state<Purse>(`purse:${a}`)).balance, 7n);
  });

  it('shares commits with its neighbours and keeps every order', async () => {
    const a = id();
    const results = await Promise.all(Array.from({ length: 500 }, (_, i) => host.transact([change(a, BigInt(i))])));
    assert.deepEqual(
      results.map((result) => result.ok && result.value.seqs[0]),
      Array.from({ length: 500 }, (_, i) => i + 1),
    );
  });

  it('happens once per idempotency key, and refuses the key for anything else', async () => {
    const a = id();
    const key = `key-${a}`;
    const all = await Promise.all([1, 2, 3].map(() => host.transact([change(a, 4n)], { idempotencyKey: key })));
    const again = await host.transact([change(a, 4n)], { idempotencyKey: key });
    for (const result of [...all, again]) {
      assert.deepEqual(result, { ok: true, value: { seqs: [1], outputs: [{ balance: 4n }] } });
    }
    const other = await host.transact([change(a, 5n)], { idempotencyKey: key });
    assert.ok(!other.ok && other.problem.code === 'idempotency.conflict');
    assert.equal((await host.state<Purse>(`purse:${a}`)).events, 1);
  });

  it('refuses more than may wait', async () => {
    const small = await open('small', { maxWaiting: 10 });
    const a = id();
    const results = await Promise.all(Array.from({ length: 50 }, () => small.transact([change(a, 1n)])));
    await small.close();
    const refused = results.filter((result) => !result.ok);
    assert.ok(refused.length > 0 && refused.every((result) => result.problem.code === 'journal.overloaded'));
    assert.equal((await host.state<Purse>(`purse:${a}`)).events, 50 - refused.length);
  });

  it('may touch more streams than are kept in memory', async () => {
    const tiny = await open('tiny', { maxLoaded: 2 });
    const [a, ...others] = Array.from({ length: 6 }, id);
    await tiny.transact([change(a!, 10n)]);
    const moves = others.flatMap((other) => transfer(a!, other, 2n, { note: 'transfer' }));
    assert.ok((await tiny.transact(moves)).ok);
    for (const other of others) assert.equal((await tiny.state<Purse>(`purse:${other}`)).balance, 2n);
    assert.ok((await tiny.health()).loadedStreams <= 6);
    await tiny.close();
  });

  it('throws on a game or a name that does not exist: a bug, not a refusal', async () => {
    await assert.rejects(host.transact([{ stream: 'nobody:1', event: {} }]), { code: 'input.malformed' });
    await assert.rejects(host.state('purse:with space'), { code: 'input.malformed' });
  });
});

describe('following', () => {
  let host: Host;
  before(async () => {
    host = await open('follow');
  });
  after(() => host.close());

  it('gives each event once, in order, from any point, while more are written', async () => {
    const a = id();
    for (let i = 0; i < 30; i++) await host.transact([change(a, 1n)]);
    const seen: number[] = [];
    const stop = host.subscribe(`purse:${a}`, 10, (event) => seen.push(event.seq));
    await Promise.all(Array.from({ length: 1_500 }, () => host.transact([change(a, 1n)])));
    await eventually('all seen', () => seen.length >= 1_520);
    stop();
    await host.transact([change(a, 1n)]);
    assert.deepEqual(
      seen,
      Array.from({ length: 1_520 }, (_, i) => i + 11),
    );
  });

  it('follows every stream of a prefix, also those written by another node', async () => {
    const [a, b] = [`x-${id()}`, `x-${id()}`];
    await host.transact([change(a, 9n)]);
    const seen: Stored[] = [];
    const later: Stored[] = [];
    host.subscribe('purse:x-*', 0, (event) => seen.push(event));
    host.subscribe('purse:x-*', FROM_NOW, (event) => later.push(event));
    await eventually('the past is seen', () => seen.length === 1);
    const other = await open('other');
    await other.transact([change(b, 3n)]);
    await host.transact([change(a, 1n)]);
    await eventually('both nodes are seen', () => seen.length === 3);
    await eventually('only new ones', () => later.length === 2);
    await other.close();
  });
});

describe('writers', () => {
  it('a stream has one: the second node is told who holds it, and takes over after its lease', async () => {
    const first = await open('first', { leaseSeconds: 600 });
    const second = await open('second');
    const a = id();
    await first.transact([change(a, 5n)]);
    const refused = await second.transact([change(a, 1n)]);
    assert.ok(
      !refused.ok && refused.problem.code === 'journal.stream-held' && refused.problem.message.includes('first'),
    );
    assert.equal((await second.state<Purse>(`purse:${a}`)).balance, 5n, 'reading needs no lease');

    // The first node stalls: its lease ends without its noticing.
    await pool.query("UPDATE surety.host SET lease_until = now() - interval '1 second' WHERE node = 'first'");
    assert.ok((await second.transact([change(a, 1n)])).ok);
    const late = await first.transact([change(a, 100n)]);
    assert.ok(!late.ok && late.problem.code === 'journal.fenced', 'the old epoch is refused in the append');
    assert.equal((await second.state<Purse>(`purse:${a}`)).balance, 6n);
    assert.deepEqual(
      (await first.read(`purse:${a}`, 0, 10)).map(({ seq }) => seq),
      [1, 2],
    );
    await second.close();
    assert.ok((await first.transact([change(a, 100n)])).ok, 'after a graceful close the stream is free at once');
    await first.close();
  });

  it('losing one stream leaves the transactions of the others alone', async () => {
    const host = await open('loser', { leaseSeconds: 600 });
    const [a, b, c] = [id(), id(), id()];
    for (const each of [a, b, c]) await host.transact([change(each, 10n)]);
    await pool.query('UPDATE surety.stream SET epoch = epoch + 1 WHERE stream = $1', [`purse:${a}`]);
    const results = await Promise.all([
      host.transact(transfer(a, b, 1n)),
      host.transact([change(b, 1n)]),
      host.transact([change(c, 1n)]),
    ]);
    assert.deepEqual(
      results.map((result) => (result.ok ? 'ok' : result.problem.code)),
      ['journal.fenced', 'journal.fenced', 'ok'],
      'what was computed on the lost state goes with it',
    );
    const again = await Promise.all([host.transact(transfer(a, b, 1n)), host.transact([change(b, 1n)])]);
    assert.ok(again.every((result) => result.ok));
    assert.equal((await host.state<Purse>(`purse:${b}`)).balance, 12n);
    await host.close();
  });

  it('a newer process of the same node supersedes the older at once', async () => {
    const old = await open('twin', { leaseSeconds: 0.3 });
    const a = id();
    await old.transact([change(a, 1n)]);
    const young = await open('twin');
    assert.ok((await young.transact([change(a, 1n)])).ok);
    const results = await Promise.all([old.transact([change(a, 1n)]), old.fenced]);
    assert.ok(!results[0].ok && results[0].problem.code === 'journal.fenced');
    assert.equal(results[1].code, 'journal.fenced');
    assert.ok(!(await old.transact([change(id(), 1n)])).ok, 'not even a stream nobody has');
    assert.equal((await young.state<Purse>(`purse:${a}`)).events, 2);
    await Promise.all([old.close(), young.close()]);
  });
});

describe('a connection that breaks', () => {
  it('makes callers ask again with their key: everything happens, and nothing twice', async () => {
    const host = await open('broken');
    const a = id();
    const refusals = new Set<string>();
    const once = async (i: number): Promise<number> => {
      for (;;) {
        const result = await host.transact([change(a, BigInt(i))], { idempotencyKey: `broken-${a}-${i}` });
        if (result.ok) return result.value.seqs[0]!;
        refusals.add(result.problem.code);
        await sleep(10);
      }
    };
    const cut = setInterval(() => {
      void pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'surety writer'",
      );
    }, 15);
    const seqs: number[] = [];
    for (let round = 0; round < 30; round++) {
      seqs.push(...(await Promise.all(Array.from({ length: 20 }, (_, i) => once(round * 20 + i)))));
    }
    clearInterval(cut);
    assert.deepEqual([...refusals], ['journal.unavailable'], 'it did break, and was said to');
    assert.deepEqual(
      seqs.toSorted((x, y) => x - y),
      Array.from({ length: 600 }, (_, i) => i + 1),
    );
    assert.deepEqual(await host.state<Purse>(`purse:${a}`), { balance: (599n * 600n) / 2n, events: 600 });
    assert.equal((await host.audit(`purse:${a}`)).events, 600);
    await host.close();
  });
});

describe('a database that cannot be used', () => {
  const opening = (url: string): Promise<Host> => createHost({ databaseUrl: url, node: 'x', onError: () => undefined });

  it('is named with what to do, and without its password', async () => {
    const wrong = database.databaseUrl.replace(/:[0-9a-f]{48}@/, ':not-the-password@');
    await assert.rejects(opening(wrong), (error: SuretyError) => {
      assert.equal(error.code, 'journal.cannot-open');
      assert.match(error.message, /Check user and password/);
      assert.ok(!error.message.includes('not-the-password'));
      return true;
    });
    const missing = database.databaseUrl.replace('/surety?', '/nowhere?');
    await assert.rejects(opening(missing), { code: 'journal.cannot-open', message: /Create the database/ });
    const nobody = 'postgresql://u:secret@127.0.0.1:9/db';
    await assert.rejects(opening(nobody), {
      code: 'journal.cannot-open',
      message: /127\.0\.0\.1:9\/db cannot be used/,
    });
  });

  it('of a newer program is left alone', async () => {
    await pool.query('INSERT INTO surety.migration VALUES (99, now())');
    await assert.rejects(opening(database.databaseUrl), { code: 'journal.newer-schema' });
    await pool.query('DELETE FROM surety.migration WHERE version = 99');
  });

  it('needs a role that may create schemas, no more', async () => {
    await pool.query("CREATE ROLE plain LOGIN PASSWORD 'plain'");
    await pool.query('CREATE DATABASE modest');
    const url = new URL(database.databaseUrl);
    url.username = 'plain';
    url.password = 'plain';
    url.pathname = '/modest';
    await assert.rejects(opening(url.href), { code: 'journal.cannot-open', message: /GRANT CREATE/ });
    await pool.query('GRANT CREATE ON DATABASE modest TO plain');
    const host = await opening(url.href);
    host.register(purse);
    assert.ok((await host.transact([change('modest', 1n)])).ok);
    await host.close();
  });
});

describe('replay', () => {
  it('gives the same state, bit for bit, with and without snapshots, and finds any changed byte', async () => {
    const host = await open('replay', { snapshotEvery: 40 });
    const a = id();
    for (let i = 0; i < 10; i++) {
      await Promise.all(Array.from({ length: 20 }, (_, k) => host.transact([change(a, BigInt(i * k))])));
    }
    const live = await host.digest(`purse:${a}`);
    await host.close();
    const { rows } = await pool.query('SELECT seq FROM surety.snapshot WHERE stream = $1', [`purse:${a}`]);
    assert.ok(rows.length > 0);

    const next = await open('replay');
    const audit = await next.audit(`purse:${a}`);
    assert.deepEqual([audit.replayDigest, audit.snapshotDigest], [live, live]);
    assert.equal(audit.events, 200);

    await pool.query("UPDATE surety.snapshot SET body = replace(body, '200', '201') WHERE stream = $1", [`purse:${a}`]);
    assert.equal(await next.digest(`purse:${a}`), live, 'a bad snapshot is skipped');
    await pool.query(
      `UPDATE surety.event SET body = replace(body, '"by":"9"', '"by":"8"') WHERE stream = $1 AND seq = 30`,
      [`purse:${a}`],
    );
    const { rows: changed } = await pool.query('SELECT body FROM surety.event WHERE stream = $1 AND seq = 30', [
      `purse:${a}`,
    ]);
    assert.match(changed[0].body, /"by":"8"/);
    await assert.rejects(next.audit(`purse:${a}`), { code: 'journal.corrupt', message: /damaged at event 30/ });
    await next.close();
  });
});

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
    await pool.query('UPDATE surety.outbox SET due = now()');
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
