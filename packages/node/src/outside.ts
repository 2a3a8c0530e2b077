/** What built-in analysts may use of the world outside: the node's own chain and the network. */
import { type NetworkContext, nodeNetwork, type ReadContext } from '@surety/analysts';
import type { NodeConfig } from './config.ts';

/** Seconds for which `auto` leaves the network alone after no name could be resolved. */
const MUTED_SECONDS = 600;
const RPC_TIMEOUT_MS = 3_000;

/** Resolver failures that say "no network here"; a name that does not exist is an answer. */
const OFFLINE = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'ETIMEOUT', 'ETIMEDOUT']);

/** The network, which falls silent for a while in mode `auto` once it turns out not to be there. */
const networkOf = (mode: NodeConfig['network'], now: () => number): (() => NetworkContext | undefined) => {
  if (mode === 'off') return () => undefined;
  const network = nodeNetwork();
  let mutedUntil = 0;
  const resolve: NetworkContext['resolve'] = async (host) => {
    try {
      return await network.resolve(host);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (mode === 'auto' && code !== undefined && OFFLINE.has(code)) mutedUntil = now() + MUTED_SECONDS;
      throw cause;
    }
  };
  return () => (now() < mutedUntil ? undefined : { ...network, resolve });
};

/** JSON-RPC of the node's own chain; other chains are not served. */
const rpcOf =
  (rpcUrl: string, chainId: number): NonNullable<ReadContext['rpc']> =>
  async (wanted, method, params) => {
    if (wanted !== chainId) return null;
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(RPC_TIMEOUT_MS),
    });
    const { result } = (await response.json()) as { result?: unknown };
    return result ?? null;
  };

export type OutsideOptions = {
  readonly mode: NodeConfig['network'];
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly now: () => number;
};

/** Makes the context of each reading. */
export const outside = ({ mode, rpcUrl, chainId, now }: OutsideOptions): (() => ReadContext) => {
  const network = networkOf(mode, now);
  const rpc = rpcOf(rpcUrl, chainId);
  return () => {
    const reachable = network();
    return {
      nowSeconds: now(),
      rpc,
      ...(reachable !== undefined && { network: reachable }),
    };
  };
};
