/** Passkey accounts against the game that keeps them: what they may sign, once, and what they may not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Problem, type Result, unwrap } from '@surety/core';
import { type Action, SCOPE_OF } from '@surety/protocol';
import type { Context } from '../context.ts';
import { personOf } from '../life.fixture.ts';
import { createTestPasskey, type TestPasskey } from './authenticator.fixture.ts';
import { checkAsserted } from './check.ts';
import { type PasskeyEvent, type PasskeyState, passkeyGame } from './game.ts';
import { findPasskey, makePasskey } from './make.ts';

const [ORIGIN, CHAIN_ID, NOW] = ['https://court.example', 31_337, 1_800_000_000];
const OPERATOR = personOf(1);
const OFFER = { chainId: CHAIN_ID, operator: OPERATOR, expiresAt: NOW + 60 };

/** A context over the one game, whose states and events go through their JSON. */
const contextOf = (now = NOW): Context => {
  const states = new Map<string, PasskeyState>();
  const stateOf = (stream: string): PasskeyState => states.get(stream) ?? passkeyGame.initial('');
  const host = {
    state: async (stream: string) => passkeyGame.decodeState(passkeyGame.encodeState(stateOf(stream))),
    transact: async ([move]: readonly { stream: string; event: PasskeyEvent }[]) => {
      const event = passkeyGame.decodeEvent(passkeyGame.encodeEvent(move!.event));
      const step = passkeyGame.step(stateOf(move!.stream), event);
      if (step.kind === 'refused') return { ok: false, problem: step.problem };
      states.set(move!.stream, step.state);
      return { ok: true, value: { seqs: [1], outputs: [] } };
    },
  };
  const network = { chainId: CHAIN_ID, operator: OPERATOR };
  return { host, network, now: () => now, pageOrigin: () => ORIGIN } as unknown as Context;
};

let nonces = 0;
const adviceFrom = (account: string, over: object = {}): Action => {
  nonces += 1;
  const nonce = nonces.toString(16).padStart(32, '0');
  const common = { account, chainId: CHAIN_ID, operator: OPERATOR, nonce, expiresAt: NOW + 60 };
  const said = { marketId: '00'.repeat(32), outcome: 0, reason: 'I have seen it before.' };
  return { type: 'surety/action/advise/v1', ...common, ...said, ...over } as Action;
};

const problemOf = (result: Result<unknown>): Problem => {
  assert.ok(!result.ok);
  return result.problem;
};

const registered = async (context: Context): Promise<{ readonly key: TestPasskey; readonly account: string }> => {
  const key = createTestPasskey(ORIGIN, OFFER);
  const { account } = unwrap(await makePasskey(context, key.made));
  return { key, account };
};

/** Checks, and then counts and spends as the transaction of an action does. */
const useIt = async (context: Context, asserted: ReturnType<TestPasskey['assert']>): Promise<Result<unknown>> => {
  const checked = await checkAsserted(context, asserted);
  return checked.ok ? context.host.transact([checked.value.used]) : checked;
};

test('a passkey is made, found by its id, and made once', async () => {
  const context = contextOf();
  const { key, account } = await registered(context);
  assert.equal(unwrap(await findPasskey(context, key.passkeyId)).account, account);
  assert.equal(unwrap(await makePasskey(context, key.made)).account, account);
  assert.equal(problemOf(await findPasskey(context, 'ff'.repeat(32))).code, 'passkey.unknown');
  // Somebody else's key under the same credential.
  const other = createTestPasskey(ORIGIN, OFFER);
  const at = 2 * (37 + 16 + 2 + 16);
  const stolen = key.made.authenticatorData.slice(0, at) + other.made.authenticatorData.slice(at);
  const taken = await makePasskey(context, { ...key.made, authenticatorData: stolen });
  assert.equal(problemOf(taken).code, 'passkey.exists');
});

