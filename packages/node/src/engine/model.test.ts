import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, hiddenIdOf, type Json, type ModelRecord, publicationIdOf } from '@surety/core';
import fc from 'fast-check';
import {
  initialModel,
  type ModelEvent,
  type ModelState,
  modelGame,
  modelInflow,
  modelValue,
  stepModel,
  versionOf,
} from './model.ts';

const PUBLISHER = `0x${'11'.repeat(20)}`;
const MODEL = `${PUBLISHER}/digits`;
const PROGRAMS = ['aa', 'bb', 'cc'].map((byte) => byte.repeat(32));
const SALT = '5a'.repeat(32);
const BOND = 2_000_000n;

type Over = Partial<ModelRecord>;

const recordFor = (state: ModelState, at: number, over: Over = {}): ModelRecord => ({
  type: 'surety/model/v1',
  publisher: PUBLISHER,
  name: 'digits',
  version: state.versions.length + 1,
  previous: state.versions.at(-1)?.publicationId ?? null,
  commitment: { kind: 'hidden', hidden: hiddenIdOf(SALT, PROGRAMS[0]!) },
  revealBy: at + 100,
  bondMicroUsd: BOND.toString(),
  probes: null,
  bundle: null,
  publishedAt: at,
  ...over,
});

let nonces = 0;
const nonce = (): string => {
  nonces += 1;
  return nonces.toString(16).padStart(32, '0');
};

const published = (state: ModelState, at: number, over: Over = {}): ModelEvent => ({
  kind: 'published',
  publication: recordFor(state, at, over),
  signed: {} as Json,
  nonce: nonce(),
  at,
});

const open = (program: string): Over => ({ commitment: { kind: 'open', program }, revealBy: null, bondMicroUsd: '0' });

const stepped = (state: ModelState, event: ModelEvent): ModelState => {
  const outcome = stepModel(state, event);
  assert.equal(outcome.kind, 'accepted', outcome.kind === 'refused' ? outcome.problem.message : '');
  return outcome.kind === 'accepted' ? outcome.state : state;
};

const refusedAs = (state: ModelState, event: ModelEvent): string => {
  const outcome = stepModel(state, event);
  return outcome.kind === 'refused' ? outcome.problem.code : 'accepted';
};

const hidden = stepped(initialModel(MODEL), published(initialModel(MODEL), 1_000));
const id = hidden.versions[0]!.publicationId;
const revealAt = (at: number, over: Partial<Extract<ModelEvent, { kind: 'revealed' }>> = {}): ModelEvent => ({
  kind: 'revealed',
  publicationId: id,
  program: PROGRAMS[0]!,
  salt: SALT,
  nonce: nonce(),
  at,
  ...over,
});
const overdueAt = (at: number): ModelEvent => ({ kind: 'overdue', publicationId: id, at });

test('a reveal in time gives the bond back, and happens once', () => {
  assert.equal(modelValue(hidden), BOND);
  assert.equal(modelInflow(hidden, revealAt(1_100)), -BOND);
  const revealed = stepped(hidden, revealAt(1_100));
  assert.equal(versionOf(revealed, id)?.status, 'revealed');
  assert.equal(modelValue(revealed), 0n);
  assert.equal(refusedAs(revealed, revealAt(1_101)), 'publication.revealed');
  assert.equal(refusedAs(revealed, overdueAt(9_999)), 'publication.revealed');
});

test('an overdue publication loses its bond; a late reveal is accepted, shown as late, and gives nothing back', () => {
  assert.equal(refusedAs(hidden, overdueAt(1_100)), 'publication.not-due');
  assert.equal(refusedAs(hidden, revealAt(1_101)), 'publication.not-due');
  const overdue = stepped(hidden, overdueAt(1_101));
  assert.equal(modelInflow(hidden, overdueAt(1_101)), -BOND);
  assert.equal(versionOf(overdue, id)?.status, 'overdue');
  const late = revealAt(1_200);
  assert.equal(modelInflow(overdue, late), 0n);
  assert.equal(versionOf(stepped(overdue, late), id)?.status, 'revealed-late');
});

test('another program, another salt or another publication change nothing', () => {
  assert.equal(refusedAs(hidden, revealAt(1_050, { program: PROGRAMS[1]! })), 'publication.not-equal');
  assert.equal(refusedAs(hidden, revealAt(1_050, { salt: '00'.repeat(32) })), 'publication.not-equal');
  assert.equal(refusedAs(hidden, revealAt(1_050, { publicationId: '00'.repeat(32) })), 'publication.unknown');
  const used = revealAt(1_050);
  const revealed = stepped(hidden, used);
  assert.equal(refusedAs(revealed, used), 'action.replayed');
});

