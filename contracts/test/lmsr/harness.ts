/** The Solidity library as a function: compiled by the npm solc alone and called in Hardhat's in-process network. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { type Abi, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';

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

type Compiled = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Record<
    string,
    Record<string, { readonly abi: Abi; readonly evm: { readonly deployedBytecode: { readonly object: string } } }>
  >;
};

const CONTRACTS = join(import.meta.dirname, '..', '..');
const ENTRY = 'test/lmsr/LmsrHarness.sol';
const ADDRESS = '0x00000000000000000000000000000000005ca1ab';
const FROM = '0x000000000000000000000000000000000000c0de';

const sources = (): Record<string, { readonly content: string }> =>
  Object.fromEntries(
    [ENTRY, 'src/lmsr/Lmsr.sol', 'src/lmsr/LmsrTables.sol'].map((path) => [
      path,
      { content: readFileSync(join(CONTRACTS, path), 'utf8') },
    ]),
  );

const compile = (): { readonly abi: Abi; readonly code: Hex } => {
  const solc = createRequire(import.meta.url)('solc') as { readonly compile: (input: string) => string };
  const settings = {
    evmVersion: 'cancun',
    viaIR: true,
    optimizer: { enabled: true, runs: 10_000 },
    outputSelection: { '*': { '*': ['abi', 'evm.deployedBytecode.object'] } },
  };
  const output = JSON.parse(
    solc.compile(JSON.stringify({ language: 'Solidity', sources: sources(), settings })),
  ) as Compiled;
  const failed = output.errors?.filter((error) => error.severity === 'error') ?? [];
  if (failed.length > 0) throw new TypeError(failed.map((error) => error.formattedMessage).join('\n'));
  const { abi, evm } = output.contracts[ENTRY]!.LmsrHarness!;
  return { abi, code: `0x${evm.deployedBytecode.object}` };
};

/** Compiles the harness and puts it on a chain of its own. */
export const openHarness = async (): Promise<Harness> => {
  const { abi, code } = compile();
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
