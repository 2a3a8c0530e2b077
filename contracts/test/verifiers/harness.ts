/** Routes as they are deployed (`npm run build -w contracts`), as functions, in Hardhat's in-process network. */
import { dirname } from 'node:path';
import { to0x } from '@surety/core';
import type { Run } from '@surety/proofs';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { type Abi, decodeErrorResult, decodeFunctionResult, encodeFunctionData, type Hex, hexToBytes } from 'viem';
import { ProofStepVerifier, ProofVerifier, TensorVerifier } from '../../../packages/chain/src/generated/index.ts';
import { CONTRACTS } from '../support/compile.ts';

/** More than any proof needs. */
const GAS = '0xf42400';
const HOLDS = ['not-shown', 'shown', 'refuted', 'doubted'] as const;

export type Said = {
  readonly holds: (typeof HOLDS)[number];
  readonly record: Uint8Array;
  /** Whether it found that nothing is shown, or did not get to a finding. */
  readonly reverted: boolean;
  /** The contract's error where it reverted with one. */
  readonly error: string | null;
};

type Arguments = readonly [run: Run, question: Uint8Array, record: Uint8Array, proof: Uint8Array];

export type Harness = {
  readonly verify: (...given: Arguments) => Promise<Said>;
  /** Gas of a transaction that does nothing else, as the hard fork counts it: base fee, calldata and its floor. */
  readonly gas: (...given: Arguments) => Promise<number>;
  readonly close: () => Promise<void>;
};

const REVERTED: Said = { holds: 'not-shown', record: new Uint8Array(32), reverted: true, error: null };

/** The contract's own error that a call failed with. */
const errorOf = (abi: Abi, failed: Error & { readonly data?: Hex | { readonly data?: Hex } }): string | null => {
  const data = typeof failed.data === 'object' ? failed.data.data : failed.data;
  return data === undefined || data === '0x' ? null : decodeErrorResult({ abi, data }).errorName;
};

export const openTensorVerifier = (): Promise<Harness> => openRoute(TensorVerifier);

export const openProofVerifier = (): Promise<Harness> => openRoute(ProofVerifier);

export const openProofStepVerifier = (): Promise<Harness> => openRoute(ProofStepVerifier);

type Contract = { readonly abi: unknown; readonly bytecode: Hex };

const openRoute = async (contract: Contract): Promise<Harness> => {
  const { bytecode } = contract;
  const abi = contract.abi as Abi;
  const networks = { verifier: { type: 'edr-simulated', chainType: 'l1' } } as const;
  const hre = await createHardhatRuntimeEnvironment({ networks }, {}, dirname(CONTRACTS));
  const connection = await hre.network.connect('verifier');
  const request = (method: string, params: unknown[]): Promise<unknown> =>
    connection.provider.request({ method, params });
  const [from] = (await request('eth_accounts', [])) as Hex[];
  const sent = await request('eth_sendTransaction', [{ from, data: bytecode, gas: GAS }]);
  const { contractAddress: to } = (await request('eth_getTransactionReceipt', [sent])) as { contractAddress: Hex };
  const callOf = ([{ program, input, output, trace }, ...rest]: Arguments) => {
    const run = { program: to0x(program), input: to0x(input), output: to0x(output), trace: to0x(trace) };
    const args = [run, ...rest.map((bytes) => to0x(bytes))];
    return { from, to, data: encodeFunctionData({ abi, functionName: 'verify', args }) };
  };
  return {
    verify: async (...given) => {
      const call = { ...callOf(given), gas: GAS };
      const result = await request('eth_call', [call, 'latest']).catch((error: Error) => {
        // Counts that nothing backs may ask for more memory than there is gas for.
        if (/revert|panic|out of gas/i.test(error.message)) return error;
        throw error;
      });
      if (result instanceof Error) return { ...REVERTED, error: errorOf(abi, result) };
      const returned = decodeFunctionResult({ abi, functionName: 'verify', data: result as Hex });
      const [holds, newRecord] = returned as unknown as [number, Hex];
      return { holds: HOLDS[holds]!, record: hexToBytes(newRecord), reverted: false, error: null };
    },
    gas: async (...given) => Number(await request('eth_estimateGas', [callOf(given)])),
    close: () => connection.close(),
  };
};
