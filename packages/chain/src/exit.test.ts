/** Leaving without the operator, over the real contracts: a forced request, its answer, and the exit. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { unwrap } from '@surety/core';
import { type Hex, keccak256, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { KEYS, type LocalChain, startChain } from '../test/local-chain.ts';
import {
  buildSumTree,
  type Chain,
  type Contracts,
  connect,
  DEVELOPMENT_DELAYS,
  deployOn,
  devDollarDomain,
  type Intent,
  intentStatus,
  readDollars,
  readFinalDeposits,
  readForced,
  readSettlement,
  readWithdrawn,
  type SumLeaf,
  signAuthorization,
  submit,
  ZERO_32,
} from './index.ts';

const user = privateKeyToAccount(`0x${KEYS[1]}`);
const id = (text: string): Hex => keccak256(stringToHex(text));
const NOW = { kind: 'depth', blocks: 0 } as const;
let local: LocalChain;
let operator: Chain;
let own: Chain;
let contracts: Contracts;

before(async () => {
  local = await startChain();
  operator = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  own = unwrap(await connect(local.rpcUrl, { key: KEYS[1] }));
  contracts = unwrap(await deployOn(operator)).contracts;
});
after(() => local.kill());

const mined = async (chain: Chain, intent: Intent): Promise<void> => {
  const result = await submit(chain, contracts, intent);
  assert.equal(result.kind, 'mined', 'problem' in result ? result.problem.message : result.kind);
};

const deposit = async (amount: bigint, name: string): Promise<void> => {
  await mined(operator, { kind: 'mint', to: user.address, amountMicroUsd: amount, id: id(name) });
  const authorization = await signAuthorization(user, devDollarDomain(31337, contracts.dollar), {
    kind: 'receive',
    to: contracts.settlement,
    valueMicroUsd: amount,
    validAfter: 0n,
    validBefore: 10_000_000_000n,
    nonce: id(name),
  });
  await mined(operator, { kind: 'deposit', authorization });
};

const post = async (authorisedMicroUsd: bigint, cashMicroUsd: bigint, positionsMicroUsd: bigint) => {
  const { rootCount } = unwrap(await readSettlement(operator, contracts));
  const [withdrawnMicroUsd = 0n] = unwrap(await readWithdrawn(operator, contracts, [user.address]));
  const held = { authorisedMicroUsd, withdrawnMicroUsd, cashMicroUsd, positionsMicroUsd };
  const leaf: SumLeaf = { account: user.address, ...held, positionsCommitment: ZERO_32 };
  const tree = unwrap(buildSumTree([leaf]));
  const { deposits } = unwrap(await readFinalDeposits(operator, contracts, 0n, NOW));
  const root = {
    number: rootCount + 1n,
    hash: tree.root.hash,
    sumMicroUsd: tree.root.sumMicroUsd,
    depositsThrough: 1n,
    depositsCommitment: deposits[0]?.commitment ?? ZERO_32,
    journalPosition: rootCount + 1n,
  };
  await mined(operator, { kind: 'post-root', root });
  return { rootNumber: root.number, leaf, path: tree.proof(user.address)!.path };
};

const pass = async (seconds: number): Promise<void> => {
  await local.rpc('evm_increaseTime', [seconds]);
  await local.rpc('evm_mine');
};

test('an account forces its withdrawal, is answered, forces again, is ignored, and leaves with everything', async () => {
  await deposit(100n, 'first');
  const first = await post(0n, 70n, 30n);
  await mined(own, { kind: 'request-forced', ...first });
  const open = unwrap(await readForced(operator, contracts, [contracts.anchor, user.address]));
  assert.deepEqual(
    open.map(({ account, afterRoot }) => [account, afterRoot]),
    [[user.address, 1n]],
  );

  const answer = await post(70n, 0n, 30n);
  await mined(operator, { kind: 'answer-forced', ...answer });
  assert.deepEqual(unwrap(await readForced(operator, contracts, [user.address])), []);
  await pass(DEVELOPMENT_DELAYS.challengeSeconds + 1);
  await mined(own, { kind: 'withdraw', ...answer });
  assert.equal(unwrap(await readDollars(own, contracts, user.address)), 70n);

  const later = await post(70n, 20n, 10n);
  await mined(own, { kind: 'request-forced', ...later });
  const early = await submit(own, contracts, { kind: 'start-exit-after-forced', account: user.address });
  assert.equal(early.kind === 'refused' ? early.problem.code : early.kind, 'settlement.operator-in-time');
  // A second deposit that no root has counted when the operator falls silent.
  await deposit(5n, 'second');
  await pass(DEVELOPMENT_DELAYS.forcedSeconds + 1);
  await mined(own, { kind: 'start-exit-after-forced', account: user.address });
  assert.equal(unwrap(await readSettlement(own, contracts)).mode, 'exiting');

  const exit: Intent = { kind: 'exit', leaf: later.leaf, path: later.path };
  await mined(own, exit);
  await mined(own, { kind: 'reclaim', depositId: 2n });
  assert.deepEqual(await submit(own, contracts, exit), { kind: 'already' });
  assert.deepEqual(await intentStatus(own, contracts, exit, NOW), { ok: true, value: 'final' });
  assert.equal(unwrap(await readDollars(own, contracts, user.address)), 105n);
  assert.equal(unwrap(await readDollars(own, contracts, contracts.settlement)), 0n);
});