test('dates, bonds, numbers and names that do not fit are refused', () => {
  const state = initialModel(MODEL);
  const code = (over: Over): string => refusedAs(state, published(state, 1_000, over));
  assert.equal(code({ revealBy: 1_000 }), 'publication.past-date');
  assert.equal(code({ revealBy: null }), 'publication.past-date');
  assert.equal(code({ revealBy: 1_000 + 6 * 366 * 86_400 }), 'publication.past-date');
  assert.equal(code({ bondMicroUsd: '0' }), 'publication.bond');
  assert.equal(code({ bondMicroUsd: '999999' }), 'publication.bond');
  assert.equal(code({ ...open(PROGRAMS[0]!), bondMicroUsd: '1' }), 'publication.bond');
  assert.equal(code({ ...open(PROGRAMS[0]!), revealBy: 1_100 }), 'publication.past-date');
  assert.equal(code({ version: 2 }), 'publication.raced');
  assert.equal(code({ previous: PROGRAMS[0]! }), 'publication.raced');
  assert.equal(code({ publisher: `0x${'22'.repeat(20)}` }), 'publication.name');
});

test('drift is recorded once for each step between public versions', () => {
  let state = initialModel(MODEL);
  state = stepped(state, published(state, 1, { ...open(PROGRAMS[0]!), probes: 'ee'.repeat(32) }));
  state = stepped(state, published(state, 2));
  state = stepped(state, published(state, 3, open(PROGRAMS[1]!)));
  const drifted = { kind: 'drifted', version: 3, from: 1, probes: 'ee'.repeat(32), result: {}, at: 4 } as const;
  assert.equal(refusedAs(state, { ...drifted, from: 2 }), 'publication.revealed');
  state = stepped(state, drifted);
  assert.equal(refusedAs(state, drifted), 'publication.revealed');
  const second = state.versions[1]!.publicationId;
  state = stepped(state, { ...(revealAt(5) as Extract<ModelEvent, { kind: 'revealed' }>), publicationId: second });
  state = stepped(state, { ...drifted, version: 2, from: 1 });
  state = stepped(state, { ...drifted, from: 2 });
  assert.equal(state.versions[2]!.drift?.from, 2);
});

const event: fc.Arbitrary<(state: ModelState, at: number) => ModelEvent> = fc.oneof(
  fc.tuple(fc.bigInt({ min: -1n, max: 4n }), fc.integer({ min: -5, max: 40 }), fc.nat(2)).map(
    ([dollars, wait, which]) =>
      (state: ModelState, at: number) =>
        published(state, at, {
          bondMicroUsd: (dollars < 0n ? 0n : dollars * 1_000_000n).toString(),
          revealBy: at + wait,
          commitment: { kind: 'hidden', hidden: hiddenIdOf(SALT, PROGRAMS[which]!) },
        }),
  ),
  fc.nat(2).map((which) => (state: ModelState, at: number) => published(state, at, open(PROGRAMS[which]!))),
  fc.tuple(fc.nat(6), fc.nat(2)).map(
    ([index, which]) =>
      (state: ModelState, at: number): ModelEvent => ({
        kind: 'revealed',
        publicationId: state.versions[index]?.publicationId ?? 'none',
        program: PROGRAMS[which]!,
        salt: SALT,
        nonce: nonce(),
        at,
      }),
  ),
  fc.nat(6).map(
    (index) =>
      (state: ModelState, at: number): ModelEvent => ({
        kind: 'overdue',
        publicationId: state.versions[index]?.publicationId ?? 'none',
        at,
      }),
  ),
);

test('value is conserved after every step, a refusal changes nothing, and states survive their encoding', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat(20)), { maxLength: 40 }), (events) => {
      let state = initialModel(MODEL);
      let at = 1_000;
      let balance = 0n;
      for (const [make, later] of events) {
        at += later;
        const made = make(state, at);
        const inflow = modelInflow(state, made);
        const outcome = stepModel(state, made);
        if (outcome.kind === 'refused') continue;
        balance += inflow;
        state = outcome.state;
        assert.equal(modelValue(state), balance);
        for (const { heldMicroUsd, publication, status } of state.versions)
          assert.equal(heldMicroUsd, status === 'hidden' ? BigInt(publication.bondMicroUsd) : 0n);
        for (const { publicationId, publication } of state.versions)
          assert.equal(publicationId, publicationIdOf(publication));
        const read = modelGame.decodeState(JSON.parse(Buffer.from(encode(modelGame.encodeState(state))).toString()));
        assert.deepEqual(encode(modelGame.encodeState(read)), encode(modelGame.encodeState(state)));
      }
    }),
    { numRuns: 300 },
  );
});
