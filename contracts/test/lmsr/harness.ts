/** The Solidity library as a function: compiled by the npm solc alone and called in Hardhat's in-process network. */
import { dirname } from 'node:path';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { CONTRACTS, compileContract } from '../support/compile.ts';

/** One call of the cost function. Quantities and delta are micro-shares. */
export type Case = {
  readonly subsidyMicroUsd: bigint;
  readonly quantities: readonly bigint[];
  readonly outcome: bigint;
  readonly delta: bigint;
};

/** What the library says; `failure` is the selector of its error, `0x00000000` for none. */
export type Answer = {
  readonly perOctaveQ64: bigint;
  readonly costQ192: bigint;
  readonly costMicroUsd: bigint;
  readonly priceE9: bigint;
  readonly failure: Hex;
};

export type Harness = {
  readonly answers: (cases: readonly Case[]) => Promise<readonly Answer[]>;
  /** Unrounded costs of valid cases; quicker than {@link Harness.answers}. */
  readonly costsQ192: (cases: readonly Case[]) => Promise<readonly bigint[]>;
  readonly exp2: (fraction: bigint) => Promise<bigint>;
  readonly log2: (value: bigint) => Promise<bigint>;
  /** Gas of one `cost` call, calldata and the base fee of a transaction included. */
  readonly gas: (one: Case) => Promise<bigint>;
  readonly close: () => Promise<void>;
};

const ADDRESS = '0x00000000000000000000000000000000005ca1ab';
const FROM = '0x000000000000000000000000000000000000c0de';

/** Compiles the harness and puts it on a chain of its own. */
export const openHarness = async (): Promise<Harness> => {
  const { abi, code } = compileContract('test/lmsr/LmsrHarness.sol', 'LmsrHarness', { viaIR: true });
  const hre = await createHardhatRuntimeEnvironment(
    { networks: { lmsr: { type: 'edr-simulated', chainType: 'l1', allowUnlimitedContractSize: true } } },
    {},
    dirname(CONTRACTS),
  );
  const connection = await hre.network.connect('lmsr');
  const request = (method: string, params: unknown[]): Promise<unknown> =>
    connection.provider.request({ method, params });
  await request('hardhat_setCode', [ADDRESS, code]);
  const call = async (functionName: string, args: readonly unknown[]): Promise<unknown> => {
    const data = encodeFunctionData({ abi, functionName, args });
    const result = (await request('eth_call', [{ from: FROM, to: ADDRESS, data, gas: '0xe4e1c0' }, 'latest'])) as Hex;
    return decodeFunctionResult({ abi, functionName, data: result });
  };
  return {
    answers: async (cases) => (await call('answers', [cases])) as readonly Answer[],
    costsQ192: async (cases) => (await call('costsQ192', [cases])) as readonly bigint[],
    exp2: async (fraction) => (await call('exp2', [fraction])) as bigint,
    log2: async (value) => (await call('log2', [value])) as bigint,
    gas: async ({ subsidyMicroUsd, quantities, outcome, delta }) => {
      const args = [subsidyMicroUsd, quantities, outcome, delta];
      const data = encodeFunctionData({ abi, functionName: 'cost', args });
      return BigInt((await request('eth_estimateGas', [{ from: FROM, to: ADDRESS, data }])) as Hex);
    },
    close: () => connection.close(),
  };
};
