/** Publication, reveal, overdue and drift on a real node: journal, chain, disk, jobs and worker thread. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hiddenIdOf, type Problem, SuretyError } from '@surety/core';
import { parsePublication, publishModel, revealModel, storeFile, verifyPublication } from '@surety/sdk/models';
import { BURNT } from '../src/engine/publish.ts';
import { PLAIN, probesFile, programFile, SWAPPED, type TestFile } from './model-files.ts';
import { createWorld, ledgerSource, ledgerTotal, newcomer, until, type World } from './world.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.end());

const balanced = async (): Promise<void> =>
  assert.equal(await ledgerTotal(world.node()), await ledgerSource(world.node()));

const now = (): number => Math.floor(Date.now() / 1_000);

const refusedWith = (code: Problem['code'], work: Promise<unknown>): Promise<void> =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof SuretyError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });

type Publisher = Awaited<ReturnType<typeof newcomer>>;

const store = (publisher: Publisher, kind: 'programs' | 'probes' | 'bundles', { id, file }: TestFile): Promise<void> =>
  storeFile(world.client(), publisher.account, { kind, id, file });

const balanceOf = async (address: string): Promise<bigint> =>
  BigInt((await world.client().account({ address })).balanceMicroUsd);

const historyOf = ({ wallet }: Publisher, name: string) => world.client().model({ publisher: wallet.address, name });

const hide = (program: TestFile, name: string, revealBy: number, bondMicroUsd = 2_000_000n) => {
  const salt = randomBytes(32).toString('hex');
  const commitment = { kind: 'hidden', hidden: hiddenIdOf(salt, program.id) } as const;
  return { salt, publication: { name, commitment, revealBy, bondMicroUsd } };
};

/** A publication as a file, and what an offline check says of it. */
const judge = async (publicationId: string, program: string | null, salt?: string) => {
  const file = await world.client().publication({ publicationId });
  const bytes = new TextEncoder().encode(JSON.stringify(file));
  const parsed = parsePublication(bytes);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return verifyPublication(parsed.value, { trust: world.node().trust, program, ...(salt !== undefined && { salt }) });
};

test('a model is published in the open and hidden, revealed in time, and its drift is measured', async () => {
  const publisher = await newcomer(world.client());
  const [first, second, probes] = [programFile(PLAIN), programFile(SWAPPED), probesFile()];
  await store(publisher, 'programs', first);
  await store(publisher, 'probes', probes);
  const open = await publishModel(publisher.account, {
    name: 'digits',
    commitment: { kind: 'open', program: first.id },
    revealBy: null,
    bondMicroUsd: 0n,
    probes: probes.id,
  });
  assert.equal(open.version, 1);
  assert.equal((await judge(open.publicationId, first.id)).verdict, 'equal');
  assert.equal((await judge(open.publicationId, second.id)).verdict, 'broken');

  const { salt, publication } = hide(second, 'digits', now() + 60);
  const before = await balanceOf(publisher.wallet.address);
  const hidden = await publishModel(publisher.account, publication);
  assert.equal(hidden.version, 2);
  assert.equal(await balanceOf(publisher.wallet.address), before - 2_000_000n);
  await balanced();
  assert.equal((await judge(hidden.publicationId, second.id)).verdict, 'not-shown');
  assert.equal((await judge(hidden.publicationId, second.id, salt)).verdict, 'equal');
  assert.equal((await fetch(`${world.node().url}/v1/programs/${second.id}`)).status, 404);

  const { publicationId } = hidden;
  const reveal = (over: { program?: string; salt?: string; publicationId?: string } = {}) =>
    revealModel(publisher.account, { publicationId, program: second.id, salt, ...over });
  await refusedWith('publication.not-stored', reveal());
  await store(publisher, 'programs', second);
  await refusedWith('publication.not-equal', reveal({ program: first.id }));
  await refusedWith('publication.not-equal', reveal({ salt: '00'.repeat(32) }));
  await refusedWith('publication.unknown', reveal({ publicationId: '00'.repeat(32) }));
  const stranger = await newcomer(world.client());
  await refusedWith(
    'publication.not-yours',
    revealModel(stranger.account, { publicationId, program: second.id, salt }),
  );
  assert.equal((await historyOf(publisher, 'digits')).versions[1]?.status, 'hidden');
  const revealed = await reveal();
  assert.deepEqual([revealed.late, revealed.returnedMicroUsd], [false, '2000000']);
  assert.equal(await balanceOf(publisher.wallet.address), before);
  await balanced();
  await refusedWith('publication.revealed', reveal());
  assert.equal((await judge(publicationId, second.id)).verdict, 'equal');
  const download = await fetch(`${world.node().url}/v1/programs/${second.id}`);
  assert.deepEqual(new Uint8Array(await download.arrayBuffer()), second.bytes);

  const { versions } = await until(
    () => historyOf(publisher, 'digits'),
    (history) => history.versions[1]?.drift !== null,
    60,
  );
  assert.deepEqual(versions[1]?.drift?.result, {
    kind: 'measured',
    probes: 4,
    // The two swapped classes; [1, 2, 3, 4] stays with the third.
    argmaxChanged: 2,
    // 200/256 twice at each of two probes, (4 − 2)/256 twice at the last: of twelve values.
    meanAbsolute: String((4 * (200 / 256) + 2 * (2 / 256)) / 12),
    maxAbsolute: String(200 / 256),
    values: 12,
    clamped: 0,
  });
});

