/** A local chain with the arbiter and the tensor verifier, and what calls on it cost. One side claims, the other disputes. */
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
import type { Run } from '@surety/proofs';
import { encodeFunctionData, type Hex, parseSignature, toHex, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Arbiter } from '../../packages/chain/src/generated/index.ts';
import { send } from '../../packages/chain/src/send.ts';
import { KEYS, startChain } from '../../packages/chain/test/local-chain.ts';

const { abi } = Arbiter;
const PREPAID_WEI = 10n ** 17n;
const BOND_MICRO_USD = 10_000_000n;
/** As much as the faucet gives at a time: for a hundred claims. */
const DEPOSIT_MICRO_USD = 1_000_000_000n;

type Claimed = Readonly<Record<string, unknown>>;

export type Court = {
  readonly claim: (run: Run) => Promise<Claimed>;
  /** Each of these returns the gas of the transaction, as the chain counted it. */
  readonly dispute: (claimed: Claimed, question: Uint8Array) => Promise<number>;
  readonly ask: (claimed: Claimed, question: Uint8Array) => Promise<number>;
  readonly answer: (claimed: Claimed, question: Uint8Array, answer: Uint8Array) => Promise<number>;
  /** @param disputed whether it builds on what the dispute recorded */
  readonly refute: (claimed: Claimed, disputed: boolean, proof: Uint8Array) => Promise<number>;
  readonly close: () => Promise<void>;
};

const deposit = async (chain: Chain, contracts: Contracts, key: string): Promise<void> => {
  const account = privateKeyToAccount(`0x${key}`);
  const valueMicroUsd = DEPOSIT_MICRO_USD;
  const id = toHex(BigInt(account.address), { size: 32 });
  await submit(chain, contracts, { kind: 'mint', to: account.address, amountMicroUsd: valueMicroUsd, id });
  const signed = await signAuthorization(account, devDollarDomain(31_337, contracts.dollar), {
    kind: 'receive',
    to: contracts.arbiter,
    valueMicroUsd,
    validAfter: 0n,
    validBefore: 2n ** 40n,
    nonce: id,
  });
  const { r, s, v } = parseSignature(signed.signature);
  const args = [valueMicroUsd, account.address, 0n, 2n ** 40n, id, Number(v), r, s] as const;
  const data = encodeFunctionData({ abi, functionName: 'depositWithAuthorization', args });
  const sent = await send(chain, { to: contracts.arbiter, data });
  if (sent.kind !== 'mined') throw new RangeError(JSON.stringify(sent));
};

export const openCourt = async (): Promise<Court> => {
  const local = await startChain();
  const [provider, challenger] = await Promise.all(
    [KEYS[0], KEYS[1]].map(async (key) => unwrap(await connect(local.rpcUrl, { key }))),
  );
  const { contracts } = unwrap(await deployOn(provider!));
  await deposit(provider!, contracts, KEYS[0]);
  await deposit(challenger!, contracts, KEYS[1]);
  const from = privateKeyToAccount(`0x${KEYS[0]}`).address;
  const call = async (chain: Chain, functionName: string, args: readonly unknown[], value = 0n): Promise<number> => {
    const data = encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
    const sent = await send(chain, { to: contracts.arbiter, data, value });
    if (sent.kind === 'mined') return Number(sent.gasUsed);
    // A busy chain may show the nonce taken a moment before it shows the receipt.
    if (sent.kind === 'lost' && sent.hash !== null) {
      const { status, gasUsed } = await chain.reader.waitForTransactionReceipt({ hash: sent.hash });
      if (status === 'success') return Number(gasUsed);
    }
    throw new RangeError(`${functionName}: ${JSON.stringify(sent, (_, x) => (typeof x === 'bigint' ? `${x}` : x))}`);
  };
  let nonce = 0n;
  return {
    claim: async ({ program, input, output, trace }) => {
      const request = {
        requester: from,
        provider: zeroAddress,
        program: to0x(program),
        input: to0x(input),
        verifier: contracts.tensorVerifier,
        price: 0n,
        bond: BOND_MICRO_USD,
        deadline: 2n ** 40n,
        window: 3_600,
        clock: 900,
        premiumPpm: 0,
        callback: zeroAddress,
        nonce: nonce++,
      };
      const told: readonly Hex[] = [to0x(output), to0x(trace)];
      await call(provider!, 'claim', [request, '0x', ...told, [], []]);
      return { request, provider: from, output: told[0], trace: told[1] };
    },
    dispute: (claimed, question) => call(challenger!, 'dispute', [claimed, to0x(question)], PREPAID_WEI),
    ask: (claimed, question) => call(challenger!, 'ask', [claimed, 1, to0x(question)], PREPAID_WEI),
    answer: (claimed, question, told) => call(provider!, 'answer', [claimed, 1, to0x(question), to0x(told)]),
    refute: (claimed, disputed, proof) => call(challenger!, 'refute', [claimed, disputed ? 1 : 0, to0x(proof)]),
    close: () => local.kill(),
  };
};
