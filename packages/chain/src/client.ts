/** One connection to one chain. */
import { ok, type Result, refuse, SuretyError } from '@surety/core';
import { createPublicClient, type HttpTransport, type PublicClient } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

import { problemOf, unreachable } from './problems.ts';
import { serially } from './serially.ts';
import { checkedHttp } from './transport.ts';

export type Chain = {
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly reader: PublicClient<HttpTransport>;
  /** Signs transactions; `undefined` for a read-only connection. */
  readonly account: PrivateKeyAccount | undefined;
  /** Runs one task after the other: at most one transaction per key is ever in flight. */
  readonly serially: <T>(task: () => Promise<T>) => Promise<T>;
};

export type ConnectOptions = {
  /** 32-byte secp256k1 secret key in hex, with or without 0x. */
  readonly key?: string;
  /** Refuse any other chain. */
  readonly expectedChainId?: number;
  /** Seconds until one request counts as unanswered; default 10. */
  readonly timeoutSeconds?: number;
};

/** Local chains of Hardhat and Foundry, and of geth's developer mode. */
export const LOCAL_CHAIN_IDS: readonly number[] = [31337, 1337];

/**
 * Connects to the chain at `rpcUrl`.
 * @returns `input.malformed` (key), `chain.unreachable`, `chain.wrong-chain` or `chain.bad-response` as data
 */
export const connect = async (rpcUrl: string, options: ConnectOptions = {}): Promise<Result<Chain>> => {
  const account = options.key === undefined ? ok(undefined) : accountOf(options.key);
  if (!account.ok) return account;
  if (!isHttpUrl(rpcUrl)) return refuse(unreachable(rpcUrl));
  const transport = checkedHttp(rpcUrl, options.timeoutSeconds ?? 10);
  const reader = createPublicClient({ transport });
  try {
    const chainId = await reader.getChainId();
    if (options.expectedChainId !== undefined && chainId !== options.expectedChainId) {
      return refuse({
        code: 'chain.wrong-chain',
        message: `${rpcUrl} serves chain ${chainId}.`,
        next: `Name the RPC address of chain ${options.expectedChainId}.`,
        field: 'rpcUrl',
        value: String(chainId),
        limit: String(options.expectedChainId),
      });
    }
    return ok({ rpcUrl, chainId, reader, account: account.value, serially: serially() });
  } catch (error) {
    return refuse(problemOf(error, rpcUrl));
  }
};

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const accountOf = (key: string): Result<PrivateKeyAccount> => {
  const digits = key.startsWith('0x') ? key.slice(2) : key;
  try {
    if (/^[0-9a-fA-F]{64}$/.test(digits)) return ok(privateKeyToAccount(`0x${digits}`));
  } catch {
    // Zero and whatever lies beyond the curve's order are no keys either.
  }
  const message = 'The chain key is not a secp256k1 secret key.';
  return refuse({ code: 'input.malformed', message, next: 'Pass 64 hex digits.', field: 'key' });
};

/**
 * The account that signs.
 * @throws {SuretyError} `chain.no-key` on a read-only connection
 */
export const signerOf = (chain: Chain): PrivateKeyAccount => {
  if (chain.account !== undefined) return chain.account;
  throw new SuretyError({
    code: 'chain.no-key',
    message: 'This connection to the chain can only read.',
    next: 'Connect with a key.',
    field: 'key',
  });
};

/** Runs a read and returns what the chain refuses as data. */
export const attempt = async <T>(chain: Chain, task: () => Promise<T>): Promise<Result<T>> => {
  try {
    return ok(await task());
  } catch (error) {
    return refuse(problemOf(error, chain.rpcUrl));
  }
};
