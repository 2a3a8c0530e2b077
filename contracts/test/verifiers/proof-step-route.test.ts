/**
 * The route of proofs by steps under the arbiter, on a real chain: an honest claim outlives questions and a griefer, one without a
 * step or without its data is lost, and after each transaction all money is where it should be.
 */
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
import {
  answerStep,
  checkData,
  encodeStepQuestion,
  hashesIn,
  isWrong,
  narrowed,
  questionAt,
  type StepClaimed,
  type StepQuestion,
  wholeClaim,
} from '@surety/proofs/zk';
import { type Abi, encodeFunctionData, type Hex, keccak256, parseSignature, stringToHex, zeroAddress } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { Arbiter, DevDollar, ProofStepVerifier } from '../../../packages/chain/src/generated/index.ts';
import { send } from '../../../packages/chain/src/send.ts';
import { KEYS, type LocalChain, startChain } from '../../../packages/chain/test/local-chain.ts';
import { honestClaim, pretended } from '../../../packages/proofs/test/step-lies.ts';
import { CHAINS, chainProgram } from './chains.ts';

const START = 1_800_000_000;
const [OPEN, FINAL, VOID] = [1, 2, 3];
const [WINDOW_SECONDS, CLOCK_SECONDS] = [3_600, 600];
const BOND = 50_000_000n;
const DEPOSIT = 200_000_000n;
const PREPAID_WEI = 10n ** 16n;
const id = (text: string): Hex => keccak256(stringToHex(text));

type Side = { readonly chain: Chain; readonly account: PrivateKeyAccount };

let local: LocalChain;
let contracts: Contracts;
let verifier: Hex;
let provider: Side;
let challenger: Side;
let honest: StepClaimed;
let nonce = 0n;
/** Gas of the dearest answer. */
let dearest = 0n;
/** What the arbiter prepays for one: beyond it the provider would pay. */
const PREPAID_GAS = 1_000_000n;

const read = async <T>(functionName: string, ...args: readonly unknown[]): Promise<T> =>
  (await provider.chain.reader.readContract({
    abi: Arbiter.abi as Abi,
    address: contracts.arbiter,
    functionName,
    args,
  })) as T;

type Claim = Awaited<ReturnType<typeof claimOn>>;

const claims: Claim[] = [];

/** Tokens held = balances + bonds and stakes of what is open + burnt. */
const conserved = async (): Promise<void> => {
  const held = (await provider.chain.reader.readContract({
    abi: DevDollar.abi as Abi,
    address: contracts.dollar,
    functionName: 'balanceOf',
    args: [contracts.arbiter],
  })) as bigint;
  let sum = await read<bigint>('burnt');
  for (const { account } of [provider, challenger]) sum += await read<bigint>('balanceOf', account.address);
  const stake = await read<bigint>('stakeOf', BOND);
  for (const claim of claims) {
    const { state, openDisputes } = await statusOf(claim);
    if (state === OPEN) sum += BOND + stake * BigInt(openDisputes);
  }
  assert.equal(sum, held);
};

const call = async ({ chain }: Side, functionName: string, args: readonly unknown[], value = 0n): Promise<string> => {
  const data = encodeFunctionData({ abi: Arbiter.abi as Abi, functionName, args });
  const sent = await send(chain, { to: contracts.arbiter, data, value });
  if (sent.kind === 'mined' && functionName === 'answer' && sent.gasUsed > dearest) dearest = sent.gasUsed;
  await conserved();
  return sent.kind === 'mined' ? 'mined' : sent.kind === 'refused' ? sent.problem.code : sent.kind;
};

const statusOf = async (claim: Claim): Promise<{ readonly state: number; readonly openDisputes: number }> =>
  read('statusOf', await read<Hex>('claimIdOf', claim));

const pass = async (seconds: number): Promise<void> => {
  await local.rpc('evm_increaseTime', [seconds]);
  await local.rpc('evm_mine');
};

const balance = ({ account }: Side): Promise<bigint> => read('balanceOf', account.address);

