/** Claims and disputes on a real chain, as the API tells of them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Contracts, connect } from '@surety/chain';
import { unwrap } from '@surety/core';
import { openProgram, openRun, type RunBook } from '@surety/proofs';
import { type Run, run as runSchema, runs as runsSchema } from '@surety/protocol';
import { Random } from '../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { tell, truth } from '../../../proofs/test/liar.ts';
import { LIES } from '../../../proofs/test/lies.ts';
import { keyOfStory, liarRoute } from '../../test/liar-party.ts';
import { createWorld, holdFiles, type Party, type World } from '../../test/watch-world.ts';
import { changesOf, type RunsState, runsGame } from './feed.ts';
import { createOwnRuns } from './own-run.ts';
import { createRuns, type RunsReader } from './runs.ts';

const PROGRAM = randomProgram(3, 6);
const INPUTS = randomInputs(PROGRAM, 3);

let world: World;
let watcher: Party;
let own: RunBook;
let reader: RunsReader;
const programId = (): string => Buffer.from(own.run.program).toString('hex');

const readerOf = async (contracts: Pick<Contracts, 'arbiter'>): Promise<RunsReader> =>
  createRuns({
    chain: unwrap(await connect(world.local.rpcUrl)),
    contracts,
    routes: world.contracts,
    environment: 'development',
    programs: async () => ({
      held: (id) => (id === programId() ? { program: PROGRAM, steps: null } : null),
      nameOf: (id) => (id === programId() ? 'digits' : null),
      hides: async () => null,
    }),
    own: createOwnRuns(),
    now: () => Math.floor(Date.now() / 1_000),
  });

before(async () => {
  world = await createWorld();
  holdFiles(world.folder, [PROGRAM]);
  watcher = await world.party(1);
  watcher.holdings.keepInput(INPUTS);
  own = unwrap(await openRun(openProgram(PROGRAM), INPUTS));
  reader = await readerOf(world.contracts);
});
after(async () => {
  await own?.close();
  await world?.stop();
});

/** What the API says of a claim, held against its schema. */
const told = async (id: string): Promise<Run> => {
  const found = unwrap(await reader.find(id.slice(2)));
  assert.deepEqual(runSchema.safeParse(found).error, undefined);
  const { runs } = runsSchema.parse(unwrap(await reader.list({})));
  const { claimId, state, turn, spot, disputes, openDisputes } = found;
  const listed = runs.find((each) => each.claimId === claimId);
  assert.deepEqual({ ...listed, ...{ state, turn, spot, disputes, openDisputes } }, listed);
  return found;
};

test('without an Arbiter the answer says so, and an unknown claim is unknown', async () => {
  const nowhere = await readerOf({ arbiter: '0x00000000000000000000000000000000000000AA' });
  for (const answer of [await nowhere.list({}), await nowhere.find('00'.repeat(32))])
    assert.equal(answer.ok ? 'ok' : answer.problem.code, 'chain.not-deployed');
  assert.deepEqual(unwrap(await reader.list({})).runs, []);
  const unknown = await reader.find('00'.repeat(32));
  assert.equal(unknown.ok ? 'ok' : unknown.problem.code, 'arbiter.claim-unknown');
  const cursor = await reader.list({ cursor: 'none' });
  assert.equal(cursor.ok ? 'ok' : cursor.problem.code, 'input.malformed');
});

test('a claim that nobody disputes: bond, split and window, then final and not proved', async () => {
  const provider = await world.party(0);
  const { id } = await world.post(provider, own.run);
  const open = await told(id);
  assert.deepEqual([open.state, open.turn, open.program.name, open.program.held], ['open', null, 'digits', true]);
  assert.deepEqual(open.split, { coverMicroUsd: '0', rewardMicroUsd: '12500000', burntMicroUsd: '37500000' });
  assert.deepEqual([open.cover.leftMicroUsd, open.stakeMicroUsd], ['25000000', '5000000']);
  assert.deepEqual([open.windowSeconds, open.windowEndsAt - open.madeAt], [600, 600]);
  assert.equal(open.finding.holds, 'not-shown');
  assert.equal(open.route.kind, 'tensor');
  await world.pass(601);
  assert.ok((await told(id)).chain.now > open.windowEndsAt, 'the time is the chain’s');
  await provider.settle();
  const done = await told(id);
  assert.deepEqual([done.state, done.proved, done.finding.holds], ['final', false, 'shown']);
  assert.deepEqual([done.end?.kind, done.end?.by], ['final', provider.me]);
});

