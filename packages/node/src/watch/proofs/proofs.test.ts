/** Claims about proofs on a real chain: by steps, with liars, withheld data and those who ask on and on; and checked whole. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { to0x, toHex, unwrap } from '@surety/core';
import {
  type Architecture,
  chainProof,
  encodeStepQuestion,
  publishedData,
  type StepClaimed,
  stepClaim,
} from '@surety/proofs/zk';
import { pretended } from '../../../../proofs/test/step-lies.ts';
import { provedRun, startPublisher, storyRoute } from '../../../test/step-party.ts';
import { createWorld, type Party, type PartyOptions, type World } from '../../../test/watch-world.ts';
import type { Route } from '../route.ts';
import { keepArchitecture, keepProof, keepStepData } from './held.ts';

let world: World;
let architecture: Architecture;
let honest: StepClaimed;
let publisher: Awaited<ReturnType<typeof startPublisher>>;
let watcher: Party;

/** Somebody with a folder of his own, and the architecture in it. */
const party = async (index: number, options: PartyOptions = {}): Promise<Party> => {
  const made = await world.party(index, { folder: world.home([]), ...options });
  keepArchitecture(made.folder, honest.program.id, architecture);
  return made;
};

before(async () => {
  world = await createWorld();
  publisher = await startPublisher();
  // Sizes that are no powers of two: no contract checks such a proof whole.
  const proved = await provedRun([20, 12, 10]);
  architecture = proved.architecture;
  honest = unwrap(await stepClaim(architecture, proved.file));
  watcher = await party(1, { nodeUrls: [publisher.url] });
});
after(async () => {
  publisher?.stop();
  await world?.stop();
});

const post = (provider: Party, { run }: StepClaimed) =>
  world.post(provider, run, { verifier: world.contracts.proofStepVerifier, windowSeconds: 1_200 });

const found = (look: Awaited<ReturnType<Party['settle']>>, id: string) =>
  look?.known.find(({ view }) => view.id === id);

const mined = ({ moves }: Party): readonly string[] =>
  moves.filter(({ sent }) => sent.kind === 'mined').map(({ move }) => move.kind);

/** Both sides move, and wait until clocks have run out where nobody has anything to say, until the claim is decided. */
const playOut = async (id: string, ...parties: readonly Party[]) => {
  for (let round = 0; round < 80; round++) {
    const before = parties.flatMap(mined).length;
    for (const each of parties) {
      const view = found(await each.settle(), id)?.view;
      if (view !== undefined && view.state !== 'open') return view;
    }
    if (parties.flatMap(mined).length === before) await world.pass(301);
  }
  return assert.fail('it does not end');
};

/** The same data under another output, as if every step had gone well. */
const withOtherOutput = (): StepClaimed => {
  const output = honest.run.output.slice();
  output[0]! ^= 1;
  return pretended({ ...honest, run: { ...honest.run, output } }, honest.data);
};

const lying = (story: StepClaimed): Promise<Party> => party(3, { steps: storyRoute(story) });

test('an honest claim whose data are published is checked by whoever has the architecture, and goes final', async () => {
  publisher.publish(honest);
  const provider = await party(0);
  keepStepData(provider.folder, honest);
  const { id } = await post(provider, honest);
  assert.equal(found(await watcher.settle(), id)?.knowledge.kind, 'right');
  const stranger = await world.party(2, { folder: world.home([]), nodeUrls: [publisher.url] });
  assert.deepEqual(found(await stranger.settle(), id)?.knowledge, { kind: 'unheld', what: 'program' });
  const view = await playOut(id, provider, watcher);
  assert.deepEqual([view.state, view.disputes], ['final', []]);
});

test('a wrong output and a wrong record are found from published data, and lose by the step without an answer', async () => {
  const { steps } = honest.program;
  const at = steps.findIndex(({ writes }, i) => i > 200 && writes.length > 0);
  for (const story of [withOtherOutput(), pretended(honest, honest.data, (index) => index === at)]) {
    publisher.publish(story);
    const liar = await lying(story);
    const { id } = await post(liar, story);
    const view = await playOut(id, watcher, liar);
    assert.ok(view.ended?.kind === 'void' && view.ended.byClock);
    assert.equal(view.ended.rewarded.toLowerCase(), watcher.me.toLowerCase());
    const questions = view.disputes[0]!.exchanges;
    assert.ok(questions.length >= 2 && questions.length <= 4);
    assert.match(questions.at(-1)!.question, /^0x03/);
  }
});

test('data that nobody published are asked for on the chain, and the wrong step in them is found', async () => {
  const story = pretended(honest, honest.data, (index) => index === 5);
  const liar = await lying(story);
  const { id } = await post(liar, story);
  // Nothing is staked while they may still be published.
  assert.equal(found(await watcher.settle(), id)?.knowledge.kind, 'withheld');
  assert.equal(mined(watcher).at(-1), 'expire');
  const view = await playOut(id, watcher, liar);
  assert.ok(view.ended?.kind === 'void' && view.ended.byClock);
  const kinds = view.disputes[0]!.exchanges.map(({ question }) => question.slice(0, 4));
  assert.equal(kinds.filter((kind) => kind === '0x01').length, Math.ceil(honest.data.length / 256 / 64));
  assert.equal(kinds.at(-1), '0x03');
});

test('whoever withholds data and does not show them either loses by the clock', async () => {
  const story = pretended(honest, honest.data, (index) => index === 6);
  const silent = await lying(honest);
  const { id } = await post(silent, story);
  const view = await playOut(id, watcher, silent);
  assert.ok(view.ended?.kind === 'void' && view.ended.byClock);
  assert.equal(view.disputes[0]!.exchanges.length, 1);
});

