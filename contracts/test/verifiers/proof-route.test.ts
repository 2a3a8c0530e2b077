/** The proof route under the arbiter, on a real chain: a proof makes a claim final at once, and nothing else does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type Chain,
  type Contracts,
  connect,
  deployOn,
  devDollarDomain,
  signAuthorization,
  submit,
} from '@surety/chain';
import { to0x, unwrap } from '@surety/core';
import type { ChainProof } from '@surety/proofs/zk';
import { type Abi, encodeFunctionData, type Hex, keccak256, parseSignature, stringToHex, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Arbiter, ProofVerifier } from '../../../packages/chain/src/generated/index.ts';
import { send } from '../../../packages/chain/src/send.ts';
import { KEYS, type LocalChain, startChain } from '../../../packages/chain/test/local-chain.ts';
import { CHAINS, modelOf, provedRun } from './chains.ts';

const START = 1_800_000_000;
const [CLAIMED, FINAL] = [1, 2];
const MOST_GAS = '0xf00000';
const id = (text: string): Hex => keccak256(stringToHex(text));
const account = privateKeyToAccount(`0x${KEYS[0]}`);

let local: LocalChain;
let contracts: Contracts;
let provider: Chain;
let verifier: Hex;
let proved: ChainProof;
let nonce = 0n;

const arbiter = async (functionName: string, args: readonly unknown[]): Promise<string> => {
  const data = encodeFunctionData({ abi: Arbiter.abi as Abi, functionName, args });
  const sent = await send(provider, { to: contracts.arbiter, data, value: 0n });
  return sent.kind === 'mined' ? 'mined' : sent.kind === 'refused' ? sent.problem.code : sent.kind;
};

/** Status of a transaction: anvil tells of a nonce before it has the receipt of one that takes this long. */
const mine = async (transaction: { readonly to?: Hex; readonly data: Hex }) => {
  const hash = (await local.rpc('eth_sendTransaction', [
    { from: account.address, gas: MOST_GAS, ...transaction },
  ])) as Hex;
  return provider.reader.waitForTransactionReceipt({ hash, pollingInterval: 10 });
};

const deposit = async (): Promise<void> => {
  const amountMicroUsd = 200_000_000n;
  const mint = { kind: 'mint', to: account.address, amountMicroUsd, id: id('mint') } as const;
  assert.equal((await submit(provider, contracts, mint)).kind, 'mined');
  const signed = await signAuthorization(account, devDollarDomain(31_337, contracts.dollar), {
    ...{ kind: 'receive', to: contracts.arbiter, valueMicroUsd: amountMicroUsd, validAfter: 0n },
    ...{ validBefore: BigInt(2 * START), nonce: id('deposit') },
  });
  const { r, s, v } = parseSignature(signed.signature);
  const args = [amountMicroUsd, account.address, 0n, signed.validBefore, signed.nonce, Number(v), r, s];
  assert.equal(await arbiter('depositWithAuthorization', args), 'mined');
};

before(async () => {
  local = await startChain('--timestamp', String(START), '--hardfork', 'osaka');
  provider = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  ({ contracts } = unwrap(await deployOn(provider)));
  verifier = (await mine({ data: ProofVerifier.bytecode })).contractAddress!;
  proved = await provedRun(await modelOf(CHAINS['32 → 16 → 2']!));
  await deposit();
});
after(() => local.kill());

const claim = async (output: Uint8Array) => {
  const { timestamp } = await provider.reader.getBlock();
  const { run } = proved;
  const request = {
    ...{ requester: account.address, provider: zeroAddress, program: to0x(run.program), input: to0x(run.input) },
    ...{ verifier, price: 0n, bond: 50_000_000n, deadline: timestamp + 3600n },
    ...{ window: 3600, clock: 600, premiumPpm: 0, proofRequired: true, callback: zeroAddress, nonce: nonce++ },
  };
  const stated = { output: to0x(output), trace: to0x(run.trace) };
  assert.equal(await arbiter('claim', [request, '0x', stated.output, stated.trace, [], []]), 'mined');
  return { request, provider: account.address, ...stated };
};

const stateOf = async (of: unknown): Promise<number> => {
  const at = { abi: Arbiter.abi as Abi, address: contracts.arbiter } as const;
  const claimId = await provider.reader.readContract({ ...at, functionName: 'claimIdOf', args: [of] });
  return (await provider.reader.readContract({ ...at, functionName: 'stateOf', args: [claimId] })) as number;
};

test('a claim with a proof is final at once; another output with the same proof is not, nor are half a proof', async () => {
  const [right, wrong] = [await claim(proved.run.output), await claim(proved.run.input)];
  const proof = to0x(proved.proof);
  assert.equal(await arbiter('prove', [wrong, proof]), 'arbiter.not-shown');
  assert.equal(await arbiter('prove', [right, proof.slice(0, -64)]), 'arbiter.route-failed');
  assert.equal(await arbiter('refute', [wrong, 0, proof]), 'arbiter.not-shown');
  const data = encodeFunctionData({ abi: Arbiter.abi as Abi, functionName: 'prove', args: [right, proof] });
  assert.equal((await mine({ to: contracts.arbiter, data })).status, 'success');
  assert.equal(await stateOf(right), FINAL);
  assert.equal(await stateOf(wrong), CLAIMED);
});
