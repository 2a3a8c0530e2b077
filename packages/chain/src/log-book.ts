/**
 * What a contract's events come to at the newest block, kept up to date by reading only what is new. Blocks that the chain has
 * taken back are dropped together with their events, so a reader never acts on what is no longer so.
 */
import { ok, type Result, refuse } from '@surety/core';
import { BaseError, formatLog, type Hex, type Log } from 'viem';
import { attempt, type Chain } from './client.ts';

export type Block = {
  readonly number: bigint;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
  /** Wei; 0 on chains without one. */
  readonly baseFeeWei: bigint;
};

export type MinedLog = Log<bigint, number, false>;

/** Where an event stands on the chain. */
export type Placed = {
  readonly transaction: Hex;
  readonly block: bigint;
  /** Of the block, unix seconds; `null` where the chain does not say it beside a log. */
  readonly at: number | null;
};

export const placeOf = (log: MinedLog): Placed => ({
  transaction: log.transactionHash,
  block: log.blockNumber,
  at: 'blockTimestamp' in log && log.blockTimestamp ? Number(log.blockTimestamp) : null,
});

export type LogBookOptions<E extends { readonly block: bigint }, V> = {
  readonly addresses: readonly Hex[];
  /** First block that can hold an event of interest. */
  readonly fromBlock: bigint;
  readonly decode: (logs: readonly MinedLog[]) => readonly E[];
  /** Events that are still of interest, so that memory is bounded; all unless stated. */
  readonly prune?: (events: readonly E[], head: Block) => readonly E[];
  /** What the events come to. May read more of the chain at that block. */
  readonly fold: (events: readonly E[], head: Block) => V | Promise<V>;
};

export type LogBook<V> = {
  /** The newest block and what there is by then; the same object while there is no new block. */
  readonly read: () => Promise<Result<V>>;
};

/** Blocks at the head that are read again each time: not every node behind an address has them at once. */
const OVERLAP = 3n;
/** Blocks whose hashes are remembered; a deeper reorganisation reads everything anew. */
const MARKS = 512;
/** Blocks asked for at once, halved where a node refuses so many. */
const RANGE = 5_000n;
const TRIES = 4;

/** What is asked of `eth_getLogs`, without its range. */
export type LogFilter = { readonly address?: readonly Hex[]; readonly topics?: readonly (Hex | null)[] };

const logsBetween = async (chain: Chain, filter: LogFilter, from: bigint, to: bigint): Promise<readonly MinedLog[]> => {
  const { address, topics } = filter;
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` } as const;
  try {
    const logs = await chain.reader.request({
      method: 'eth_getLogs',
      params: [{ ...range, ...(address && { address: [...address] }), ...(topics && { topics: [...topics] }) }],
    });
    return logs.map((log) => formatLog(log) as MinedLog);
  } catch (error) {
    if (!(error instanceof BaseError) || to <= from) throw error;
    const middle = (from + to) / 2n;
    return [
      ...(await logsBetween(chain, filter, from, middle)),
      ...(await logsBetween(chain, filter, middle + 1n, to)),
    ];
  }
};

/** All logs of a range of blocks, in their order, however few of them a node gives at once. */
export const readLogs = async (
  chain: Chain,
  filter: LogFilter,
  from: bigint,
  to: bigint,
): Promise<readonly MinedLog[]> => {
  const parts: (readonly MinedLog[])[] = [];
  for (let first = from; first <= to; first += RANGE) {
    const last = first + RANGE - 1n < to ? first + RANGE - 1n : to;
    parts.push(await logsBetween(chain, filter, first, last));
  }
  return parts.flat();
};

const headOf = async (chain: Chain): Promise<Block> => {
  const { number, hash, timestamp, baseFeePerGas } = await chain.reader.getBlock();
  return { number, hash, timestamp: Number(timestamp), baseFeeWei: baseFeePerGas ?? 0n };
};

/** Whether a block that was seen is still of this chain. */
const stillThere = async (chain: Chain, { number, hash }: Pick<Block, 'number' | 'hash'>, head: Block) => {
  if (number >= head.number) return number === head.number && hash === head.hash;
  return (await chain.reader.getBlock({ blockNumber: number })).hash === hash;
};

export const createLogBook = <E extends { readonly block: bigint }, V>(
  chain: Chain,
  options: LogBookOptions<E, V>,
): LogBook<V> => {
  const { addresses, fromBlock, decode, prune = (all) => all, fold } = options;
  let marks: Pick<Block, 'number' | 'hash'>[] = [];
  let events: readonly E[] = [];
  let last: { readonly hash: Hex; readonly value: V } | null = null;

  /** The last block up to which what was read still holds. */
  const holdsThrough = async (head: Block): Promise<bigint> => {
    while (marks.length > 0 && !(await stillThere(chain, marks.at(-1)!, head))) marks.pop();
    const settled = marks.findLast(({ number }) => number <= head.number - OVERLAP);
    return settled?.number ?? fromBlock - 1n;
  };

  const refresh = async (head: Block): Promise<boolean> => {
    const through = await holdsThrough(head);
    const fresh = decode(await readLogs(chain, { address: addresses }, through + 1n, head.number));
    const all = prune([...events.filter(({ block }) => block <= through), ...fresh], head);
    const value = await fold(all, head);
    // The chain may have been reorganised in between; then nothing of this is believed.
    if (!(await stillThere(chain, head, await headOf(chain)))) return false;
    events = all;
    if (marks.at(-1)?.hash !== head.hash) marks = [...marks, head].slice(-MARKS);
    last = { hash: head.hash, value };
    return true;
  };

  const read = async (): Promise<Result<V>> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const done = await attempt(chain, async () => {
        const head = await headOf(chain);
        return (last !== null && head.hash === last.hash) || (await refresh(head));
      });
      if (!done.ok) return done;
      if (done.value && last !== null) return ok(last.value);
    }
    return refuse({
      code: 'chain.history-unavailable',
      message: 'The chain changed its newest blocks faster than they could be read.',
      next: 'It is tried again; nothing was done meanwhile.',
    });
  };

  return { read };
};
