import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unwrap } from '@surety/core';
import { keccak256, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { KEYS, type LocalChain, startChain } from '../../test/local-chain.ts';
import {
  type Chain,
  type Claim,
  type Contracts,
  claimIdOf,
  connect,
  createClaimBook,
  decodeIntent,
  deployOn,
  devDollarDomain,
  encodeIntent,
  type Intent,
  prepaidSince,
  prepaymentFor,
  type Request,
  readClaim,
  readDispute,
  readMoney,
  readTerms,
  signAuthorization,
  signRequest,
  submit,
} from '../index.ts';

type Hex = `0x${string}`;

const requester = privateKeyToAccount(`0x${KEYS[2]}`);
const QUESTION: Hex = '0x01';
let local: LocalChain;
let contracts: Contracts;
/** Two keys: who claims, and who disputes. */
let provider: Chain;
let challenger: Chain;

const id = (text: string): Hex => keccak256(stringToHex(text));

const must = async (chain: Chain, intent: Intent): Promise<void> => {
  const sent = await submit(chain, contracts, decodeIntent(encodeIntent(intent)));
  assert.equal(
    sent.kind,
    'mined',
    JSON.stringify(sent, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
  );
  assert.deepEqual(await submit(chain, contracts, intent), { kind: 'already' });
};

const give = async (account: typeof requester, amountMicroUsd: bigint): Promise<void> => {
  const name = `${account.address} ${amountMicroUsd}`;
  await must(provider, { kind: 'mint', to: account.address, amountMicroUsd, id: id(name) });
  const authorization = await signAuthorization(account, devDollarDomain(31337, contracts.dollar), {
    kind: 'receive',
    to: contracts.arbiter,
    valueMicroUsd: amountMicroUsd,
    validAfter: 0n,
    validBefore: 2n ** 40n,
    nonce: id(name),
  });
  await must(provider, { kind: 'arbiter-deposit', authorization });
};

const requestOf = (name: string, more: Partial<Request> = {}): Request => ({
  requester: requester.address,
  provider: provider.account!.address,
  program: id('program'),
  input: id('input'),
  // No route is asked by what is tested here.
  verifier: contracts.tensorVerifier,
  priceMicroUsd: 1_000_000n,
  bondMicroUsd: 50_000_000n,
  deadline: 2n ** 40n,
  windowSeconds: 600,
  clockSeconds: 60,
  premiumPpm: 0,
  proofRequired: false,
  callback: `0x${'0'.repeat(40)}`,
  nonce: BigInt(id(name)),
  ...more,
});

const claimOf = async (
  name: string,
  more: Partial<Request> = {},
): Promise<{ readonly claim: Claim; readonly claimId: Hex }> => {
  const request = requestOf(name, more);
  const domain = { chainId: 31337, arbiter: contracts.arbiter };
  const signature = await signRequest(requester, request, domain);
  const claim: Claim = { request, provider: provider.account!.address, output: id('output'), trace: id(name) };
  await must(provider, { kind: 'claim', claim, signature, shown: [] });
  return { claim, claimId: claimIdOf(claim, domain) };
};

const pass = async (seconds: number): Promise<void> => {
  await local.rpc('evm_increaseTime', [seconds]);
  await local.rpc('evm_mine');
};

before(async () => {
  local = await startChain();
  provider = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  challenger = unwrap(await connect(local.rpcUrl, { key: KEYS[1] }));
  contracts = unwrap(await deployOn(provider)).contracts;
  await give(provider.account!, 500_000_000n);
  await give(challenger.account!, 50_000_000n);
  await give(requester, 10_000_000n);
});
after(() => local.kill());

test('a signed request, its claim, a dispute, its expiry and the money: each takes effect once, and is read back', async () => {
  const { claim, claimId } = await claimOf('one');
  const terms = unwrap(await readTerms(provider, contracts));
  const { baseFeePerGas } = await provider.reader.getBlock();
  const prepayWei = prepaymentFor(terms, { baseFeeWei: baseFeePerGas ?? 0n });
  await must(challenger, { kind: 'dispute', claim, question: QUESTION, prepayWei });
  const dispute = unwrap(await readDispute(provider, contracts, claimId, 1n));
  assert.deepEqual(
    [dispute.turn, dispute.challenger, dispute.questionHash, dispute.prepaidWei],
    ['provider', challenger.account!.address, keccak256(QUESTION), prepayWei],
  );
  assert.deepEqual(unwrap(await readClaim(provider, contracts, claimId)).openDisputes, 1);
  const early = await submit(challenger, contracts, { kind: 'expire', claim, disputeId: 1n });
  assert.equal(early.kind === 'refused' && early.problem.code, 'arbiter.clock-running');
  await pass(61);
  await must(challenger, { kind: 'expire', claim, disputeId: 1n });
  assert.equal(unwrap(await readClaim(provider, contracts, claimId)).state, 'void');
  // Stake and prepaid gas are back, and a quarter of the bond came with them.
  const money = unwrap(await readMoney(challenger, contracts, challenger.account!.address));
  assert.deepEqual([money.balanceMicroUsd, money.owedWei], [62_500_000n, prepayWei]);
  await must(challenger, { kind: 'arbiter-withdraw', amountMicroUsd: money.balanceMicroUsd });
  await must(challenger, { kind: 'arbiter-withdraw-native', to: challenger.account!.address });
  const paid = unwrap(await readMoney(challenger, contracts, challenger.account!.address));
  assert.deepEqual([paid.balanceMicroUsd, paid.owedWei, paid.dollarsMicroUsd], [0n, 0n, 62_500_000n]);
  await give(challenger.account!, 40_000_000n);
});

test('of a claim nobody disputes, and a stake that comes back when another dispute decides', async () => {
  const { claim } = await claimOf('two');
  await pass(601);
  await must(provider, { kind: 'finalise', claim });
  const silent = await claimOf('silent', { proofRequired: true });
  await pass(601);
  await must(challenger, { kind: 'finalise', claim: silent.claim });
  const next = await claimOf('three');
  const prepayWei = 10n ** 16n;
  await must(challenger, { kind: 'dispute', claim: next.claim, question: QUESTION, prepayWei });
  await must(provider, { kind: 'dispute', claim: next.claim, question: QUESTION, prepayWei });
  await pass(61);
  await must(provider, { kind: 'expire', claim: next.claim, disputeId: 2n });
  await must(challenger, { kind: 'settle', claim: next.claim, disputeId: 1n });
  const book = createClaimBook(provider, contracts, { fromBlock: 0n, stakePpm: 100_000n });
  const { claims, prepaid } = unwrap(await book.read());
  const told = claims.map(({ state, ended, disputes }) => [
    state,
    ended?.kind === 'void' ? ended.byClock : null,
    disputes.map(({ turn, stakeTo }) => [turn, stakeTo]),
  ]);
  const ended = claims.find(({ id: each }) => each === silent.claimId)?.ended;
  assert.equal(ended?.kind === 'annulled' && ended.doubted, false);
  const [own, other] = [provider.account!.address, challenger.account!.address];
  assert.deepEqual(told, [
    ['void', true, [['closed', other]]],
    ['final', null, []],
    ['annulled', null, []],
    [
      'void',
      true,
      [
        ['closed', other],
        ['closed', own],
      ],
    ],
  ]);
  assert.equal(unwrap(await prepaidSince(provider, prepaid, own, 0)), prepayWei);
});

test('a book follows the chain when it is rewound, and forgets what was decided long ago', async () => {
  const book = createClaimBook(provider, contracts, { fromBlock: 0n, stakePpm: 100_000n, keepBlocks: 5 });
  const states = async () => unwrap(await book.read()).claims.map(({ state }) => state);
  const before = await states();
  const snapshot = await local.rpc('evm_snapshot');
  const { claim, claimId } = await claimOf('four');
  assert.deepEqual(await states(), [...before, 'open']);
  assert.equal(unwrap(await book.read()).claims.at(-1)?.id, claimId);
  assert.equal(await book.read().then(unwrap), await book.read().then(unwrap));
  await pass(601);
  await must(provider, { kind: 'finalise', claim });
  assert.deepEqual(await states(), [...before, 'final']);
  await local.rpc('evm_revert', [snapshot]);
  assert.deepEqual(await states(), before);
  // The same number of blocks again, with something else in them.
  await claimOf('five');
  await local.rpc('anvil_mine', ['0x3']);
  assert.deepEqual(await states(), [...before, 'open']);
  await local.rpc('anvil_mine', ['0x8']);
  assert.deepEqual(await states(), ['open']);
  await local.rpc('anvil_reorg', [3, []]);
  assert.deepEqual(await states(), ['open']);
});
