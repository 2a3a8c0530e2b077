import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type Contracts,
  type DeployedTerms,
  NOBODY,
  type Request,
  readMoney,
  readTerms,
  signRequest,
  submit,
} from '@surety/chain';
import { parseAddress, to0x, toHex, unwrap } from '@surety/core';
import { commitProgram, listRoot } from '@surety/programs';
import { openProgram, openRun } from '@surety/proofs';
import { randomInputs, randomProgram } from '../../../programs/test/random-program.ts';
import { createWorld, type Party, type World } from '../../test/watch-world.ts';
import { checkRequest } from './check-request.ts';
import { fund } from './money.ts';
import type { SignedRequest } from './request-file.ts';

type Hex = `0x${string}`;

const PROGRAM = randomProgram(3, 6);
const INPUTS = randomInputs(PROGRAM, 3);
const PRICE = 2_000_000n;

let world: World;
let terms: DeployedTerms;
let contracts: Contracts;
let requester: Party;
let provider: Party;

const requestOf = (more: Partial<Request> = {}): Request => ({
  requester: requester.me,
  provider: NOBODY,
  program: to0x(commitProgram(PROGRAM).id),
  input: to0x(listRoot(INPUTS)),
  verifier: contracts.tensorVerifier,
  priceMicroUsd: PRICE,
  bondMicroUsd: 50_000_000n,
  deadline: 2n ** 37n,
  windowSeconds: 600,
  clockSeconds: 600,
  premiumPpm: 0,
  proofRequired: false,
  callback: NOBODY,
  nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
  ...more,
});

const domain = () => ({ chainId: 31337, arbiter: contracts.arbiter });

const signed = async (more: Partial<Request> = {}): Promise<SignedRequest> => {
  const request = requestOf(more);
  const signature = await signRequest(requester.chain.account!, request, domain());
  const program = toHex(commitProgram(PROGRAM).id);
  return { ...domain(), request, signature, program, steps: null, inputs: INPUTS, prove: 'optimistic' };
};

const found = async (each: SignedRequest, by = provider): Promise<string> => {
  const checked = await checkRequest(each, { chain: by.chain, contracts, terms, me: by.me });
  return checked.ok ? 'ok' : `${checked.problem.code} ${checked.problem.field}`;
};

/** Answers a request as its provider would; what the chain says. */
const answer = async ({ request, signature }: SignedRequest): Promise<string> => {
  const own = unwrap(await openRun(openProgram(PROGRAM), INPUTS));
  const claim = { request, provider: provider.me, output: to0x(own.run.output), trace: to0x(own.run.trace) };
  await own.close();
  unwrap(await fund(provider.chain, contracts, request.bondMicroUsd, signature.slice(0, 20)));
  const sent = await submit(provider.chain, contracts, { kind: 'claim', claim, signature, shown: [] });
  return sent.kind === 'refused' ? sent.problem.code : sent.kind;
};

const balanceOf = async (account: Hex): Promise<bigint> =>
  unwrap(await readMoney(provider.chain, contracts, account)).balanceMicroUsd;

before(async () => {
  world = await createWorld();
  ({ contracts } = world);
  [requester, provider] = [await world.party(0), await world.party(1)];
  terms = unwrap(await readTerms(provider.chain, contracts));
  unwrap(await fund(requester.chain, contracts, PRICE, 'price'));
});
after(() => world.stop());

test('a request that was signed and paid for is taken, from whoever it names or from anybody', async () => {
  assert.equal(await found(await signed()), 'ok');
  assert.equal(await found(await signed({ provider: provider.me })), 'ok');
  // Its own sender needs no signature.
  assert.equal(await found({ ...(await signed()), signature: '0x' }, requester), 'ok');
});

test('everything else is refused by the name that the contract has for it, before anything is posted', async () => {
  const good = await signed();
  const { request } = good;
  const past = BigInt(await world.nowOnChain()) - 1n;
  const other = await signed();
  const cases: readonly (readonly [SignedRequest, string])[] = [
    [{ ...good, signature: other.signature }, 'signature.wrong-signer signature'],
    [{ ...good, signature: '0x' }, 'signature.wrong-signer signature'],
    [{ ...good, request: { ...request, priceMicroUsd: 1n } }, 'signature.wrong-signer signature'],
    [
      { ...good, request: { ...request, requester: provider.me, provider: requester.me } },
      'arbiter.request-for-another provider',
    ],
    [await signed({ provider: requester.me }), 'arbiter.request-for-another provider'],
    [await signed({ deadline: past }), 'arbiter.request-expired deadline'],
    [await signed({ priceMicroUsd: PRICE + 1n }), 'account.insufficient-funds price'],
    [await signed({ bondMicroUsd: terms.leastBondMicroUsd - 1n }), 'input.out-of-range bond'],
    [await signed({ windowSeconds: 59 }), 'input.out-of-range window'],
    [await signed({ clockSeconds: 700_000 }), 'input.out-of-range clock'],
    [await signed({ proofRequired: true }), 'route.unavailable proofRequired'],
    [await signed({ verifier: contracts.coverBond }), 'arbiter.request-differs verifier'],
    [{ ...good, arbiter: contracts.coverBond }, 'arbiter.request-differs arbiter'],
    [{ ...good, chainId: 1 }, 'chain.wrong-chain chainId'],
  ];
  for (const [each, wanted] of cases) assert.equal(await found(each), wanted);
});

test('the chain says the same of what is sent all the same, and one request is answered once', async () => {
  const good = await signed();
  assert.equal(await answer({ ...good, request: { ...good.request, priceMicroUsd: 1n } }), 'signature.wrong-signer');
  assert.equal(await answer(await signed({ deadline: 1n })), 'arbiter.request-expired');
  assert.equal(await answer(await signed({ priceMicroUsd: PRICE + 1n })), 'account.insufficient-funds');
  assert.equal(await balanceOf(requester.me), PRICE);
  assert.equal(await answer(good), 'mined');
  assert.equal(await balanceOf(requester.me), 0n);
  assert.equal(await found(good), 'action.replayed nonce');
  const twice = { ...good, signature: `0x${'00'.repeat(65)}` as Hex };
  assert.equal(await found(twice), 'signature.wrong-signer signature');
  const { nonce } = (await signed()).request;
  assert.equal((await submit(requester.chain, contracts, { kind: 'cancel-request', nonce })).kind, 'mined');
  assert.equal((await submit(requester.chain, contracts, { kind: 'cancel-request', nonce })).kind, 'already');
  assert.equal(await found(await signed({ nonce })), 'action.replayed nonce');
});

/** A wallet that takes every signature, or none, for its own; or reverts when it is asked. */
const WALLETS = {
  takes: '0x631626ba7e60e01b60005260206000f3',
  refuses: '0x60206000f3',
  reverts: '0x60006000fd',
} as const;

test('a contract that asks is asked itself whether it has signed (EIP-1271)', async () => {
  const at = unwrap(parseAddress(`0x${'c0de'.repeat(10)}`, { lenient: true })) as Hex;
  const asked = { ...(await signed({ requester: at, priceMicroUsd: 0n })), signature: '0x12' as Hex };
  for (const [name, code] of Object.entries(WALLETS)) {
    await world.local.rpc('anvil_setCode', [at, code]);
    const takes = name === 'takes';
    assert.equal(await found(asked), takes ? 'ok' : 'signature.wrong-signer signature', name);
    if (!takes) assert.equal(await answer(asked), 'signature.wrong-signer', name);
  }
  await world.local.rpc('anvil_setCode', [at, WALLETS.takes]);
  assert.equal(await answer(asked), 'mined');
});
