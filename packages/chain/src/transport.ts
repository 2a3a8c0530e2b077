/**
 * JSON-RPC over HTTP with answers checked for their form: what stands at an RPC address may be anything, and a number that
 * is none must not surface as somebody's TypeError.
 */
import { BaseError, type HttpTransport, http, isHex } from 'viem';

const QUANTITIES: ReadonlySet<string> = new Set([
  'eth_blockNumber',
  'eth_chainId',
  'eth_estimateGas',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getTransactionCount',
  'eth_maxPriorityFeePerGas',
]);
const BYTES: ReadonlySet<string> = new Set(['eth_call', 'eth_getCode', 'eth_sendRawTransaction']);
const OBJECTS: ReadonlySet<string> = new Set(['eth_getBlockByNumber', 'eth_getTransactionReceipt', 'eth_feeHistory']);

const fits = (method: string, result: unknown): boolean => {
  if (QUANTITIES.has(method)) return typeof result === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(result);
  if (BYTES.has(method)) return isHex(result);
  if (OBJECTS.has(method)) return typeof result === 'object';
  return result !== undefined;
};

/** The transport of a connection. */
export const checkedHttp = (rpcUrl: string, timeoutSeconds: number): HttpTransport => {
  const open = http(rpcUrl, { timeout: timeoutSeconds * 1000, retryCount: 1, retryDelay: 100 });
  return (options) => {
    const inner = open(options);
    const request = async (args: { readonly method: string; readonly params?: unknown }): Promise<unknown> => {
      const result: unknown = await inner.request(args);
      if (fits(args.method, result)) return result;
      throw new BaseError(`${args.method} was answered with something else than it asks for.`);
    };
    return { ...inner, request: request as typeof inner.request };
  };
};
