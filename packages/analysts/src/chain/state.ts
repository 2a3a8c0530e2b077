/** Reads what a chain says of an address, with as few calls as it takes. Absent answers are `null`, never guesses. */

import { SuretyError } from '@surety/core';
import {
  addressWord,
  answerText,
  delegateOf,
  EIP1967_SLOTS,
  POWERS,
  SELECTORS,
  TRANSFER_TOPIC,
  wordAddress,
  wordUint,
} from './abi.ts';

/** JSON-RPC of one chain. */
export type Rpc = (method: string, params: readonly unknown[]) => Promise<unknown>;

export type TokenState = {
  readonly name: string | null;
  readonly symbol: string | null;
  readonly totalSupply: bigint | null;
  readonly owner: string | null;
  /** Share of the supply that the largest of the recent recipients holds, parts per million. */
  readonly largestHolderPpm: number | null;
  /** Distinct recipients in the blocks looked at. */
  readonly recentRecipients: number | null;
};

export type ChainState = {
  readonly block: number;
  readonly codeBytes: number;
  readonly delegate: string | null;
  /** EIP-1967: what it runs, who may change that. */
  readonly implementation: string | null;
  readonly admin: string | null;
  readonly adminIsContract: boolean | null;
  readonly powers: readonly string[];
  /** Unix seconds of the block that created the code; `null` where the node keeps no history. */
  readonly createdAt: number | null;
  readonly nonce: number;
  readonly balanceWei: bigint;
  readonly token: TokenState | null;
};

/** Blocks whose transfers are looked at, and transfers read of them. */
const LOG_BLOCKS = 2_000;
const MAX_LOGS = 5_000;
const MAX_HOLDERS = 12;

const text = (value: unknown): string => (typeof value === 'string' ? value : '0x');
const hex = (n: number): string => `0x${n.toString(16)}`;

const quietly = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch {
    return null;
  }
};

/** Block that first held the code, by bisection; `null` where an old state is not served. */
const creationTime = async (rpc: Rpc, address: string, latest: number): Promise<number | null> => {
  let low = 0;
  let high = latest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const code = await quietly(rpc('eth_getCode', [address, hex(middle)]));
    if (code === null) return null;
    if (text(code) !== '0x') high = middle;
    else low = middle + 1;
  }
  const block = await quietly(rpc('eth_getBlockByNumber', [hex(low), false]));
  const time = (block as { timestamp?: unknown } | null)?.timestamp;
  return typeof time === 'string' ? Number(time) : null;
};

type Log = { readonly topics?: readonly string[] };

const recipientsOf = async (rpc: Rpc, address: string, latest: number): Promise<string[] | null> => {
  const from = hex(Math.max(0, latest - LOG_BLOCKS));
  const logs = await quietly(
    rpc('eth_getLogs', [{ address, fromBlock: from, toBlock: hex(latest), topics: [TRANSFER_TOPIC] }]),
  );
  if (!Array.isArray(logs)) return null;
  const count = new Map<string, number>();
  for (const log of (logs as Log[]).slice(0, MAX_LOGS)) {
    const to = wordAddress(log.topics?.[2] ?? '0x');
    if (to !== null) count.set(to, (count.get(to) ?? 0) + 1);
  }
  return [...count.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([to]) => to);
};

const readToken = async (rpc: Rpc, address: string, latest: number): Promise<TokenState | null> => {
  const call = async (data: string): Promise<string> =>
    text(await quietly(rpc('eth_call', [{ to: address, data }, 'latest'])));
  const totalSupply = wordUint(await call(SELECTORS.totalSupply));
  const symbol = answerText(await call(SELECTORS.symbol));
  if (totalSupply === null && symbol === null) return null;
  const owner = wordAddress(await call(SELECTORS.owner));
  const recipients = await recipientsOf(rpc, address, latest);
  const holders = [...new Set([...(owner === null ? [] : [owner]), ...(recipients ?? [])])].slice(0, MAX_HOLDERS);
  let largest: bigint | null = null;
  for (const holder of holders) {
    const balance = wordUint(await call(SELECTORS.balanceOf + addressWord(holder)));
    if (balance !== null && (largest === null || balance > largest)) largest = balance;
  }
  const supply = totalSupply ?? 0n;
  return {
    name: answerText(await call(SELECTORS.name)),
    symbol,
    totalSupply,
    owner,
    // Rounded down; capped because a hostile token may claim any balance.
    largestHolderPpm:
      largest === null || supply === 0n ? null : Math.min(1_000_000, Number((largest * 1_000_000n) / supply)),
    recentRecipients: recipients?.length ?? null,
  };
};

/** An answer that must be there: a chain that is not served gives `null`, which is not the same as no code. */
const answered = (value: unknown): string => {
  if (typeof value === 'string' && value.startsWith('0x')) return value;
  throw new SuretyError({
    code: 'chain.bad-response',
    message: 'This chain is not connected here.',
    next: 'Ask a node that serves this chain.',
    field: 'chainId',
  });
};

/** Reads an address. Rejects only where the chain cannot be read at all. */
export const readChainState = async (
  rpc: Rpc,
  address: string,
  options: { readonly token: boolean },
): Promise<ChainState> => {
  const block = Number(answered(await rpc('eth_blockNumber', [])));
  const code = answered(await rpc('eth_getCode', [address, 'latest']));
  const slot = async (at: string): Promise<string | null> =>
    wordAddress(text(await quietly(rpc('eth_getStorageAt', [address, at, 'latest']))));
  const hasCode = code !== '0x';
  const delegate = delegateOf(code);
  const implementation = hasCode
    ? ((await slot(EIP1967_SLOTS.implementation)) ?? (await slot(EIP1967_SLOTS.beacon)))
    : null;
  const admin = hasCode ? await slot(EIP1967_SLOTS.admin) : null;
  const adminCode = admin === null ? null : await quietly(rpc('eth_getCode', [admin, 'latest']));
  const logic = implementation === null ? code : text(await quietly(rpc('eth_getCode', [implementation, 'latest'])));
  return {
    block,
    codeBytes: (code.length - 2) / 2,
    delegate,
    implementation,
    admin,
    adminIsContract: adminCode === null ? null : text(adminCode) !== '0x',
    // A push of the selector (0x63) inside the code: present, not proven reachable.
    powers: Object.entries(POWERS).flatMap(([selector, power]) =>
      logic.toLowerCase().includes(`63${selector}`) ? [power] : [],
    ),
    createdAt: hasCode ? await creationTime(rpc, address, block) : null,
    nonce: Number(text(await quietly(rpc('eth_getTransactionCount', [address, 'latest'])))) || 0,
    balanceWei: wordUint(text(await quietly(rpc('eth_getBalance', [address, 'latest'])))) ?? 0n,
    token: options.token && hasCode && delegate === null ? await readToken(rpc, address, block) : null,
  };
};
