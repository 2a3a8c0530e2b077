import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fromHex, isToken, personChallenge, readIssuerKey, unwrap } from '@surety/core';
import { encodeDeployData, parseEventLogs } from 'viem';
import { type CourtWorld, FLOOR, POLICY, startCourtWorld } from '../../test/court-world.ts';
import { testIssuer } from '../../test/test-issuer.ts';
import { PersonTokens } from '../generated/index.ts';
import {
  type Chain,
  type CourtIntent,
  deployCourt,
  hasPeople,
  type PersonsPlan,
  readCourt,
  readPerson,
  readRegistryIssuer,
  submit,
} from '../index.ts';

type Hex = `0x${string}`;

let world: CourtWorld;
let registry: Hex;
before(async () => {
  world = await startCourtWorld();
  registry = world.setting.registry!;
});
after(() => world?.local.kill());

const addressOf = ({ account }: Chain): Hex => account!.address;
const seen = async (of: Chain) => unwrap(await readPerson(of, world.setting, addressOf(of)));
const refusalOf = async (by: Chain, intent: CourtIntent): Promise<string> => {
  const sent = await submit(by, world.contracts, intent);
  return sent.kind === 'refused' ? sent.problem.code : sent.kind;
};
const shown = (account: Hex, token: Hex) => ({ kind: 'court-show-person', registry, account, token }) as const;

test('a person is shown by a token, takes its ticket and gives it back, each once', async () => {
  const { must, issuer, setting } = world;
  const [person, friend] = [await world.member('person'), await world.member('friend')];
  const account = addressOf(person);
  const none = { isPerson: false, holdsTicket: false, sits: false, outUntil: 0 };
  assert.deepEqual(await seen(person), none);
  const join = { kind: 'court-join-by-person', at: setting } as const;
  assert.equal(await refusalOf(person, join), 'court.person-token');
  const token = issuer.tokenFor(registry, account);
  const others = { ...shown(addressOf(friend), token), at: setting };
  assert.equal(await refusalOf(friend, others), 'court.person-token', 'a token that was lent');
  // Who sends it does not matter: it names the account.
  await must(friend, shown(account, token));
  assert.deepEqual(await seen(person), { ...none, isPerson: true });
  await must(person, { kind: 'court-join-by-person' });
  assert.deepEqual(await seen(person), { ...none, isPerson: true, holdsTicket: true });
  await must(person, { kind: 'court-leave-by-person' });
  await must(person, { kind: 'court-join-by-person' });
  assert.deepEqual(await seen(friend), none);
});

test('whether anybody judges is asked of the pool that a policy draws', async () => {
  const { curator, setting } = world;
  const byPerson = { rounds: POLICY.rounds.map((round, i) => (i < 2 ? round : { ...round, lossToGain: 0 })) };
  // By now somebody took a ticket, and nobody staked as one of the people.
  assert.equal(unwrap(await hasPeople(curator, setting, byPerson)), true);
  assert.equal(unwrap(await hasPeople(curator, setting, POLICY)), false);
});

test('whose tokens a registry takes is believed only where no other code can stand', async () => {
  const { issuer, curator, setting } = world;
  const read = async (at: Hex) => unwrap(await readRegistryIssuer(curator, at));
  assert.deepEqual(await read(registry), { name: issuer.issuer, tokenKey: issuer.tokenKey });
  // The same code, put somewhere else by somebody else: nothing here can tell it from code that says the same of itself.
  const wallet = curator.account!;
  const data = encodeDeployData({ ...PersonTokens, args: [issuer.issuer, issuer.modulus] });
  const hash = (await world.local.rpc('eth_sendTransaction', [{ from: wallet.address, data, gas: '0x7a1200' }])) as Hex;
  const { contractAddress } = await curator.reader.waitForTransactionReceipt({ hash });
  assert.equal(await read(contractAddress!), null);
  assert.equal(await read(setting.court), null);
  assert.equal(await read(addressOf(curator)), null);
});

test('the token that was shown can be read by whoever trusts no contract', async () => {
  const { curator, issuer } = world;
  const bytesOf = (hex: string): Uint8Array => unwrap(fromHex(hex.replace('0x', '')));
  const logs = await curator.reader.getLogs({ address: registry, fromBlock: 0n });
  const [log] = parseEventLogs({ abi: PersonTokens.abi, eventName: 'PersonShown', logs });
  const { account, token } = log!.args;
  const challenge = personChallenge({ issuer: issuer.issuer, chainId: curator.chainId, court: registry, account });
  assert.ok(isToken(bytesOf(token), challenge, unwrap(readIssuerKey(bytesOf(issuer.tokenKey)))));
});

test('a court draws by stake alone, by another registry, or by the tokens of an issuer, and is elsewhere each time', async () => {
  const { curator, setting } = world;
  const { currency, leastStakeUnits } = setting;
  const made = async (persons: PersonsPlan | null) => {
    const plan = {
      currency,
      curator: addressOf(curator),
      leastStakeUnits,
      fallbackBlocks: 100n,
      floor: FLOOR,
      persons,
    };
    return unwrap(await deployCourt(curator, plan));
  };
  const bare = await made(null);
  assert.equal(bare.registry, null);
  assert.equal(unwrap(await readPerson(curator, bare, addressOf(curator))), null);
  const humans = await made({ kind: 'registry', address: registry });
  assert.equal(humans.registry, registry);
  assert.deepEqual(humans, setting, 'the same registry, named otherwise');
  const other = testIssuer('others.example');
  const third = await made({ kind: 'issuer', issuer: other.issuer, modulus: other.modulus });
  assert.deepEqual(unwrap(await readCourt(curator, third.court)), third);
  assert.equal(new Set([bare.court, humans.court, third.court]).size, 3);
});
