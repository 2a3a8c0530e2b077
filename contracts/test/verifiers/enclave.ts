/** `EnclaveKeys` and `EnclaveVerifier`, in Hardhat's in-process network at the time of development attestations. */
import { dirname } from 'node:path';
import { unwrap } from '@surety/core';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import {
  type Abi,
  decodeErrorResult,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
} from 'viem';
import { EnclaveKeys, EnclaveVerifier } from '../../../packages/chain/src/generated/index.ts';
import { INTEL_ROOT, type QuoteParts, quoteParts, readTdxQuote } from '../../../packages/proofs/src/enclave/index.ts';
import { keys, MADE_AT } from '../../../packages/proofs/test/development.ts';
import { type QuoteParts as DevelopmentParts, FMSPC } from '../../../packages/proofs/test/development-tdx.ts';
import { CONTRACTS } from '../support/compile.ts';

const hex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`;
const halves = (bytes: Uint8Array): readonly [Hex, Hex] => [hex(bytes.subarray(0, 32)), hex(bytes.subarray(32, 64))];
const numbers = (bytes: Uint8Array): readonly [bigint, bigint] => {
  const [r, s] = halves(bytes);
  return [BigInt(r), BigInt(s)];
};

/** What `register` takes, of a development quote's parts. */
export const partsArgument = (parts: DevelopmentParts): QuoteParts => ({
  signed: hex(parts.signed),
  signature: numbers(parts.signature),
  attestationKey: halves(parts.attestationKey),
  qeReport: hex(parts.qeReport),
  qeSignature: numbers(parts.qeSignature),
  authData: hex(parts.authData),
  pck: hex(parts.pck),
  ca: hex(parts.ca),
});

/** The same of a whole quote. */
export const quoteArgument = (bytes: Uint8Array): QuoteParts => unwrap(quoteParts(unwrap(readTdxQuote(bytes))));

/** Coordinates of the key in a root's certificate. */
const INTEL_KEY = Buffer.from(INTEL_ROOT.certificate);
const intelPoint = (): Buffer => {
  const at = INTEL_KEY.indexOf(Buffer.from('03420004', 'hex')) + 4;
  return INTEL_KEY.subarray(at, at + 64);
};

const ROOTS = { development: (): Uint8Array => keys.root.point, intel: intelPoint } as const;

const floor = (fmspc: string, sgxSvn: string, pceSvn: number, teeTcbSvn: string) => ({
  fmspc: `0x${fmspc}` as Hex,
  sgxSvn: `0x${sgxSvn.padEnd(32, '0')}` as Hex,
  pceSvn,
  teeTcbSvn: `0x${teeTcbSvn.padEnd(32, '0')}` as Hex,
});

/** The development machine as its collateral calls it up to date, and Intel's of its collateral of 2025. */
const FLOORS = {
  development: [floor(FMSPC, '05'.repeat(16), 13, '070105')],
  intel: [
    floor('b0c06f000000', '0202020203010005', 11, '050102'),
    floor('90c06f000000', '0303020204010005', 13, '050103'),
  ],
} as const;

/** What `EnclaveKeys` is deployed with: root, a lifetime of 30 days, the least quoting enclave, and the floors. */
export const deployArguments = (root: keyof typeof ROOTS) =>
  [...halves(ROOTS[root]()), 30 * 86_400, 4, FLOORS[root]] as const;

type Contract = { readonly abi: Abi; readonly address: Hex };
export type Outcome =
  | { readonly ok: true; readonly value: unknown; readonly gas: bigint }
  | { readonly ok: false; readonly failure: string; readonly about: string };

export type EnclaveChain = {
  readonly keys: Contract;
  readonly verifier: (measurement: Hex) => Promise<Contract>;
  /** What a call returns, or the error it reverts with; nothing is changed. */
  readonly call: (contract: Contract, functionName: string, ...args: readonly unknown[]) => Promise<Outcome>;
  /** The same of a transaction, with its gas. */
  readonly send: (contract: Contract, functionName: string, ...args: readonly unknown[]) => Promise<Outcome>;
  readonly request: (method: string, ...params: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

const text = (part: unknown): string =>
  typeof part === 'string' && part.length === 66
    ? Buffer.from(part.slice(2), 'hex').toString().replaceAll('\0', '')
    : `${part}`;

const failureOf = (abi: Abi, error: unknown): Outcome => {
  const { data, message } = error as { readonly data?: Hex | { readonly data?: Hex }; readonly message?: string };
  const bytes = typeof data === 'string' ? data : data?.data;
  if (bytes === undefined || bytes === '0x') return { ok: false, failure: 'reverted', about: message ?? '' };
  const { errorName, args } = decodeErrorResult({ abi, data: bytes });
  return { ok: false, failure: errorName, about: (args ?? []).map(text).join(' ') };
};

/**
 * @param options.root whose key is pinned
 * @param options.hardfork `osaka` has the P-256 precompile, `cancun` has not
 */
export const openEnclave = async (options: {
  readonly root: keyof typeof ROOTS;
  readonly hardfork?: 'osaka' | 'cancun';
}): Promise<EnclaveChain> => {
  const network = {
    type: 'edr-simulated',
    chainType: 'l1',
    hardfork: options.hardfork ?? 'osaka',
    initialDate: new Date(MADE_AT * 1000),
  } as const;
  const hre = await createHardhatRuntimeEnvironment({ networks: { enclave: network } }, {}, dirname(CONTRACTS));
  const connection = await hre.network.connect('enclave');
  const request = (method: string, ...params: readonly unknown[]): Promise<unknown> =>
    connection.provider.request({ method, params: [...params] });
  const [from] = (await request('eth_accounts')) as Hex[];
  const receipt = async (transaction: object) => {
    const hash = await request('eth_sendTransaction', { from, gas: '0xf00000', ...transaction });
    return (await request('eth_getTransactionReceipt', hash)) as { contractAddress: Hex; gasUsed: Hex };
  };
  const deploy = async (of: { readonly abi: unknown; readonly bytecode: Hex }, args: readonly unknown[]) => {
    const abi = of.abi as Abi;
    const data = encodeDeployData({ abi, bytecode: of.bytecode, args });
    return { abi, address: (await receipt({ data })).contractAddress };
  };
  const contract = await deploy(EnclaveKeys, deployArguments(options.root));
  const call: EnclaveChain['call'] = async ({ abi, address }, functionName, ...args) => {
    const data = encodeFunctionData({ abi, functionName, args });
    try {
      const returned = (await request('eth_call', { from, to: address, data, gas: '0xf00000' }, 'latest')) as Hex;
      return { ok: true, value: decodeFunctionResult({ abi, functionName, data: returned }), gas: 0n };
    } catch (error) {
      return failureOf(abi, error);
    }
  };
  const send: EnclaveChain['send'] = async ({ abi, address }, functionName, ...args) => {
    const data = encodeFunctionData({ abi, functionName, args });
    try {
      const { gasUsed } = await receipt({ to: address, data });
      return { ok: true, value: null, gas: BigInt(gasUsed) };
    } catch (error) {
      return failureOf(abi, error);
    }
  };
  return {
    keys: contract,
    verifier: (measurement) => deploy(EnclaveVerifier, [contract.address, measurement]),
    call,
    send,
    request,
    close: () => connection.close(),
  };
};