test('a passkey is made for this node alone, and now', async () => {
  const context = contextOf();
  const codeOf = async (origin: string, over: object): Promise<string> =>
    problemOf(await makePasskey(context, createTestPasskey(origin, { ...OFFER, ...over }).made)).code;
  assert.equal(await codeOf(ORIGIN, { chainId: 1 }), 'action.wrong-network');
  assert.equal(await codeOf(ORIGIN, { operator: personOf(2) }), 'signature.wrong-operator');
  assert.equal(await codeOf(ORIGIN, { expiresAt: NOW - 1 }), 'action.expired');
  assert.equal(await codeOf('https://court.example:8443', {}), 'passkey.wrong-context');
  const { made } = createTestPasskey(ORIGIN, OFFER);
  const unchecked = `${made.authenticatorData.slice(0, 64)}41${made.authenticatorData.slice(66)}`;
  assert.equal(
    problemOf(await makePasskey(context, { ...made, authenticatorData: unchecked })).code,
    'passkey.nobody-there',
  );
  assert.equal(
    problemOf(await makePasskey(context, { ...made, nonce: '00'.repeat(16) })).code,
    'passkey.wrong-context',
  );
});

test('advice that it signed passes once; changed, replayed or for another account it does not', async () => {
  const context = contextOf();
  const { key, account } = await registered(context);
  const asserted = key.assert(adviceFrom(account));
  assert.ok((await useIt(context, asserted)).ok);
  assert.equal(problemOf(await useIt(context, asserted)).code, 'action.replayed');
  const changed = { ...asserted, action: { ...asserted.action, reason: 'Another.' } as Action };
  assert.equal(problemOf(await useIt(context, changed)).field, 'clientDataJson.challenge');
  const stranger = await registered(context);
  const forged = stranger.key.assert(adviceFrom(account));
  assert.equal(problemOf(await useIt(context, forged)).field, 'action.account');
  assert.equal(problemOf(await useIt(context, { ...forged, passkeyId: key.passkeyId })).field, 'signature');
  const nobodys = { ...asserted, passkeyId: 'ff'.repeat(32) };
  assert.equal(problemOf(await useIt(context, nobodys)).code, 'passkey.unknown');
  const elsewhere = key.assert(adviceFrom(account), { origin: 'https://court.example.evil' });
  assert.equal(problemOf(await useIt(context, elsewhere)).code, 'passkey.wrong-context');
  const data = asserted.authenticatorData;
  const unseen = { ...asserted, authenticatorData: `${data.slice(0, 64)}01${data.slice(66)}` };
  assert.equal(problemOf(await useIt(context, unseen)).code, 'passkey.nobody-there');
  const late = key.assert(adviceFrom(account, { expiresAt: NOW - 1 }));
  assert.equal(problemOf(await useIt(context, late)).code, 'action.expired');
});

test('a count of signatures that does not rise is refused; an authenticator that does not count is not', async () => {
  const context = contextOf();
  const { key, account } = await registered(context);
  const use = (signCount: number) => useIt(context, key.assert(adviceFrom(account), { signCount }));
  assert.ok((await use(0)).ok);
  assert.ok((await use(0)).ok);
  assert.ok((await use(5)).ok);
  for (const count of [5, 4, 0]) assert.equal(problemOf(await use(count)).code, 'passkey.counter', String(count));
  assert.ok((await use(6)).ok);
});

test('whatever needs a stake, money or a vote is refused, and the refusal says why and what to do', async () => {
  const context = contextOf();
  const { key, account } = await registered(context);
  const types = Object.keys(SCOPE_OF) as Action['type'][];
  const refused = types.filter((type) => SCOPE_OF[type] !== 'advise');
  assert.ok(refused.includes('surety/action/vote/v1') && refused.includes('surety/action/stake/v1'));
  for (const type of refused) {
    const problem = problemOf(await checkAsserted(context, key.assert(adviceFrom(account, { type }))));
    assert.equal(problem.code, 'passkey.advice-only', type);
    assert.match(problem.message, /free: 31 of them would own the final jury/);
    assert.match(problem.next, /wallet/);
  }
});
