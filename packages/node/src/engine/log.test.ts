/** Log and feed over a real journal. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  commitmentLeafOf,
  ed25519PublicKey,
  fromBase64,
  leafHash,
  NO_TRUST,
  openCheckpoint,
  type SignedReceipt,
  sha256Hex,
  unwrap,
  utf8,
  verifyConsistency,
  verifyInclusion,
  verifyLogged,
  verifyLogSignature,
} from '@surety/core';
import { createHost, type Host } from '../journal/host.ts';
import { type TemporaryPostgres, temporaryPostgres } from '../processes/temporary.ts';
import { FEED_STREAM, feedGame, feedMove, liveMarkets, openedBefore } from './feed.ts';
import { createReceiptLog, LOG_STREAM, type LogEvent, leafBytes, logGame, type ReceiptLog } from './log.ts';
import { logCommitments, loggedOf } from './logged.ts';
import { TRADER } from './question.fixture.ts';

const KEY = new Uint8Array(32).fill(3);
const ORIGIN = 'surety.test/log';
const LEAVES = 600;

let database: TemporaryPostgres;
let host: Host;
let log: ReceiptLog;

const open = async (): Promise<void> => {
  const onError = (cause: unknown): void => assert.fail(String(cause));
  host = await createHost({ databaseUrl: database.databaseUrl, node: 'log-test', onError });
  host.register(logGame);
  host.register(feedGame);
  log = createReceiptLog(host, ORIGIN, KEY);
};

before(async () => {
  database = await temporaryPostgres();
  await open();
});
after(async () => {
  await host.close();
  await database.stop();
});

const PROGRAM = sha256Hex(utf8('program'));
const idOf = (i: number): string => sha256Hex(utf8(`receipt ${i}`));
/** Every seventh leaf is a publication's. */
const isModel = (i: number): boolean => i % 7 === 3;
const eventOf = (i: number): LogEvent => (isModel(i) ? modelEventOf(i) : receiptEventOf(i));
const modelEventOf = (i: number): LogEvent => ({
  kind: 'appended',
  leaf: {
    type: 'surety/leaf/model/v1',
    publicationId: idOf(i),
    model: `${TRADER}/digits`,
    version: 1,
    event: 'published',
    program: i === 3 ? PROGRAM : null,
    at: i,
  },
  at: i,
});
const receiptEventOf = (i: number): LogEvent => ({
  kind: 'appended',
  leaf: {
    type: 'surety/leaf/receipt/v2',
    operator: TRADER,
    receiptId: idOf(i),
    claimId: sha256Hex(utf8('claim')),
    outcome: null,
    status: 'provisional',
    issuedAt: i,
    finalAfter: i,
    supersedes: null,
    cover: null,
  },
  at: i,
});
const append = async (from: number, to: number): Promise<void> => {
  const events = Array.from(
    { length: to - from },
    (_, i) => ({ stream: LOG_STREAM, event: eventOf(from + i) }) as const,
  );
  unwrap(await host.transact(events));
};

const headOf = (note: string) => {
  const opened = unwrap(openCheckpoint(note));
  unwrap(verifyLogSignature(opened.note, { name: ORIGIN, publicKey: ed25519PublicKey(KEY) }));
  return opened.checkpoint;
};
const hashes = (proof: readonly string[]) => proof.map((hash) => unwrap(fromBase64(hash, { field: 'hash' })));

test('every receipt is shown to be in the tree that was signed, and every tree to extend the ones before', async () => {
  const heads = [];
  for (const [from, to] of [
    [0, 1],
    [1, 3],
    [3, 256],
    [256, 300],
    [300, LEAVES],
  ] as const) {
    await append(from, to);
    heads.push(headOf((await log.checkpoint()).note));
    assert.equal(heads.at(-1)?.size, to);
  }
  for (const index of [0, 2, 255, 256, 299, LEAVES - 1]) {
    const placed = isModel(index) ? await log.findTurn(idOf(index), 'published') : await log.find(idOf(index));
    assert.equal(placed?.index, index);
    const { log: proof } = await log.prove({} as SignedReceipt, index);
    const { size, root } = headOf(proof.checkpoint);
    const leaf = leafHash(leafBytes(eventOf(index).leaf));
    unwrap(verifyInclusion(leaf, { index, size }, hashes(proof.inclusion), root));
  }
  for (const first of heads)
    for (const second of heads)
      if (first.size <= second.size)
        unwrap(verifyConsistency(first, second, hashes(await log.consistency(first.size, second.size))));
  assert.equal(await log.find(idOf(LEAVES)), undefined);
});

