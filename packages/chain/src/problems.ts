/** RPC and contract errors, translated at the edge: nothing of viem's leaves this package. */
import { type ErrorCode, type Problem, SuretyError, show } from '@surety/core';
import {
  type Abi,
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  decodeErrorResult,
  type Hex,
  HttpRequestError,
  InsufficientFundsError,
  isHex,
  RpcRequestError,
  TimeoutError,
} from 'viem';

import * as generated from './generated/index.ts';
import { codeOfRevert, NEXT_OF_REVERT } from './reverts.ts';

/** Every custom error that a call to one of our contracts can end in, whichever contract it came from. */
export const CONTRACT_ERRORS: Abi = Object.values(generated).flatMap(({ abi }) =>
  abi.filter(({ type }) => type === 'error'),
);

const problem = (code: ErrorCode, message: string, next: string, rest: Partial<Problem> = {}): Problem => ({
  code,
  message,
  next,
  ...rest,
});

export const unreachable = (rpcUrl: string): Problem =>
  problem('chain.unreachable', `No chain answers at ${rpcUrl}.`, 'Start the chain, or name another --rpc-url.', {
    field: 'rpcUrl',
    value: show(rpcUrl),
  });

const named = (name: string, values: readonly unknown[]): string =>
  values.length === 0 ? name : `${name}(${values.map(show).join(', ')})`;

const ofRevert = (name: string, values: readonly unknown[]): Problem => {
  const code = codeOfRevert(name);
  const next = NEXT_OF_REVERT[name] ?? 'Read the error of that name in the contract interface.';
  return problem(code, `The contract refused: ${named(name, values)}.`, next, { value: show(name) });
};

const findMessage = (error: BaseError, pattern: RegExp): boolean =>
  error.walk((cause) => pattern.test(String((cause as Error).message ?? ''))) !== null;

/** Messages by which nodes say that they keep no state of a block (geth, anvil, erigon, reth). */
const NO_HISTORY =
  /missing trie node|BlockOutOfRange|header not found|state .*not available|historical state|block not found/i;

const dataOf = (cause: unknown): Hex | undefined => {
  const data = (cause as { readonly data?: unknown }).data;
  return isHex(data) && data.length >= 10 ? data : undefined;
};

/** Name and values of the custom error that a call, an estimate or a read ended in. */
const revertOf = (error: BaseError): { readonly name: string; readonly values: readonly unknown[] } | undefined => {
  const decoded = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (decoded instanceof ContractFunctionRevertedError && decoded.data !== undefined) {
    return { name: decoded.data.errorName, values: decoded.data.args ?? [] };
  }
  const data = dataOf(error.walk((cause) => dataOf(cause) !== undefined) ?? {});
  if (data === undefined) return undefined;
  try {
    const { errorName, args } = decodeErrorResult({ abi: CONTRACT_ERRORS, data });
    return { name: errorName, values: args ?? [] };
  } catch {
    return undefined;
  }
};

const ofViem = (error: BaseError, rpcUrl: string): Problem => {
  const revert = revertOf(error);
  if (revert !== undefined) return ofRevert(revert.name, revert.values);
  if (error.walk((cause) => cause instanceof ContractFunctionZeroDataError) !== null) {
    return problem('chain.not-deployed', 'There is no contract where one was called.', 'Run `surety deploy` first.');
  }
  if (
    error.walk((cause) => cause instanceof InsufficientFundsError) !== null ||
    // The second where a key has less than the gas would cost at its price.
    findMessage(error, /insufficient funds|gas required exceeds allowance/i)
  ) {
    const next = 'Send some of the chain’s own currency to that address and try again.';
    return problem('chain.no-funds', 'The key cannot pay for the gas.', next);
  }
  if (findMessage(error, NO_HISTORY)) {
    const next = 'Wait for a few blocks; nothing was read.';
    return problem('chain.history-unavailable', 'The chain has no state of that block.', next);
  }
  if (error.walk((cause) => cause instanceof RpcRequestError || cause instanceof ContractFunctionRevertedError)) {
    const next = 'The text after the colon is the chain’s own reason.';
    return problem('chain.reverted', `The chain refused: ${error.shortMessage}`, next);
  }
  if (error.walk((cause) => cause instanceof HttpRequestError || cause instanceof TimeoutError) !== null) {
    return unreachable(rpcUrl);
  }
  return problem('chain.bad-response', `The chain answered: ${error.shortMessage}`, 'Check that it is an EVM chain.');
};

/** Anything thrown below this package as a problem. Bugs, which are no errors of the chain's, are thrown on. */
export const problemOf = (error: unknown, rpcUrl: string): Problem => {
  if (error instanceof SuretyError) return error.problem;
  if (error instanceof BaseError) return ofViem(error, rpcUrl);
  throw error;
};
