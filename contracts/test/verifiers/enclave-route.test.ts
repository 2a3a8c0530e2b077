/** The enclave route under the arbiter, on a real chain: quote → key → signed run → a claim that is final at once. */
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
import { parseAddress, type SigningDomain, unwrap } from '@surety/core';
import {
  type Abi,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseSignature,
  stringToHex,
  zeroAddress,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Arbiter, EnclaveKeys, EnclaveVerifier } from '../../../packages/chain/src/generated/index.ts';
import { send } from '../../../packages/chain/src/send.ts';
import { KEYS, type LocalChain, startChain } from '../../../packages/chain/test/local-chain.ts';
import { keyReportData, readTdxQuote, signRun, tdMeasurement } from '../../../packages/proofs/src/enclave/index.ts';
import { ENCLAVE_SECRET, enclaveAddressBytes, MADE_AT } from '../../../packages/proofs/test/development.ts';
import { tdxQuote } from '../../../packages/proofs/test/development-tdx.ts';
import { deployArguments, partsArgument } from './enclave.ts';

const [FINAL, VOID, ANNULLED] = [2, 3, 4];
const CLOCK_SECONDS = 600;
const QUESTION: Hex = '0x2a';
const id = (text: string): Hex => keccak256(stringToHex(text));
const bytes = (hex: Hex): Uint8Array => Buffer.from(hex.slice(2), 'hex');

let local: LocalChain;
let contracts: Contracts;
let provider: Chain;
let challenger: Chain;
let domain: SigningDomain;
let nonce = 0n;
const account = { provider: privateKeyToAccount(`0x${KEYS[0]}`), challenger: privateKeyToAccount(`0x${KEYS[1]}`) };

/** Whether a call to a contract was mined, and not reverted. */
const call = async (chain: Chain, to: Hex, abi: Abi, functionName: string, args: readonly unknown[], value = 0n) => {
  const sent = await send(chain, { to, data: encodeFunctionData({ abi, functionName, args }), value });
  return sent.kind === 'mined' ? 'mined' : sent.kind === 'refused' ? sent.problem.code : sent.kind;
};
const arbiter = (chain: Chain, functionName: string, args: readonly unknown[], value = 0n) =>
  call(chain, contracts.arbiter, Arbiter.abi as Abi, functionName, args, value);