test('a claim that is right although its data were withheld costs whoever asked the stake, and no more', async () => {
  // Another claim than the first by its nonce alone: the same trace, of which this party has fetched nothing.
  const asker = await party(2);
  const provider = await party(0);
  keepStepData(provider.folder, honest);
  const { id } = await post(provider, honest);
  const view = await playOut(id, asker, provider);
  assert.equal(view.state, 'final');
  const [dispute] = view.disputes;
  assert.equal(dispute?.stakeTo?.toLowerCase(), provider.me.toLowerCase());
  assert.equal(mined(asker).at(-1), 'concede');
});

test('whoever asks on and on, nonsense too, is answered, and loses the stake', async () => {
  const { length } = honest.program.steps;
  const questions = [
    { kind: 'step', step: length - 1 },
    { kind: 'step', step: length },
    { kind: 'step', step: 2 ** 32 - 1 },
    { kind: 'chunks', first: 2 ** 32 - 1, count: 64 },
    { kind: 'records', level: 31, first: 0, count: 128 },
  ] as const;
  const asked = [
    ...questions.map((each) => to0x(encodeStepQuestion(each))),
    '0xff',
    `0x${'00'.repeat(1_024)}`,
  ] as const;
  const griefing: Route = {
    check: async () => ({
      kind: 'wrong',
      answer: async () => null,
      next: async ({ length: at }) => ({ kind: 'ask', question: asked[at % asked.length]! }),
      close: async () => undefined,
    }),
  };
  const asker = await party(2, { steps: griefing });
  const provider = await party(0);
  keepStepData(provider.folder, honest);
  const { id } = await post(provider, honest);
  for (let round = 0; round < 2 * asked.length + 4; round++)
    for (const each of [asker, provider]) await each.watcher.tick().then(each.checks.idle);
  await asker.close();
  const view = await playOut(id, provider);
  assert.equal(view.state, 'final');
  assert.ok(view.disputes[0]!.exchanges.length >= asked.length - 1);
  assert.equal(view.disputes[0]!.stakeTo?.toLowerCase(), provider.me.toLowerCase());
});

test('what is published under a claim and is not its data is refused by its kind, and counts as withheld', async () => {
  const file = publishedData(honest);
  const story = pretended(honest, honest.data, (index) => index === 7);
  const liar = await lying(story);
  const { id } = await post(liar, story);
  const changed = file.slice();
  changed[200]! ^= 1;
  for (const [wrong, code] of [
    [changed, 'proof.other'],
    [publishedData(honest), 'proof.other'],
    [file.subarray(0, -1), 'input.too-large'],
    [new Uint8Array(0), 'input.too-large'],
    [new Uint8Array(2 ** 24), 'input.too-large'],
  ] as const) {
    publisher.publish(story, wrong);
    const looking = await party(2, { nodeUrls: [publisher.url], maxDataStakeMicroUsd: 0n });
    const { knowledge } = found(await looking.settle(), id)!;
    assert.deepEqual([knowledge.kind, knowledge.kind === 'withheld' && knowledge.problem?.code], ['withheld', code]);
    await looking.close();
  }
  publisher.publish(story);
  const view = await playOut(id, watcher, liar);
  assert.equal(view.state, 'void');
});

test('a claim whose weights and input are hidden is checked from its architecture: a liar loses, and an honest one is final', async () => {
  const { architecture: hiding, file } = await provedRun([8, 4], { proofs: 1, hideInput: true });
  const right = unwrap(await stepClaim(hiding, file));
  const output = right.run.output.slice();
  output[0]! ^= 1;
  const wrong = pretended({ ...right, run: { ...right.run, output } }, right.data);
  for (const story of [right, wrong]) publisher.publish(story);
  const provider = await party(0);
  keepStepData(provider.folder, right);
  const liar = await lying(wrong);
  const claims = [await post(provider, right), await post(liar, wrong)] as const;
  // What others held until now tells nothing of these.
  const before = await watcher.settle();
  for (const { id } of claims) assert.deepEqual(found(before, id)?.knowledge, { kind: 'unheld', what: 'program' });
  for (const { folder } of [provider, watcher]) keepArchitecture(folder, right.program.id, hiding);
  const again = await world.party(1, { folder: watcher.folder, nodeUrls: [publisher.url] });
  const look = await again.settle();
  assert.deepEqual(
    claims.map(({ id }) => found(look, id)?.knowledge.kind),
    ['right', 'wrong'],
  );
  const lost = await playOut(claims[1].id, again, liar);
  assert.ok(lost.ended?.kind === 'void' && lost.ended.byClock);
  assert.equal(lost.ended.rewarded.toLowerCase(), again.me.toLowerCase());
  const won = await playOut(claims[0].id, provider, again);
  assert.deepEqual([won.state, won.disputes], ['final', []]);
  assert.deepEqual(await again.proofs.architectures.hides(toHex(right.run.program)), { proofs: 1, input: true });
});

test('a proof that the contract checks whole makes the claim final at once, also after a restart in between', async () => {
  const { architecture: small, file } = await provedRun([16, 8]);
  const { run, proof } = unwrap(await chainProof(small, file));
  const provider = await party(0);
  const terms = { verifier: world.contracts.proofVerifier, proofRequired: true };
  const { id } = await world.post(provider, run, terms);
  assert.deepEqual(found(await watcher.settle(), id)?.knowledge, { kind: 'unheld', what: 'proof' });
  keepProof(provider.folder, id, proof);
  const again = await world.party(0, { folder: provider.folder });
  const view = found(await again.settle(), id)?.view;
  assert.deepEqual(view?.ended?.kind === 'final' && view.ended.proved, true);
  assert.deepEqual(mined(again), ['prove']);
});
