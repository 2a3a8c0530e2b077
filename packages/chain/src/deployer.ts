/**
 * The deterministic deployment proxy (https://github.com/Arachnid/deterministic-deployment-proxy): a contract at one
 * address on every chain, made by a transaction that has a signature but no key.
 */
import { ok, type Result, refuse } from '@surety/core';
import { concat, getContractAddress, type Hex } from 'viem';

import { type Chain, signerOf } from './client.ts';
import { problemOf } from './problems.ts';
import { type Call, send } from './send.ts';

export const CREATE2_DEPLOYER: Hex = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** The address that the keyless transaction recovers to, and what it needs: 100,000 gas at 100 gwei. */
export const KEYLESS_SENDER: Hex = '0x3fAB184622Dc19b6109349B94811493BF2a45362';
const KEYLESS_COST = 10_000_000_000_000_000n;
const KEYLESS_TRANSACTION: Hex = concat([
  '0xf8a58085174876e800830186a08080b853',
  '0x604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3',
  '0x1ba0',
  `0x${'22'.repeat(32)}`,
  '0xa0',
  `0x${'22'.repeat(32)}`,
]);

const hasCode = async (chain: Chain, address: Hex): Promise<boolean> =>
  ((await chain.reader.getCode({ address })) ?? '0x') !== '0x';

const sendKeyless = async (chain: Chain): Promise<void> => {
  const balance = await chain.reader.getBalance({ address: KEYLESS_SENDER });
  if (balance < KEYLESS_COST) {
    await send(chain, { to: KEYLESS_SENDER, data: '0x', value: KEYLESS_COST - balance });
  }
  const hash = await chain.reader.sendRawTransaction({ serializedTransaction: KEYLESS_TRANSACTION });
  await chain.reader.waitForTransactionReceipt({ hash, pollingInterval: 100, timeout: 60_000 });
};

/** Makes sure that the deployer is there; costs 0.01 of the chain's currency where it is not. */
export const ensureDeployer = async (chain: Chain): Promise<Result<true>> => {
  try {
    if (await hasCode(chain, CREATE2_DEPLOYER)) return ok(true);
    signerOf(chain);
    await sendKeyless(chain);
    if (await hasCode(chain, CREATE2_DEPLOYER)) return ok(true);
  } catch (error) {
    const problem = problemOf(error, chain.rpcUrl);
    if (problem.code !== 'chain.reverted' && problem.code !== 'chain.bad-response') return refuse(problem);
  }
  return refuse({
    code: 'chain.deployer-refused',
    message: `The chain has no CREATE2 deployer at ${CREATE2_DEPLOYER} and does not take its keyless transaction.`,
    next: 'Ask who runs the chain to install it, or to allow transactions without a chain id.',
    value: CREATE2_DEPLOYER,
  });
};

/** The address of `initCode` under `salt`, the same on every chain. */
export const create2Address = (initCode: Hex, salt: Hex): Hex =>
  getContractAddress({ opcode: 'CREATE2', from: CREATE2_DEPLOYER, salt, bytecode: initCode });

/** The call that deploys `initCode` under `salt`. */
export const create2Call = (initCode: Hex, salt: Hex): Call => ({
  to: CREATE2_DEPLOYER,
  data: concat([salt, initCode]),
});

export const isDeployed = hasCode;