const deploy = async (abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<Hex> => {
  const data = encodeDeployData({ abi, bytecode, args });
  const hash = (await local.rpc('eth_sendTransaction', [
    { from: account.challenger.address, data, gas: '0xf00000' },
  ])) as Hex;
  const receipt = await provider.reader.waitForTransactionReceipt({ hash, pollingInterval: 10 });
  return receipt.contractAddress!;
};

const deposit = async (chain: Chain, name: keyof typeof account): Promise<void> => {
  const { address } = account[name];
  const amountMicroUsd = 200_000_000n;
  assert.equal(
    (await submit(chain, contracts, { kind: 'mint', to: address, amountMicroUsd, id: id(name) })).kind,
    'mined',
  );
  const signed = await signAuthorization(account[name], devDollarDomain(31_337, contracts.dollar), {
    ...{ kind: 'receive', to: contracts.arbiter, valueMicroUsd: amountMicroUsd, validAfter: 0n },
    ...{ validBefore: BigInt(2 * MADE_AT), nonce: id('deposit') },
  });
  const { r, s, v } = parseSignature(signed.signature);
  const args = [amountMicroUsd, address, 0n, signed.validBefore, signed.nonce, Number(v), r, s];
  assert.equal(await arbiter(chain, 'depositWithAuthorization', args), 'mined');
};

before(async () => {
  local = await startChain('--timestamp', String(MADE_AT), '--hardfork', 'osaka');
  provider = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  challenger = unwrap(await connect(local.rpcUrl, { key: KEYS[1] }));
  ({ contracts } = unwrap(await deployOn(provider)));
  const keys = await deploy(EnclaveKeys.abi as Abi, EnclaveKeys.bytecode, deployArguments('development'));
  const measurement = tdMeasurement(unwrap(readTdxQuote(tdxQuote().quote)).report.measured);
  const verifier = await deploy(EnclaveVerifier.abi as Abi, EnclaveVerifier.bytecode, [keys, measurement]);
  domain = { chainId: 31_337, verifyingContract: unwrap(parseAddress(verifier, { lenient: true })) };
  const block = (await provider.reader.getBlockNumber({ cacheTime: 0 })) - 1n;
  const at = { abi: EnclaveKeys.abi, address: keys } as const;
  const challenge = await provider.reader.readContract({ ...at, functionName: 'challengeOf', args: [block] });
  const quote = partsArgument(tdxQuote({ reportData: keyReportData(bytes(challenge), enclaveAddressBytes()) }));
  assert.equal(await call(provider, keys, EnclaveKeys.abi as Abi, 'register', [quote, block]), 'mined');
  await deposit(provider, 'provider');
  await deposit(challenger, 'challenger');
});
after(() => local.kill());

/** A claim of the provider's own, and the enclave's signature of the run that it states. */
const claim = async (output: string, proofRequired = false) => {
  const { timestamp } = await provider.reader.getBlock();
  const request = {
    ...{ requester: account.provider.address, provider: zeroAddress, program: id('program'), input: id('input') },
    ...{ verifier: domain.verifyingContract, price: 0n, bond: 50_000_000n, deadline: timestamp + 3600n },
    ...{ window: 3600, clock: CLOCK_SECONDS, premiumPpm: 0, proofRequired, callback: zeroAddress, nonce: nonce++ },
  };
  const stated = { output: id(output), trace: id('trace') };
  assert.equal(await arbiter(provider, 'claim', [request, '0x', stated.output, stated.trace, [], []]), 'mined');
  const run = {
    program: bytes(request.program),
    input: bytes(request.input),
    output: bytes(stated.output),
    trace: bytes(stated.trace),
  };
  const proof = signRun(run, { domain, secretKey: ENCLAVE_SECRET });
  return { claim: { request, provider: account.provider.address, ...stated }, proof };
};
const stateOf = async (of: unknown): Promise<number> => {
  const at = { abi: Arbiter.abi as Abi, address: contracts.arbiter } as const;
  const claimId = await provider.reader.readContract({ ...at, functionName: 'claimIdOf', args: [of] });
  return (await provider.reader.readContract({ ...at, functionName: 'stateOf', args: [claimId] })) as number;
};

test("a claim with the enclave's signature is final at once; with another run's it is not", async () => {
  const [good, other] = [await claim('right'), await claim('other')];
  assert.equal(await arbiter(provider, 'prove', [other.claim, good.proof]), 'arbiter.not-shown');
  assert.equal(await arbiter(challenger, 'prove', [good.claim, good.proof]), 'mined');
  assert.equal(await stateOf(good.claim), FINAL);
});

test('whoever claims without a signature loses to any question; whoever has one answers it', async () => {
  const [signed, unsigned] = [await claim('signed'), await claim('unsigned')];
  const prepaid = 10n ** 16n;
  for (const { claim: of } of [signed, unsigned]) {
    assert.equal(await arbiter(challenger, 'dispute', [of, QUESTION], prepaid), 'mined');
  }
  assert.equal(await arbiter(provider, 'answer', [unsigned.claim, 1, QUESTION, '0x']), 'arbiter.not-shown');
  assert.equal(await arbiter(provider, 'answer', [signed.claim, 1, QUESTION, signed.proof]), 'mined');
  await local.rpc('evm_increaseTime', [CLOCK_SECONDS + 1]);
  await local.rpc('evm_mine');
  assert.equal(await arbiter(challenger, 'expire', [unsigned.claim, 1]), 'mined');
  assert.equal(await stateOf(unsigned.claim), VOID);
  assert.equal(await arbiter(challenger, 'prove', [signed.claim, signed.proof]), 'mined');
  assert.equal(await stateOf(signed.claim), FINAL);
});

test('where a proof is asked for, nobody is paid for silence', async () => {
  const [proved, silent] = [await claim('proved', true), await claim('silent', true)];
  assert.equal(await arbiter(provider, 'prove', [proved.claim, proved.proof]), 'mined');
  await local.rpc('evm_increaseTime', [3601]);
  await local.rpc('evm_mine');
  assert.equal(await arbiter(provider, 'prove', [silent.claim, silent.proof]), 'arbiter.window-over');
  assert.equal(await arbiter(challenger, 'finalise', [silent.claim]), 'mined');
  assert.equal(await stateOf(proved.claim), FINAL);
  assert.equal(await stateOf(silent.claim), ANNULLED);
});
