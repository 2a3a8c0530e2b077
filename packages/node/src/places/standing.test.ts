import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Registry } from '../engine/court/registry.ts';
import { LEAST_STAKE_MICRO_USD } from '../engine/court/terms.ts';
import { NO_NONCES } from '../engine/nonces.ts';
import type { PersonIssuer } from '../persons/issuer.ts';
import { createStandings } from './standing.ts';

const ISSUER = { name: 'issuer.example', keyId: 'k' } as PersonIssuer;
const person = { issuer: ISSUER.name, keyId: ISSUER.keyId, token: 't', since: 10 };
const lock = { caseId: 'c', amountMicroUsd: LEAST_STAKE_MICRO_USD };
const REGISTRY: Registry = {
  jurors: [
    { account: 'person', stakeMicroUsd: 0n, locks: [], since: 0, person },
    { account: 'renamed', stakeMicroUsd: 0n, locks: [], since: 0, person: { ...person, issuer: 'other.example' } },
    { account: 'staked', stakeMicroUsd: 5n, locks: [lock], since: 100 },
    { account: 'crumb', stakeMicroUsd: LEAST_STAKE_MICRO_USD - 1n, locks: [], since: 100 },
  ],
  nonces: NO_NONCES(),
};

const standings = (persons: PersonIssuer | null = ISSUER) => {
  const read: string[] = [];
  const host = {
    state: async () => REGISTRY as never,
    read: async (stream: string) => {
      read.push(stream);
      return (stream === 'account:wallet' ? [{ at: 77 }] : []) as never;
    },
  };
  return { ...createStandings({ host, persons, secret: 's', now: () => 500 }), read };
};

test('a person is one who is shown to the issuer of now, and only where there is one', async () => {
  const backed = await standings().backed();
  assert.deepEqual(backed('person', 0), { kind: 'person' });
  assert.equal(backed('renamed', 500), null);
  assert.equal((await standings(null).backed())('person', 500), null);
});

test('a stake counts whole, with what cases hold of it, once it is there for long enough and large enough', async () => {
  const backed = await standings().backed();
  assert.deepEqual(backed('staked', 100), { kind: 'stake', stakeMicroUsd: LEAST_STAKE_MICRO_USD + 5n });
  assert.equal(backed('staked', 99), null, 'it was raised since');
  assert.equal(backed('crumb', 500), null);
  assert.equal(backed('nobody', 500), null);
});

test('anybody else is what is seen: a network, and since when the account is known', async () => {
  const { of, read } = standings();
  const from = { remote: '127.0.0.1' };
  assert.deepEqual(await of('person', from, 'a', 500), { kind: 'person' });
  assert.deepEqual(await of('wallet', from, 'a', 500), { kind: 'free', network: null, since: 77 });
  assert.deepEqual(await of('unknown', from, 'a', 500), { kind: 'free', network: null, since: 500 });
  assert.deepEqual(read, ['account:wallet', 'account:unknown']);
  const passkey = await of('passkey', { remote: '192.0.2.1', since: 3 }, 'a', 500);
  assert.ok(passkey.kind === 'free' && passkey.since === 3 && passkey.network !== null);
  assert.equal(read.length, 2, 'what is known already is not looked up');
});
