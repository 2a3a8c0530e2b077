import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployCourt, type PersonsPlan } from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import { type CourtWorld, FLOOR, startCourtWorld } from '../../../chain/test/court-world.ts';
import { createKeptVotes } from '../juror/kept-votes.ts';
import { DEVELOPMENT_ISSUER } from '../persons/development-issuer.ts';
import type { At } from './here.ts';
import { beingPerson, leavingPersons, personHere } from './person.ts';

let world: CourtWorld;
before(async () => {
  world = await startCourtWorld();
});
after(() => world?.local.kill());

const atCourt = async (persons: PersonsPlan | null, chainId = 31_337): Promise<At> => {
  const { curator, contracts } = world;
  const { currency, leastStakeUnits } = world.setting;
  const me = curator.account!.address;
  const plan = { currency, curator: me, leastStakeUnits, fallbackBlocks: 100n, floor: FLOOR, persons };
  const setting = unwrap(await deployCourt(curator, plan));
  const { court, panels, jurors } = setting;
  const at = { court, panels, jurors };
  return {
    chain: { ...curator, chainId },
    contracts,
    setting,
    at,
    me,
    fromBlock: 0n,
    policyId: null,
    nodes: [],
    votes: createKeptVotes('unused'),
    coinUnits: null,
  };
};

const codeOf = async (step: Promise<unknown>): Promise<string> => {
  try {
    await step;
    return 'done';
  } catch (error) {
    return error instanceof SuretyError ? error.problem.code : String(error);
  }
};

test('the issuer for development says who is a person on development chains, and nowhere else', async () => {
  const persons = { kind: 'issuer', issuer: DEVELOPMENT_ISSUER, modulus: world.issuer.modulus } as const;
  const here = await atCourt(persons);
  assert.equal((await personHere(here, here.me)).environment, 'development');
  const real = await atCourt(persons, 1);
  for (const refused of [
    () => personHere(real, real.me),
    () => beingPerson(real, { kind: 'person', token: '00'.repeat(354) }),
    () => leavingPersons(real),
  ])
    assert.equal(await codeOf(refused()), 'network.development-only');
  const { issuer, modulus } = world.issuer;
  const other = await atCourt({ kind: 'issuer', issuer, modulus }, 1);
  assert.equal((await personHere(other, other.me)).environment, 'production');
});

test('a ticket needs a registry, and a token where it does not know the key', async () => {
  assert.equal(await codeOf(atCourt(null).then((here) => personHere(here, here.me))), 'court.no-issuer');
  const { issuer, modulus } = world.issuer;
  const here = await atCourt({ kind: 'issuer', issuer, modulus });
  assert.equal(await codeOf(beingPerson(here, { kind: 'person', token: null })), 'court.person-token');
  assert.equal(await codeOf(beingPerson(here, { kind: 'person', token: 'ab' })), 'court.person-token');
  const token = world.issuer.tokenFor(here.setting.registry!, here.me);
  const { intents, costUnits } = await beingPerson(here, { kind: 'person', token });
  assert.deepEqual([intents.map(({ kind }) => kind), costUnits], [['court-show-person', 'court-join-by-person'], 0n]);
  assert.deepEqual((await leavingPersons(here)).intents, [], 'there is no ticket to give back');
});