const fund = async ({ chain, account }: Side): Promise<void> => {
  const mint = { kind: 'mint', to: account.address, amountMicroUsd: DEPOSIT, id: id(account.address) } as const;
  assert.equal((await submit(provider.chain, contracts, mint)).kind, 'mined');
  const signed = await signAuthorization(account, devDollarDomain(31_337, contracts.dollar), {
    ...{ kind: 'receive', to: contracts.arbiter, valueMicroUsd: DEPOSIT, validAfter: 0n },
    ...{ validBefore: BigInt(2 * START), nonce: id(`deposit ${account.address}`) },
  });
  const { r, s, v } = parseSignature(signed.signature);
  const args = [DEPOSIT, account.address, 0n, signed.validBefore, signed.nonce, Number(v), r, s];
  const data = encodeFunctionData({ abi: Arbiter.abi as Abi, functionName: 'depositWithAuthorization', args });
  assert.equal((await send(chain, { to: contracts.arbiter, data })).kind, 'mined');
};

const claimOn = async ({ run }: StepClaimed) => {
  const { timestamp } = await provider.chain.reader.getBlock();
  const { address } = provider.account;
  const request = {
    ...{ requester: address, provider: zeroAddress, program: to0x(run.program), input: to0x(run.input) },
    ...{ verifier, price: 0n, bond: BOND, deadline: timestamp + 3600n, window: WINDOW_SECONDS, clock: CLOCK_SECONDS },
    ...{ premiumPpm: 0, proofRequired: false, callback: zeroAddress, nonce: nonce++ },
  };
  return { request, provider: address, output: to0x(run.output), trace: to0x(run.trace) };
};

const post = async (of: StepClaimed): Promise<Claim> => {
  const claim = await claimOn(of);
  claims.push(claim);
  assert.equal(await call(provider, 'claim', [claim.request, '0x', claim.output, claim.trace, [], []]), 'mined');
  return claim;
};

const dispute = (claim: Claim, question: StepQuestion) =>
  call(challenger, 'dispute', [claim, to0x(encodeStepQuestion(question))], PREPAID_WEI);

const ask = (claim: Claim, question: StepQuestion) =>
  call(challenger, 'ask', [claim, 1, to0x(encodeStepQuestion(question))], PREPAID_WEI);

const answer = (claim: Claim, of: StepClaimed, question: StepQuestion) => {
  const bytes = encodeStepQuestion(question);
  return call(provider, 'answer', [claim, 1, to0x(bytes), to0x(answerStep(of, bytes))]);
};

before(async () => {
  local = await startChain('--timestamp', String(START), '--hardfork', 'osaka');
  [provider, challenger] = (await Promise.all(
    KEYS.slice(0, 2).map(async (key) => ({
      chain: unwrap(await connect(local.rpcUrl, { key })),
      account: privateKeyToAccount(`0x${key}`),
    })),
  )) as [Side, Side];
  ({ contracts } = unwrap(await deployOn(provider.chain)));
  const { account, chain } = provider;
  const transaction = { from: account.address, gas: '0xf00000', data: ProofStepVerifier.bytecode };
  const hash = (await local.rpc('eth_sendTransaction', [transaction])) as Hex;
  const { contractAddress } = await chain.reader.waitForTransactionReceipt({ hash, pollingInterval: 10 });
  verifier = contractAddress!;
  honest = await honestClaim(chainProgram(CHAINS['32 → 16 → 2']!));
  for (const side of [provider, challenger]) await fund(side);
});
after(() => local.kill());

