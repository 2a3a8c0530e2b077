/**
 * What enclave keys cost, with development quotes: of the form and size of genuine ones. On a chain of their own, since
 * a quote answers the hash of a block, and any change of an earlier row would change that hash and its zero bytes.
 */
import { connect } from '@surety/chain';
import { parseAddress, to0x, unwrap } from '@surety/core';
import { type Abi, encodeDeployData, encodeFunctionData, getContractAddress, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { EnclaveKeys, EnclaveVerifier } from '../../packages/chain/src/generated/index.ts';
import { KEYS, startChain } from '../../packages/chain/test/local-chain.ts';
import { keyReportData, readTdxQuote, signRun, tdMeasurement } from '../../packages/proofs/src/enclave/index.ts';
import { ENCLAVE_SECRET, enclaveAddressBytes, MADE_AT } from '../../packages/proofs/test/development.ts';
import { PCK_SERIAL, pckCa, pckCrl, tdxQuote } from '../../packages/proofs/test/development-tdx.ts';
import { deployArguments, partsArgument } from '../test/verifiers/enclave.ts';

type Row = readonly [call: string, gas: bigint];

const from = privateKeyToAccount(`0x${KEYS[0]}`).address;
const run = Object.fromEntries(
  ['program', 'input', 'output', 'trace'].map((name, i) => [name, new Uint8Array(32).fill(i + 1)]),
) as {
  readonly program: Uint8Array;
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  readonly trace: Uint8Array;
};

/** @param hardfork `osaka` has the P-256 precompile and the floor of calldata's price, `cancun` has neither */
const measure = async (hardfork: 'osaka' | 'cancun') => {
  const local = await startChain('--timestamp', String(MADE_AT), '--hardfork', hardfork);
  const chain = unwrap(await connect(local.rpcUrl, {}));
  let now = MADE_AT;
  const send = async (transaction: { readonly to?: Hex; readonly data: Hex }): Promise<bigint> => {
    now += 1;
    await local.rpc('evm_setNextBlockTimestamp', [now]);
    const hash = (await local.rpc('eth_sendTransaction', [{ from, gas: '0xf00000', ...transaction }])) as Hex;
    const receipt = await chain.reader.waitForTransactionReceipt({ hash, pollingInterval: 10 });
    if (receipt.status !== 'success') throw new RangeError(`reverted: ${transaction.data.slice(0, 10)}`);
    return receipt.gasUsed;
  };
  let nonce = 0n;
  const deploy = async (abi: Abi, bytecode: Hex, args: readonly unknown[]) => {
    const address = getContractAddress({ from, nonce: nonce++ });
    return { address, gas: await send({ data: encodeDeployData({ abi, bytecode, args }) }) };
  };
  try {
    const registry = await deploy(EnclaveKeys.abi as Abi, EnclaveKeys.bytecode, deployArguments('development'));
    const measurement = tdMeasurement(unwrap(readTdxQuote(tdxQuote().quote)).report.measured) as Hex;
    const verifier = await deploy(EnclaveVerifier.abi as Abi, EnclaveVerifier.bytecode, [
      registry.address,
      measurement,
    ]);
    const keys = { abi: EnclaveKeys.abi, address: registry.address } as const;
    const register = async (): Promise<bigint> => {
      const block = (await chain.reader.getBlockNumber({ cacheTime: 0 })) - 1n;
      const challenge = await chain.reader.readContract({ ...keys, functionName: 'challengeOf', args: [block] });
      const reportData = keyReportData(Buffer.from(challenge.slice(2), 'hex'), enclaveAddressBytes());
      const args = [partsArgument(tdxQuote({ reportData })), block] as const;
      return send({ to: registry.address, data: encodeFunctionData({ ...keys, functionName: 'register', args }) });
    };
    const [first, renewed] = [await register(), await register()];
    const domain = { chainId: 31337, verifyingContract: unwrap(parseAddress(verifier.address)) };
    const argument = {
      program: to0x(run.program),
      input: to0x(run.input),
      output: to0x(run.output),
      trace: to0x(run.trace),
    };
    const proof = signRun(run, { domain, secretKey: ENCLAVE_SECRET }) as Hex;
    const verify = {
      ...{ abi: EnclaveVerifier.abi, address: verifier.address, account: from, functionName: 'verify' as const },
      args: [argument, '0x', `0x${'00'.repeat(32)}`, proof],
    } as const;
    const [holds] = await chain.reader.readContract(verify);
    if (holds !== 1) throw new RangeError('the run is not shown');
    const verified = (await chain.reader.estimateContractGas(verify)) - 21_000n;
    const serials = [...Array.from({ length: 99 }, (_, i) => BigInt(i) + 2n ** 150n), PCK_SERIAL];
    const list = [to0x(pckCrl(serials)), to0x(pckCa()), `0x${PCK_SERIAL.toString(16).padStart(10, '0')}`] as const;
    const revoke = encodeFunctionData({ ...keys, functionName: 'revokeCertificate', args: list });
    return {
      deployed: registry.gas,
      first,
      renewed,
      verified,
      revoked: await send({ to: registry.address, data: revoke }),
    };
  } finally {
    await local.kill();
  }
};

export const enclaveRows = async (): Promise<readonly Row[]> => {
  const [osaka, cancun] = [await measure('osaka'), await measure('cancun')];
  return [
    ['EnclaveKeys, deploying', osaka.deployed],
    ['EnclaveKeys.register (TDX quote, P-256 precompile)', osaka.first],
    ['EnclaveKeys.register (renewed)', osaka.renewed],
    ['EnclaveKeys.register (no P-256 precompile)', cancun.first],
    ['EnclaveKeys.revokeCertificate (last of 100 in the list)', osaka.revoked],
    ['EnclaveVerifier.verify (view)', osaka.verified],
  ];
};
