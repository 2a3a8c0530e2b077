import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Result, unwrap } from '@surety/core';
import { privateKeyToAddress } from 'viem/accounts';

import { KEYS, startChain } from '../test/local-chain.ts';
import { DevDollar } from './generated/index.ts';
import {
  CAREFUL_DELAYS,
  CAREFUL_TERMS,
  connect,
  DEVELOPMENT_CHAIN_IDS,
  deploy,
  deployOn,
  planDeployment,
  predictAddresses,
  readSettlement,
  submit,
} from './index.ts';

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const operator = privateKeyToAddress(`0x${KEYS[0]}`);

test('deploys once, at the addresses that were predicted, and the same on another chain', async () => {
  const [one, two] = await Promise.all([startChain(), startChain('--chain-id', '1337', '--no-create2')]);
  try {
    const steps: string[] = [];
    const first = unwrap(await deploy(one.rpcUrl, KEYS[0], { onStep: (name) => steps.push(name) }));
    assert.deepEqual(first.contracts, predictAddresses({ operator }));
    assert.deepEqual(steps, [
      'dollar',
      'anchor',
      'receiptVerifier',
      'settlement',
      'coverBond',
      'arbiter',
      'tensorVerifier',
      'proofVerifier',
      'proofStepVerifier',
    ]);
    const again = unwrap(await deploy(one.rpcUrl, KEYS[0]));
    assert.deepEqual([again.deployed, again.gasUsed, again.contracts], [[], 0n, first.contracts]);
    // This chain has no CREATE2 deployer: its keyless transaction is sent first.
    const other = unwrap(await deploy(two.rpcUrl, KEYS[1], { operator, expectedChainId: 1337 }));
    assert.deepEqual(other.contracts, first.contracts);
    const chain = unwrap(await connect(two.rpcUrl));
    assert.equal(unwrap(await readSettlement(chain, other.contracts)).mode, 'active');
  } finally {
    await Promise.all([one.kill(), two.kill()]);
  }
});

test('another operator, token, delay or salt is another settlement; the verifier stays', () => {
  const base = predictAddresses({ operator });
  const variants = [
    predictAddresses({ operator: privateKeyToAddress(`0x${KEYS[1]}`) }),
    predictAddresses({ operator, token: operator }),
    predictAddresses({ operator, delays: CAREFUL_DELAYS }),
  ];
  const settlements = new Set([base, ...variants].map(({ settlement }) => settlement));
  assert.equal(settlements.size, 4);
  assert.ok(variants.every(({ receiptVerifier }) => receiptVerifier === base.receiptVerifier));
  const dearer = predictAddresses({ operator, terms: CAREFUL_TERMS });
  assert.deepEqual({ ...dearer, arbiter: base.arbiter }, base);
  assert.notEqual(dearer.arbiter, base.arbiter);
  assert.notEqual(predictAddresses({ operator, saltText: 'other' }).receiptVerifier, base.receiptVerifier);
  assert.equal(planDeployment({ operator, token: operator }).steps.length, 8);
});

test('what is wrong with the chain, the key or the token is a typed refusal', async () => {
  const local = await startChain('--chain-id', '5');
  try {
    const poor = '11'.repeat(32);
    assert.equal(codeOf(await deploy(local.rpcUrl, KEYS[0])), 'chain.token-required');
    assert.equal(codeOf(await deploy(local.rpcUrl, KEYS[0], { token: operator })), 'chain.not-deployed');
    assert.equal(codeOf(await deploy(local.rpcUrl, KEYS[0], { expectedChainId: 31337 })), 'chain.wrong-chain');
    assert.equal(codeOf(await deploy('http://127.0.0.1:1', KEYS[0])), 'chain.unreachable');
    const { anchor } = predictAddresses({ operator });
    await local.rpc('anvil_setCode', [anchor, '0x00']);
    const token = { token: anchor };
    assert.equal(codeOf(await deploy(local.rpcUrl, poor, token)), 'chain.no-funds');
    // Where money may be real, delays and terms are the careful ones.
    const { contracts } = unwrap(await deploy(local.rpcUrl, KEYS[0], token));
    assert.deepEqual(contracts, predictAddresses({ operator, ...token, delays: CAREFUL_DELAYS, terms: CAREFUL_TERMS }));
    assert.equal(codeOf(await deploy(local.rpcUrl, 'not a key', token)), 'input.malformed');
    assert.equal(codeOf(await deploy(local.rpcUrl, '00'.repeat(32), token)), 'input.malformed');
    const reader = unwrap(await connect(local.rpcUrl));
    await assert.rejects(deployOn(reader, token), { code: 'chain.no-key' });
  } finally {
    await local.kill();
  }
});

test('a chain that is down or has no contracts: nothing is sent, and the answer says which', async () => {
  const local = await startChain();
  const chain = unwrap(await connect(local.rpcUrl, { key: KEYS[0], timeoutSeconds: 1 }));
  const contracts = predictAddresses({ operator });
  const intent = { kind: 'mint', to: operator, amountMicroUsd: 1n, id: `0x${'01'.repeat(32)}` } as const;
  const none = await submit(chain, contracts, intent);
  assert.equal(none.kind === 'refused' ? none.problem.code : none.kind, 'chain.not-deployed');
  await local.kill();
  const down = await submit(chain, contracts, intent);
  assert.equal(down.kind === 'lost' ? down.problem.code : down.kind, 'chain.unreachable');
});

test('the faucet’s chains are the same in TypeScript and Solidity', async () => {
  const local = await startChain();
  try {
    const { contracts } = unwrap(await deploy(local.rpcUrl, KEYS[0]));
    const chain = unwrap(await connect(local.rpcUrl));
    for (const id of [...DEVELOPMENT_CHAIN_IDS, 1, 10, 8453, 42161, 31338]) {
      const open = await chain.reader.readContract({
        abi: DevDollar.abi,
        address: contracts.dollar,
        functionName: 'isDevelopmentChain',
        args: [BigInt(id)],
      });
      assert.equal(open, DEVELOPMENT_CHAIN_IDS.includes(id), String(id));
    }
  } finally {
    await local.kill();
  }
});
