/** RPC and contract errors, translated at the edge: nothing of viem's leaves this package. */
import { type ErrorCode, type Problem, SuretyError, show } from '@surety/core';
import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  HttpRequestError,
  InsufficientFundsError,
  RpcRequestError,
  TimeoutError,
} from 'viem';

import { codeOfRevert, NEXT_OF_REVERT } from './reverts.ts';

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

const ofViem = (error: BaseError, rpcUrl: string): Problem => {
  const revert = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (revert instanceof ContractFunctionRevertedError && revert.data !== undefined) {
    return ofRevert(revert.data.errorName, revert.data.args ?? []);
  }
  if (error.walk((cause) => cause instanceof ContractFunctionZeroDataError) !== null) {
    return problem('chain.not-deployed', 'There is no contract where one was called.', 'Run `surety deploy` first.');
  }
  if (
    error.walk((cause) => cause instanceof InsufficientFundsError) !== null ||
    findMessage(error, /insufficient funds/i)
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
