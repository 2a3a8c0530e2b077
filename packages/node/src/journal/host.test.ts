import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually, testBed } from './host.fixture.ts';
import { FROM_NOW, type Host, type Stored } from './host.ts';
import { change, type Purse, transfer } from './purse.fixture.ts';

const { open, id } = testBed();

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
