import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployCourt, type PersonsPlan } from '@surety/chain';
import { unwrap } from '@surety/core';
import { type CourtWorld, FLOOR, startCourtWorld } from '../../../chain/test/court-world.ts';
import { DEVELOPMENT_ISSUER } from '../persons/development-issuer.ts';
import { type BelievedIssuer, courtPersons } from './persons.ts';

let world: CourtWorld;
before(async () => {
  world = await startCourtWorld();
});
after(() => world?.local.kill());

const said = async (persons: PersonsPlan | null, believed: BelievedIssuer | null) => {
  const { curator, setting } = world;
  const { currency, leastStakeUnits } = setting;
  const me = curator.account!.address;
  const plan = { currency, curator: me, leastStakeUnits, fallbackBlocks: 100n, floor: FLOOR, persons };
  return unwrap(await courtPersons(curator, unwrap(await deployCourt(curator, plan)), believed));
};

test('an issuer is believed by name and key, and a court without a registry names none', async () => {
  const { issuer: name, modulus, tokenKey, tokenFor: _ } = world.issuer;
  const { registry } = world.setting;
  const plan = { kind: 'issuer', issuer: name, modulus } as const;
  const known = { name, tokenKey, environment: 'production' } as const;
  assert.equal(await said(null, known), null);
  assert.deepEqual(await said(plan, known), { registry, issuer: name, standing: 'believed' });
  for (const other of [
    null,
    { ...known, name: 'persons.examplf' },
    { ...known, tokenKey: tokenKey.replace(/.$/, '0') },
  ])
    assert.equal((await said(plan, other))?.standing, 'unknown');
  assert.equal((await said(plan, { ...known, environment: 'development' }))?.standing, 'development');
});

test('the issuer for development is named as such whatever is believed, and another contract says nothing of itself', async () => {
  const { modulus, tokenKey } = world.issuer;
  const named = await said(
    { kind: 'issuer', issuer: DEVELOPMENT_ISSUER, modulus },
    { name: DEVELOPMENT_ISSUER, tokenKey, environment: 'production' },
  );
  assert.equal(named?.standing, 'development');
  const { court } = world.setting;
  assert.deepEqual(await said({ kind: 'registry', address: court }, null), {
    registry: court,
    issuer: null,
    standing: 'unknown',
  });
});
