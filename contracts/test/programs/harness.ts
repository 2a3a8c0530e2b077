/** `ProgramCommitment` as functions, in Hardhat's in-process network. */
import { dirname } from 'node:path';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { type Abi, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { CONTRACTS, compileContract } from '../support/compile.ts';

const ADDRESS = '0x00000000000000000000000000000000000c0117';

/** The harness as it is compiled for gas figures too: with the settings of the deployed contracts. */
export const compileProgramCommitment = (): { readonly abi: Abi; readonly code: Hex } =>
  compileContract('test/programs/ProgramCommitmentHarness.sol', 'ProgramCommitmentHarness', { viaIR: false });

export type Harness = {
  /** What a function of the harness returns. */
  readonly call: (functionName: string, ...args: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

export const openHarness = async (): Promise<Harness> => {
  const { abi, code } = compileProgramCommitment();
  const networks = { programs: { type: 'edr-simulated', chainType: 'l1' } } as const;
  const hre = await createHardhatRuntimeEnvironment({ networks }, {}, dirname(CONTRACTS));
  const connection = await hre.network.connect('programs');
  const request = (method: string, params: unknown[]): Promise<unknown> =>
    connection.provider.request({ method, params });
  await request('hardhat_setCode', [ADDRESS, code]);
  return {
    call: async (functionName, ...args) => {
      const data = encodeFunctionData({ abi, functionName, args });
      const result = (await request('eth_call', [{ to: ADDRESS, data }, 'latest'])) as Hex;
      return decodeFunctionResult({ abi, functionName, data: result });
    },
    close: () => connection.close(),
  };
};
