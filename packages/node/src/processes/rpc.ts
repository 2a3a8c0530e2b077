/** The few JSON-RPC questions the supervisor asks a chain; everything else goes through the chain package. */
import { SuretyError } from '@surety/core';

const TIMEOUT_MS = 30_000;

type Answer<T> = { readonly result?: T; readonly error?: { readonly message: string } };

/** @throws {SuretyError} `process.start-failed` when the chain answers with an error; the fetch's error otherwise */
export const rpc = async <T>(url: string, method: string, params: readonly unknown[]): Promise<T> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = (await response.json()) as Answer<T>;
  if (answer.result !== undefined) return answer.result;
  throw new SuretyError({
    code: 'process.start-failed',
    message: `The chain answered ${method} with: ${answer.error?.message ?? 'nothing'}.`,
    next: 'Check that RPC_URL names a working JSON-RPC endpoint.',
  });
};

/** The chain's id, or undefined while it does not answer. */
export const chainIdOf = async (url: string): Promise<number | undefined> => {
  try {
    return Number(await rpc<string>(url, 'eth_chainId', []));
  } catch {
    return undefined;
  }
};