test('a new process has the same tree and the same tiles', async () => {
  const [before, tile] = [await log.checkpoint(), unwrap(await log.tile('tile/0/001'))];
  await host.close();
  await open();
  assert.deepEqual(await log.checkpoint(), before);
  assert.deepEqual(unwrap(await log.tile('tile/0/001')), tile);
  assert.equal(tile.length, 256 * 32);
  for (const path of ['tile/0/002', 'tile/0/002.p/200', 'tile/5/000', 'tile/0/x999/x999/999', 'tile/entries/099'])
    assert.equal((await log.tile(path)).ok, false, path);
  assert.equal((await log.tile('tile/0/2')).ok, false);
});

test('the feed lists markets newest first, page by page, and knows which are not settled', async () => {
  const market = (i: number): string => `market ${i}`;
  for (let i = 0; i < 20; i += 1) {
    const settled = i % 3 === 0 ? [feedMove('settled', market(i), i)] : [];
    unwrap(await host.transact([feedMove('opened', market(i), i), feedMove('closed', market(i), i), ...settled]));
  }
  const seen: string[] = [];
  for (let next: number | null = await host.state<number>(FEED_STREAM); next !== null; ) {
    const page = await openedBefore(host, next, 7);
    assert.ok(page.marketIds.length <= 7);
    seen.push(...page.marketIds);
    next = page.next;
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 20 }, (_, i) => market(19 - i)),
  );
  const live = await liveMarkets(host);
  assert.deepEqual([...live].sort(), seen.filter((_, i) => (19 - i) % 3 !== 0).sort());
});

test('a program is public once a leaf shows it', async () => {
  assert.equal(await log.isPublic(PROGRAM), true);
  assert.equal(await log.isPublic(idOf(3)), false, 'that is a publication, and no program');
});

test('commitments are entered once, in their order, and given out under one checkpoint', async () => {
  const parts = { host, log, now: () => 77 };
  const enter = async (...commitments: string[]) => {
    const action = { type: 'surety/action/log/v1', commitments } as const;
    const done = unwrap(await logCommitments(parts, action));
    assert.ok(done.kind === 'log');
    return done.entries.map(({ index, at }) => [index, at]);
  };
  const { size } = await log.checkpoint();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => sha256Hex(utf8(name))) as [string, string, string];
  assert.deepEqual(await enter(b, a, b), [
    [size, 77],
    [size + 1, 77],
  ]);
  // A second process entered it at the same time: the first entry counts.
  unwrap(
    await host.transact([{ stream: LOG_STREAM, event: { kind: 'appended', leaf: commitmentLeafOf(a, 99), at: 99 } }]),
  );
  assert.deepEqual(await enter(c, a), [
    [size + 3, 77],
    [size + 1, 77],
  ]);
  const logged = await loggedOf(parts, [c, sha256Hex(utf8('d')), b]);
  const pinned = { origin: ORIGIN, publicKey: ed25519PublicKey(KEY), witnesses: [], witnessQuorum: 0 };
  const verified = unwrap(verifyLogged(logged, { ...NO_TRUST, logs: [pinned] }));
  assert.deepEqual(
    verified.entries.map(({ commitment }) => commitment),
    [b, c],
  );
  assert.deepEqual([verified.size, verified.problem], [size + 4, null]);
});

test('the log takes so many commitments an hour, of everybody together, and what is in it already at any time', async () => {
  let now = 100_000;
  const parts = { host, log, now: () => now };
  const enter = async (from: number, count: number): Promise<string> => {
    const commitments = Array.from({ length: count }, (_, i) => sha256Hex(utf8(`one of many ${from + i}`)));
    const done = await logCommitments(parts, { commitments });
    return done.ok ? 'ok' : done.problem.code;
  };
  for (let from = 0; from < 240; from += 16) assert.equal(await enter(from, 16), 'ok');
  const beside = await Promise.all([enter(240, 16), enter(256, 16), enter(272, 16)]);
  assert.deepEqual(beside, ['ok', 'rate.limited', 'rate.limited']);
  assert.equal(await enter(0, 16), 'ok');
  assert.equal(await enter(255, 2), 'rate.limited');
  now += 3_599;
  assert.equal(await enter(256, 1), 'rate.limited');
  now += 1;
  assert.equal(await enter(256, 16), 'ok');
});
