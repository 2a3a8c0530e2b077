/** A test contract and what it imports, compiled by the npm solc alone: for tests that call Solidity out of TypeScript. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Abi, Hex } from 'viem';

type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Record<
    string,
    Record<
      string,
      {
        readonly abi: Abi;
        readonly evm: {
          readonly bytecode: { readonly object: string };
          readonly deployedBytecode: { readonly object: string };
        };
      }
    >
  >;
};

export const CONTRACTS = join(import.meta.dirname, '..', '..');

const IMPORT = /^import [^;]*?["']([^"']+)["'];/gms;

const { resolve } = createRequire(import.meta.url);

/** Of this repository below `contracts`, or of a package that is installed. */
const fileOf = (path: string): string => (path.startsWith('@') ? resolve(path) : join(CONTRACTS, path));

/** An entry and every file that it leads to by imports. */
const sourcesOf = (entry: string): Record<string, { readonly content: string }> => {
  const found = new Map<string, { readonly content: string }>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const content = readFileSync(fileOf(path), 'utf8');
    found.set(path, { content });
    for (const [, target = ''] of content.matchAll(IMPORT))
      visit(target.startsWith('.') ? normalize(join(dirname(path), target)) : target);
  };
  visit(entry);
  return Object.fromEntries(found);
};

/**
 * @param entry path below `contracts`
 * @param options.viaIR the deployed contracts are compiled without it
 * @returns `bytecode` deploys it; `code` is what then stands there, without immutables
 */
export const compileContract = (
  entry: string,
  name: string,
  options: { readonly viaIR: boolean },
): { readonly abi: Abi; readonly bytecode: Hex; readonly code: Hex } => {
  const solc = createRequire(import.meta.url)('solc') as { readonly compile: (input: string) => string };
  const settings = {
    evmVersion: 'cancun',
    viaIR: options.viaIR,
    optimizer: { enabled: true, runs: 10_000 },
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
  };
  const input = { language: 'Solidity', sources: sourcesOf(entry), settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const failed = output.errors?.filter((error) => error.severity === 'error') ?? [];
  if (failed.length > 0) throw new TypeError(failed.map((error) => error.formattedMessage).join('\n'));
  const { abi, evm } = output.contracts[entry]![name]!;
  return { abi, bytecode: `0x${evm.bytecode.object}`, code: `0x${evm.deployedBytecode.object}` };
};
