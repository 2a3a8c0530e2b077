import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SuretyError } from '@surety/core';
import { testBed } from './host.fixture.ts';
import { createHost, type Host } from './host.ts';
import { change, type Purse, purse, transfer } from './purse.fixture.ts';

const { databaseUrl, pool, open, id } = testBed();

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
    await pool().query("UPDATE surety.host SET lease_until = now() - interval '1 second' WHERE node = 'first'");
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
    await pool().query('UPDATE surety.stream SET epoch = epoch + 1 WHERE stream = $1', [`purse:${a}`]);
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
      void pool().query(
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
    const wrong = databaseUrl().replace(/:[0-9a-f]{48}@/, ':not-the-password@');
    await assert.rejects(opening(wrong), (error: SuretyError) => {
      assert.equal(error.code, 'journal.cannot-open');
      assert.match(error.message, /Check user and password/);
      assert.ok(!error.message.includes('not-the-password'));
      return true;
    });
    const missing = databaseUrl().replace('/surety?', '/nowhere?');
    await assert.rejects(opening(missing), { code: 'journal.cannot-open', message: /Create the database/ });
    const nobody = 'postgresql://u:secret@127.0.0.1:9/db';
    await assert.rejects(opening(nobody), {
      code: 'journal.cannot-open',
      message: /127\.0\.0\.1:9\/db cannot be used/,
    });
  });

  it('of a newer program is left alone', async () => {
    await pool().query('INSERT INTO surety.migration VALUES (99, now())');
    await assert.rejects(opening(databaseUrl()), { code: 'journal.newer-schema' });
    await pool().query('DELETE FROM surety.migration WHERE version = 99');
  });

  it('needs a role that may create schemas, no more', async () => {
    await pool().query("CREATE ROLE plain LOGIN PASSWORD 'plain'");
    await pool().query('CREATE DATABASE modest');
    const url = new URL(databaseUrl());
    url.username = 'plain';
    url.password = 'plain';
    url.pathname = '/modest';
    await assert.rejects(opening(url.href), { code: 'journal.cannot-open', message: /GRANT CREATE/ });
    await pool().query('GRANT CREATE ON DATABASE modest TO plain');
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
    const { rows } = await pool().query('SELECT seq FROM surety.snapshot WHERE stream = $1', [`purse:${a}`]);
    assert.ok(rows.length > 0);

    const next = await open('replay');
    const audit = await next.audit(`purse:${a}`);
    assert.deepEqual([audit.replayDigest, audit.snapshotDigest], [live, live]);
    assert.equal(audit.events, 200);

    await pool().query("UPDATE surety.snapshot SET body = replace(body, '200', '201') WHERE stream = $1", [
      `purse:${a}`,
    ]);
    assert.equal(await next.digest(`purse:${a}`), live, 'a bad snapshot is skipped');
    await pool().query(
      `UPDATE surety.event SET body = replace(body, '"by":"9"', '"by":"8"') WHERE stream = $1 AND seq = 30`,
      [`purse:${a}`],
    );
    const { rows: changed } = await pool().query('SELECT body FROM surety.event WHERE stream = $1 AND seq = 30', [
      `purse:${a}`,
    ]);
    assert.match(changed[0].body, /"by":"8"/);
    await assert.rejects(next.audit(`purse:${a}`), { code: 'journal.corrupt', message: /damaged at event 30/ });
    await next.close();
  });
});