test('what is not revealed in time is marked, its bond burnt, and a late reveal shown as late', async () => {
  const publisher = await newcomer(world.client());
  const program = programFile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const { salt, publication } = hide(program, 'late', now() + 2, 3_000_000n);
  const before = await balanceOf(publisher.wallet.address);
  const { publicationId } = await publishModel(publisher.account, publication);
  await balanced();
  await store(publisher, 'programs', program);
  const { versions } = await until(
    () => historyOf(publisher, 'late'),
    (history) => history.versions[0]?.status === 'overdue',
    60,
  );
  assert.equal(versions[0]?.heldMicroUsd, '0');
  assert.equal(await balanceOf(publisher.wallet.address), before - 3_000_000n);
  assert.equal(await balanceOf(BURNT), 0n, 'nobody holds what was burnt');
  await balanced();
  const late = await revealModel(publisher.account, { publicationId, program: program.id, salt });
  assert.deepEqual([late.late, late.returnedMicroUsd], [true, '0']);
  assert.equal((await historyOf(publisher, 'late')).versions[0]?.status, 'revealed-late');
  await balanced();
  const judged = await judge(publicationId, program.id);
  assert.equal(judged.verdict, 'equal');
  assert.match(judged.checks.find(({ name }) => name === 'reveal')?.summary ?? '', /revealed late/);
  // The root that follows grants it, the contract pays it to nobody, and the next root has seen that.
  await until(
    () => world.client().try.exitProof({ address: BURNT }),
    (result) => result.ok && result.value.leaf.withdrawnMicroUsd === '3000000',
    120,
  );
});

test('bad publications and bad files are refused, and nothing changes', async () => {
  const publisher = await newcomer(world.client());
  const program = programFile(PLAIN.map((weight) => weight + 1));
  const total = await ledgerTotal(world.node());
  const { publication } = hide(program, 'bad', now() + 60);
  const publish = (over: object) => publishModel(publisher.account, { ...publication, ...over });
  await refusedWith('publication.past-date', publish({ revealBy: now() - 1 }));
  await refusedWith('publication.past-date', publish({ revealBy: null }));
  await refusedWith('publication.bond', publish({ bondMicroUsd: 0n }));
  await refusedWith('account.insufficient-funds', publish({ bondMicroUsd: 40_000_000_000n }));
  await refusedWith('input.malformed', publish({ name: 'No Such Name' }));
  await refusedWith('publication.not-stored', publish({ probes: 'ab'.repeat(32) }));
  const open = { commitment: { kind: 'open', program: program.id }, revealBy: null, bondMicroUsd: 0n };
  await refusedWith('publication.not-stored', publish(open));
  await refusedWith('publication.unknown', historyOf(publisher, 'bad'));

  const url = (kind: string, id: string, offset: number) => `${world.node().url}/v1/${kind}/${id}?offset=${offset}`;
  const put = async (id: string, offset: number, body: Uint8Array, kind = 'programs'): Promise<string> => {
    const answer = await fetch(url(kind, id, offset), { method: 'PUT', body: new Uint8Array(body) });
    return answer.ok ? 'ok' : ((await answer.json()) as { error: { code: string } }).error.code;
  };
  assert.equal(await put(program.id, 0, program.bytes), 'file.no-room');
  const announce = (kind: 'programs' | 'probes', id: string, bytes: number) =>
    publisher.account.act({ type: 'surety/action/store/v1', kind, id, bytes });
  await announce('programs', program.id, program.bytes.length);
  assert.equal(await put(program.id, 5, program.bytes), 'file.offset');
  assert.equal(await put(program.id, 0, new Uint8Array([...program.bytes, 1])), 'input.too-large');
  assert.equal(await put(program.id, 0, program.bytes.subarray(0, 7)), 'ok');
  assert.equal(await put(program.id, 7, program.bytes.subarray(7)), 'ok', 'a file may come in parts');
  const other = 'cd'.repeat(32);
  await announce('programs', other, program.bytes.length);
  assert.equal(await put(other, 0, program.bytes), 'file.other-id');
  await announce('programs', other, 3);
  assert.equal(await put(other, 0, new Uint8Array(3)), 'program.malformed');
  await announce('probes', other, 2);
  assert.equal(await put(other, 0, new TextEncoder().encode('{}'), 'probes'), 'input.missing-field');
  await refusedWith('input.too-large', announce('probes', other, 9_000_000));
  assert.equal((await fetch(url('programs', 'nope', 0))).status, 400);
  assert.equal((await fetch(url('programs', other, 0), { method: 'DELETE' })).status, 405);
  assert.equal(await ledgerTotal(world.node()), total);

  appendFileSync(join(world.home, 'files', 'programs', program.id), 'x');
  await assert.rejects(
    async () => (await fetch(url('programs', program.id, 0))).arrayBuffer(),
    'a damaged file never arrives',
  );
});

test('a restart keeps models, files and their streams', async () => {
  const list = await world.client().models();
  await world.restart();
  assert.deepEqual(await world.client().models(), list);
  assert.equal((await world.client().models({ limit: 1 })).models.length, 1);
  await balanced();
  for (const stream of await world.node().host.streams('model:', { limit: 100 })) {
    const audit = await world.node().host.audit(stream);
    assert.equal(audit.replayDigest, audit.snapshotDigest);
  }
});
