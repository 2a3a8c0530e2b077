/** What claims, disputes and cover cost in whole transactions. The route is a trivial one: its own gas comes on top. */
import { type Chain, type Contracts, connect, devDollarDomain, signAuthorization, submit } from '@surety/chain';
import { unwrap } from '@surety/core';
import { encodeFunctionData, type Hex, keccak256, parseSignature, stringToHex, zeroAddress } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

import { Arbiter } from '../../packages/chain/src/generated/index.ts';
import { send } from '../../packages/chain/src/send.ts';
import { KEYS, type LocalChain } from '../../packages/chain/test/local-chain.ts';
import { compileContract } from '../test/support/compile.ts';

type Row = readonly [call: string, gas: bigint];
type Side = { readonly chain: Chain; readonly account: PrivateKeyAccount };

const { abi } = Arbiter;
const ROUTE: Hex = '0x00000000000000000000000000000000000a5b17';
const id = (text: string): Hex => keccak256(stringToHex(text));
const [PROGRAM, INPUT, TRACE] = [id('program'), id('input'), id('trace')];
/** Of the trivial route: what the program gives on the input. */
const RIGHT = keccak256(`${PROGRAM}${INPUT.slice(2)}`);
const [WINDOW_SECONDS, CLOCK_SECONDS] = [3_600, 900];
const PREPAID_WEI = 10n ** 16n;
/** Of the trivial route: a question that everybody can answer, and a kilobyte that answers it. */
const QUESTION: Hex = `0x01${'5a'.repeat(16)}`;
const ANSWER: Hex = `0x01${'5a'.repeat(1023)}`;
/** One that only an honest provider can answer. */
const HIDDEN: Hex = `0x02${'5a'.repeat(16)}`;
const [REFUTATION, PROOF]: Hex[] = ['01', '03'].map((kind): Hex => `0x${kind}${'5a'.repeat(31)}`);

const sides = (rpcUrl: string): Promise<Side[]> =>
  Promise.all(
    KEYS.map(async (key) => ({
      chain: unwrap(await connect(rpcUrl, { key })),
      account: privateKeyToAccount(`0x${key}`),
    })),
  );

/** A ledger of rows, and calls of the arbiter that go into it. */
const caller = (local: LocalChain, arbiter: Hex, start: number) => {
  const rows: Row[] = [];
  let now = start;
  /** Each block one second after the last, whatever the wall clock says; noted unless `name` is empty. */
  const call = async (name: string, { chain }: Side, functionName: string, args: readonly unknown[], value = 0n) => {
    now += 1;
    await local.rpc('evm_setNextBlockTimestamp', [now]);
    const data = encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
    const sent = await send(chain, { to: arbiter, data, value });
    if (sent.kind !== 'mined') throw new RangeError(`${functionName}: ${JSON.stringify(sent)}`);
    if (name !== '') rows.push([`Arbiter.${name}`, sent.gasUsed]);
    return sent;
  };
  const wait = (seconds: number): void => {
    now += seconds;
  };
  return { rows, call, wait };
};

/** @param start Unix seconds after which the first transaction comes */
export const arbiterRows = async (local: LocalChain, contracts: Contracts, start: number): Promise<readonly Row[]> => {
  const { arbiter, dollar } = contracts;
  const [requester, provider, challenger] = (await sides(local.rpcUrl)) as [Side, Side, Side];
  const { rows, call, wait } = caller(local, arbiter, start);
  const { reader } = requester.chain;

  const deposit = async (name: string, side: Side): Promise<void> => {
    const to = side.account.address;
    await submit(side.chain, contracts, { kind: 'mint', to, amountMicroUsd: 500_000_000n, id: id(to) });
    const signed = await signAuthorization(side.account, devDollarDomain(31_337, dollar), {
      kind: 'receive',
      to: arbiter,
      valueMicroUsd: 400_000_000n,
      validAfter: 0n,
      validBefore: BigInt(2 * start),
      nonce: id('arbiter'),
    });
    const { from, valueMicroUsd, validAfter, validBefore, nonce } = signed;
    const { r, s, v } = parseSignature(signed.signature);
    const args = [valueMicroUsd, from, validAfter, validBefore, nonce, Number(v), r, s];
    await call(name, side, 'depositWithAuthorization', args);
  };

  let nonce = 0n;
  const claim = async (name: string, output: Hex) => {
    const request = {
      requester: requester.account.address,
      provider: zeroAddress,
      program: PROGRAM,
      input: INPUT,
      verifier: ROUTE,
      price: 1_000_000n,
      bond: 50_000_000n,
      deadline: BigInt(start + 86_400),
      window: WINDOW_SECONDS,
      clock: CLOCK_SECONDS,
      premiumPpm: 10_000,
      proofRequired: false,
      callback: zeroAddress,
      nonce: nonce++,
    };
    const at = { abi, address: arbiter, functionName: 'requestDigest', args: [request] } as const;
    const signature = await requester.account.sign({ hash: await reader.readContract(at) });
    await call(name, provider, 'claim', [request, signature, output, TRACE, [], []]);
    return { request, provider: provider.account.address, output, trace: TRACE };
  };

  /** Beside what the answer cost, what its provider is paid for, in gas. */
  const answer = async (name: string, disputed: unknown): Promise<void> => {
    const at = { abi, address: arbiter, functionName: 'owedNative', args: [provider.account.address] } as const;
    const before = await reader.readContract(at);
    const { hash } = await call(name, provider, 'answer', [disputed, 1, QUESTION, ANSWER]);
    const { effectiveGasPrice } = await reader.getTransactionReceipt({ hash });
    rows.push([`Arbiter.${name}: gas paid for`, ((await reader.readContract(at)) - before) / effectiveGasPrice]);
  };

  const { code } = compileContract('test/support/TruthVerifier.sol', 'TruthVerifier', { viaIR: false });
  await local.rpc('anvil_setCode', [ROUTE, code]);
  await deposit('depositWithAuthorization', requester);
  await deposit('', provider);
  await deposit('', challenger);

  const first = await claim('claim (first of a requester)', RIGHT);
  await call('reserveCover', requester, 'reserveCover', [first, 10_000_000n]);
  wait(WINDOW_SECONDS);
  await call('finalise', challenger, 'finalise', [first]);

  const second = await claim('claim (next)', RIGHT);
  await call('prove', provider, 'prove', [second, PROOF]);

  const third = await claim('', RIGHT);
  await call('dispute', challenger, 'dispute', [third, QUESTION], PREPAID_WEI);
  await answer('answer of 1,024 bytes (first)', third);
  await call('ask', challenger, 'ask', [third, 1, QUESTION], PREPAID_WEI);
  await answer('answer of 1,024 bytes (next)', third);
  await call('concede', challenger, 'concede', [third, 1]);

  const wrong = await claim('', TRACE);
  await call('', requester, 'reserveCover', [wrong, 10_000_000n]);
  await call('', challenger, 'dispute', [wrong, HIDDEN], PREPAID_WEI);
  wait(CLOCK_SECONDS);
  await call('expire', challenger, 'expire', [wrong, 1]);
  const claimId = await reader.readContract({ abi, address: arbiter, functionName: 'claimIdOf', args: [wrong] });
  await call('takeCover', requester, 'takeCover', [claimId]);
  await call('withdrawNative', challenger, 'withdrawNative', [challenger.account.address]);

  const refuted = await claim('', TRACE);
  await call('refute (without a dispute)', challenger, 'refute', [refuted, 0, REFUTATION]);
  await call('withdraw', challenger, 'withdraw', [1_000_000n]);
  return rows;
};