test('data, records and steps are shown on demand; a griefer loses his stake, and the claim is final after its window', async (context) => {
  const atFirst = { provider: await balance(provider), challenger: await balance(challenger) };
  const claim = await post(honest);
  const questions: readonly StepQuestion[] = [
    { kind: 'chunks', first: 3, count: 64 },
    { kind: 'records', level: 3, first: 0, count: 128 },
    { kind: 'step', step: 100 },
    { kind: 'step', step: honest.program.steps.length },
  ];
  for (const [i, question] of questions.entries()) {
    assert.equal(await (i === 0 ? dispute(claim, question) : ask(claim, question)), 'mined');
    assert.equal(await answer(claim, honest, question), 'mined');
  }
  context.diagnostic(`the dearest answer: ${dearest} gas`);
  assert.ok(dearest < PREPAID_GAS);
  // No proof stands alone on this route, and nothing refutes.
  assert.equal(
    await call(provider, 'prove', [claim, to0x(answerStep(honest, Uint8Array.of(3, 0, 0, 0, 1)))]),
    'arbiter.not-shown',
  );
  assert.equal(await call(challenger, 'refute', [claim, 1, '0x']), 'arbiter.not-shown');
  await pass(CLOCK_SECONDS + 1);
  assert.equal(await call(provider, 'expire', [claim, 1]), 'mined');
  await pass(WINDOW_SECONDS);
  assert.equal(await call(provider, 'finalise', [claim]), 'mined');
  assert.equal((await statusOf(claim)).state, FINAL);
  const stake = await read<bigint>('stakeOf', BOND);
  assert.equal(await balance(provider), atFirst.provider + stake);
  assert.equal(await balance(challenger), atFirst.challenger - stake);
});

test('a proof that does not hold: the challenger ends at a step that has no answer, and the bond is lost', async () => {
  // The first word of the first column that is opened.
  const { offset } = honest.program.data.columns[0]!;
  const lying = pretended(honest, honest.data.with(offset + 3, honest.data[offset + 3]! ^ 1));
  const claim = await post(lying);
  const atFirst = await balance(challenger);
  const checked = checkData(lying.program, lying.run, lying.data);
  assert.equal(isWrong(checked, lying.recordTree.root), true);
  let focus = wholeClaim(checked);
  let wrong: number | null = null;
  for (let first = true; wrong === null; first = false) {
    const records = questionAt(focus);
    assert.equal(await (first ? dispute(claim, records) : ask(claim, records)), 'mined');
    assert.equal(await answer(claim, lying, records), 'mined');
    const hashes = hashesIn(checked.size, focus, answerStep(lying, encodeStepQuestion(records)));
    const next = narrowed(checked, focus, hashes)!;
    if (next.kind === 'step') wrong = next.step;
    else focus = next;
  }
  const step: StepQuestion = { kind: 'step', step: wrong };
  assert.equal(await ask(claim, step), 'mined');
  assert.equal(await answer(claim, lying, step), 'arbiter.route-failed');
  // Nor the honest one's: it is another claim's.
  assert.equal(await answer(claim, honest, step), 'arbiter.route-failed');
  await pass(CLOCK_SECONDS + 1);
  assert.equal(await call(challenger, 'expire', [claim, 1]), 'mined');
  assert.equal((await statusOf(claim)).state, VOID);
  const { rewardPpm } = await read<{ readonly rewardPpm: number }>('shares');
  assert.equal(await balance(challenger), atFirst + (BOND * BigInt(rewardPpm)) / 1_000_000n);
  assert.equal(await call(provider, 'finalise', [claim]), 'arbiter.claim-state');
});

test('whoever does not publish a piece of the data that is asked for loses', async () => {
  const claim = await post(honest);
  const question: StepQuestion = { kind: 'chunks', first: 0, count: 1 };
  assert.equal(await dispute(claim, question), 'mined');
  // Other data than was committed to is no answer.
  const other = pretended(honest, honest.data.with(0, honest.data[0]! ^ 1));
  assert.equal(await answer(claim, other, question), 'arbiter.route-failed');
  assert.equal(await call(challenger, 'expire', [claim, 1]), 'arbiter.clock-running');
  await pass(CLOCK_SECONDS + 1);
  assert.equal(await answer(claim, honest, question), 'arbiter.clock-run-out');
  assert.equal(await call(challenger, 'expire', [claim, 1]), 'mined');
  assert.equal((await statusOf(claim)).state, VOID);
});