test('a wrong claim: every move of its dispute, whose turn it is, and the values on which it was refuted', async () => {
  const story = tell(LIES['a bit of a value, and all that follows'](await truth(own), new Random(5)));
  const liar = await world.party(3, { route: () => liarRoute(new Map([[keyOfStory(story), story]])) });
  const { id } = await world.post(liar, story.run);
  await watcher.watcher.tick();
  await watcher.checks.idle();
  await watcher.watcher.tick();
  const disputed = await told(id);
  assert.deepEqual([disputed.turn?.side, disputed.openDisputes], ['provider', 1]);
  const [dispute] = disputed.disputed;
  assert.equal(dispute?.challenger, watcher.me);
  assert.equal(dispute?.moves[0]?.kind, 'asked');
  assert.ok(BigInt(dispute!.prepaidWei) > 0n && dispute!.turn!.before > disputed.chain.now);
  assert.ok(dispute!.turn!.otherSeconds > 0);
  for (let round = 0; round < 40 && (await told(id)).state === 'open'; round++) {
    await liar.settle();
    if ((await told(id)).state === 'open') assert.equal((await told(id)).turn?.side, 'challenger');
    await watcher.settle();
  }
  const done = await told(id);
  assert.equal(done.state, 'void');
  const { end } = done;
  assert.ok(end?.kind === 'void' && end.refutation !== null && end.by === watcher.me);
  assert.equal(done.finding.holds, 'refuted');
  const { place, element, claimed, computed } = end.refutation;
  assert.equal(place?.of, 'node');
  const at = place!.index!;
  assert.equal(place?.operator, PROGRAM.nodes[at]?.form.op);
  assert.deepEqual(place?.shape, PROGRAM.types[PROGRAM.inputs.length + PROGRAM.constants.length + at]?.shape);
  assert.ok(element !== null && claimed !== null && (computed === null || computed !== claimed));
  assert.deepEqual(done.spot?.elements, { first: element, last: element });
  assert.equal(done.disputed[0]?.closed?.how, 'refuted');
  assert.equal(done.disputed[0]?.closed?.stakeTo, watcher.me);
});

test('a provider that does not answer: void, and nothing is said about the run', async () => {
  const story = tell(LIES['a bit of a value, and all that follows'](await truth(own), new Random(5)));
  const silent = await world.party(3, { route: () => liarRoute(new Map()) });
  const { id } = await world.post(silent, story.run);
  await watcher.settle();
  assert.equal((await told(id)).turn?.side, 'provider');
  await world.pass(601);
  await watcher.settle();
  const done = await told(id);
  assert.deepEqual([done.state, done.byClock, done.finding.holds], ['void', true, 'not-shown']);
  assert.equal(done.disputed[0]?.closed?.how, 'provider-clock');
  assert.ok(done.end?.kind === 'void' && done.end.refutation === null);
});

test('pages of the list meet, and states are told apart', async () => {
  const all = unwrap(await reader.list({})).runs;
  const first = unwrap(await reader.list({ limit: 1 }));
  const rest = unwrap(await reader.list({ limit: 50, cursor: first.next! }));
  assert.deepEqual(
    [...first.runs, ...rest.runs].map(({ claimId }) => claimId),
    all.map(({ claimId }) => claimId),
  );
  assert.equal(rest.next, null);
  const voids = unwrap(await reader.list({ state: 'void' })).runs;
  assert.ok(voids.length > 0 && voids.every(({ state }) => state === 'void'));
});

test('the stream tells each change once, of what came and of what the chain took back', async () => {
  const book = unwrap(await reader.read());
  let state: RunsState = runsGame.initial('all');
  const take = (at: typeof book) => {
    const events = changesOf(state, at);
    for (const event of events) {
      const stepped = runsGame.step(state, event);
      assert.ok(stepped.kind === 'accepted');
      state = runsGame.decodeState(runsGame.encodeState(stepped.state));
    }
    return events.map(({ kind }) => kind);
  };
  const kinds = take(book);
  assert.equal(kinds.length, book.claims.length);
  assert.ok(kinds.includes('final') && kinds.includes('void'));
  assert.deepEqual([take(book), state.seq], [[], kinds.length]);
  const provider = await world.party(0);
  await world.post(provider, own.run);
  assert.deepEqual(take(unwrap(await reader.read())), ['open']);
  assert.deepEqual(take(book), ['gone']);
});
