import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '@surety/core';
import type { AnyGame } from '../../journal/game.ts';
import { digestOf } from '../../journal/snapshot.ts';
import { jurorOf, type Registry, type RegistryEvent, registryGame, registryValue, stepRegistry } from './registry.ts';
import { LEAST_STAKE_MICRO_USD } from './terms.ts';

const [A, B] = ['0xA', '0xB'];
const EMPTY = registryGame.initial('all');

let nonces = 0;
const nonce = (): string => `n${nonces++}`;
const stake = (account: string, amountMicroUsd: bigint, leastMicroUsd = LEAST_STAKE_MICRO_USD): RegistryEvent => ({
  kind: 'staked',
  account,
  amountMicroUsd,
  leastMicroUsd,
  nonce: nonce(),
  at: 10,
});
const unstake = (account: string, amountMicroUsd: bigint): RegistryEvent => ({
  kind: 'unstaked',
  account,
  amountMicroUsd,
  nonce: nonce(),
  at: 20,
});
const lock = (account: string, amountMicroUsd: bigint): RegistryEvent => ({
  kind: 'locked',
  caseId: 'c',
  locks: [{ account, amountMicroUsd }],
  at: 15,
});
const release = (account: string, amountMicroUsd: bigint): RegistryEvent => ({
  kind: 'released',
  caseId: 'c',
  account,
  amountMicroUsd,
  at: 18,
});

/** All steps, each of which moves as much as it says, on disk and back. */
const after = (events: readonly RegistryEvent[], from: Registry = EMPTY): Registry =>
  events.reduce((state, event) => {
    const read = registryGame.decodeEvent(registryGame.encodeEvent(event));
    const stepped = stepRegistry(state, read);
    assert.ok(stepped.kind === 'accepted', stepped.kind === 'refused' ? stepped.problem.message : '');
    assert.equal(registryValue(stepped.state) - registryValue(state), registryGame.inflow?.(state, read));
    return stepped.state;
  }, from);
const accounts = ({ jurors }: Registry): readonly string[] => jurors.map(({ account }) => account);

test('a stake comes to at least what a seat locks, all that it is made of counted', () => {
  assert.equal(LEAST_STAKE_MICRO_USD, 2_000_000n);
  const low = stepRegistry(EMPTY, stake(A, LEAST_STAKE_MICRO_USD - 1n));
  assert.ok(low.kind === 'refused');
  assert.deepEqual([low.problem.code, low.problem.limit], ['court.registry', '>= 2000000']);
  const held = after([stake(A, LEAST_STAKE_MICRO_USD), lock(A, LEAST_STAKE_MICRO_USD), stake(A, 1n)]);
  assert.equal(jurorOf(held, A).stakeMicroUsd, 1n);
});

test('who takes all back leaves nothing behind, and one whose stake is in a case, or who is one person, stays', () => {
  const both = after([stake(A, 3_000_000n), stake(B, 2_000_000n)]);
  assert.deepEqual(accounts(after([unstake(A, 3_000_000n)], both)), [B]);
  const inCase = after([lock(A, 1_000_000n), unstake(A, 2_000_000n)], both);
  assert.deepEqual(accounts(inCase), [A, B]);
  assert.deepEqual(accounts(after([release(A, 0n)], inCase)), [B], 'and goes when it lost all of it');
  assert.deepEqual(accounts(after([release(A, 1n)], inCase)), [A, B]);
  const person = {
    kind: 'person-shown',
    account: A,
    issuer: 'i',
    keyId: 'k',
    token: 't',
    nonce: nonce(),
    at: 12,
  } as const;
  const shown = after([person, unstake(A, 3_000_000n)], both);
  assert.deepEqual(accounts(shown), [A, B]);
});

test('who comes back comes last', () => {
  const state = after([stake(A, 2_000_000n), stake(B, 2_000_000n), unstake(A, 2_000_000n), stake(A, 2_000_000n)]);
  assert.deepEqual(accounts(state), [B, A]);
});

test('a journal from before there was a least stake replays, and a snapshot with empty entries is not used', () => {
  const old = { kind: 'staked', account: A, amountMicroUsd: 1n, at: 10 } as const;
  assert.deepEqual(accounts(after([old])), [A]);
  assert.deepEqual(accounts(after([old, unstake(A, 1n)])), []);
  const stored = {
    jurors: [{ account: A, stakeMicroUsd: '0', locks: [], since: 10 }],
    nonces: { version: 0, since: 0, recent: [], older: [] },
  } satisfies Json;
  const read = registryGame.decodeState(stored);
  assert.notEqual(digestOf(registryGame as AnyGame, read), digestOf({ encodeState: () => stored }, null));
  const whole = after([stake(A, 2_000_000n), lock(A, 1n)]);
  const encoded = registryGame.encodeState(whole);
  assert.equal(
    digestOf(registryGame as AnyGame, registryGame.decodeState(encoded)),
    digestOf(registryGame as AnyGame, whole),
  );
});
