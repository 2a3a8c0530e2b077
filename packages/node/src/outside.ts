/** What built-in analysts may use of the world outside: the node's own chain, the network, a language model. */
import { type LlmContext, type NetworkContext, nodeNetwork, type ReadContext } from '@surety/analysts';
import { ok, type Result, refuse } from '@surety/core';
import type { NodeConfig } from './config.ts';

/** Seconds for which `auto` leaves the network alone after no name could be resolved. */
const MUTED_SECONDS = 600;
const RPC_TIMEOUT_MS = 3_000;

/** Resolver failures that say "no network here"; a name that does not exist is an answer. */
const OFFLINE = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'ETIMEOUT', 'ETIMEDOUT']);

/** The language model of `SURETY_LLM_*`: absent without a key. */
export const readLlm = (env: Readonly<Record<string, string | undefined>>): Result<LlmContext | undefined> => {
  const apiKey = env.SURETY_LLM_KEY;
  if (!apiKey) return ok(undefined);
  const protocol = env.SURETY_LLM_PROTOCOL || 'openai';
  if (protocol !== 'openai' && protocol !== 'anthropic') {
    return refuse({
      code: 'config.invalid',
      message: `SURETY_LLM_PROTOCOL is '${protocol}', which is none of openai, anthropic.`,
      next: 'Set it to the protocol that your endpoint speaks.',
      field: 'SURETY_LLM_PROTOCOL',
      value: protocol,
      limit: 'openai | anthropic',
    });
  }
  const baseUrl = env.SURETY_LLM_URL;
  const model = env.SURETY_LLM_MODEL;
  if (!baseUrl || !model) {
    return refuse({
      code: 'config.invalid',
      message: 'SURETY_LLM_KEY is set, but not where to and for which model.',
      next: 'Set SURETY_LLM_URL and SURETY_LLM_MODEL too, or unset SURETY_LLM_KEY.',
      field: baseUrl ? 'SURETY_LLM_MODEL' : 'SURETY_LLM_URL',
    });
  }
  return ok({ protocol, baseUrl, apiKey, model });
};

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
  readonly llm: LlmContext | undefined;
  readonly now: () => number;
};

/** Makes the context of each reading. */
export const outside = ({ mode, rpcUrl, chainId, llm, now }: OutsideOptions): (() => ReadContext) => {
  const network = networkOf(mode, now);
  const rpc = rpcOf(rpcUrl, chainId);
  return () => {
    const reachable = network();
    return {
      nowSeconds: now(),
      rpc,
      ...(reachable !== undefined && { network: reachable }),
      ...(llm !== undefined && { llm }),
    };
  };
};
