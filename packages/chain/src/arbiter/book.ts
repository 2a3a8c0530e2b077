/**
 * The Arbiter's claims as the newest block shows them, kept up to date by reading only what is new. Blocks that the chain
 * has taken back are dropped together with their events, so a reader never acts on what is no longer so.
 */
import { ok, type Result, refuse } from '@surety/core';
import { BaseError, type Hex, parseEventLogs } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { Arbiter } from '../generated/index.ts';
import type { Contracts } from '../plan.ts';
import type { ClaimView } from './claim.ts';
import { type ArbiterEvent, foldClaims, type Prepayment } from './fold.ts';

const { abi } = Arbiter;

export type Block = {
  readonly number: bigint;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
  /** Wei; 0 on chains without one. */
  readonly baseFeeWei: bigint;
};

export type Book = {
  readonly block: Block;
  readonly claims: readonly ClaimView[];
  readonly prepaid: readonly Prepayment[];
};

export type BookOptions = {
  /** First block that can hold a claim of interest. */
  readonly fromBlock: bigint;
  /** What a challenger stakes, in parts per million of the bond. */
  readonly stakePpm: bigint;
  /** Decided claims are dropped so many blocks after their last event; 100 unless stated. */
  readonly keepBlocks?: number;
  /** Whether a decided claim is still of interest however old. */
  readonly keep?: (view: ClaimView) => boolean;
};

export type ClaimBook = {
  /** The claims now; the same object while there is no new block. */
  readonly read: () => Promise<Result<Book>>;
};

/** Blocks at the head that are read again each time: not every node behind an address has them at once. */
const OVERLAP = 3n;
/** Blocks whose hashes are remembered; a deeper reorganisation reads everything anew. */
const MARKS = 512;
/** Blocks asked for at once, halved where a node refuses so many. */
const RANGE = 5_000n;
const TRIES = 4;

const readRange = async (chain: Chain, arbiter: Hex, from: bigint, to: bigint): Promise<readonly ArbiterEvent[]> => {
  try {
    const logs = await chain.reader.getLogs({ address: arbiter, fromBlock: from, toBlock: to });
    return parseEventLogs({ abi, logs }).map(
      (log) =>
        ({
          name: log.eventName,
          args: log.args,
          transaction: log.transactionHash,
          block: log.blockNumber,
          at: 'blockTimestamp' in log && log.blockTimestamp ? Number(log.blockTimestamp) : null,
        }) as ArbiterEvent,
    );
  } catch (error) {
    if (!(error instanceof BaseError) || to <= from) throw error;
    const middle = (from + to) / 2n;
    return [...(await readRange(chain, arbiter, from, middle)), ...(await readRange(chain, arbiter, middle + 1n, to))];
  }
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

export const createClaimBook = (
  chain: Chain,
  contracts: Pick<Contracts, 'arbiter'>,
  options: BookOptions,
): ClaimBook => {
  const { fromBlock, stakePpm, keepBlocks = 100, keep = () => false } = options;
  let marks: Pick<Block, 'number' | 'hash'>[] = [];
  let events: readonly ArbiterEvent[] = [];
  let book: Book | null = null;

  /** The last block up to which what was read still holds. */
  const holdsThrough = async (head: Block): Promise<bigint> => {
    while (marks.length > 0 && !(await stillThere(chain, marks.at(-1)!, head))) marks.pop();
    const settled = marks.findLast(({ number }) => number <= head.number - OVERLAP);
    return settled?.number ?? fromBlock - 1n;
  };

  /** Forgets events of claims that were decided long ago, so that memory is bounded by what is open. */
  const prune = (head: Block): void => {
    const { claims, changedIn } = foldClaims(events, stakePpm);
    const old = new Set(
      claims
        .filter((each) => each.state !== 'open' && !keep(each))
        .filter(({ id }) => head.number - (changedIn.get(id) ?? 0n) > BigInt(keepBlocks))
        .map(({ id }) => id),
    );
    if (old.size > 0) events = events.filter(({ args }) => !('claimId' in args && old.has(args.claimId)));
  };

  const refresh = async (head: Block): Promise<boolean> => {
    const through = await holdsThrough(head);
    let fresh: readonly ArbiterEvent[] = [];
    for (let from = through + 1n; from <= head.number; from += RANGE) {
      const to = from + RANGE - 1n < head.number ? from + RANGE - 1n : head.number;
      fresh = [...fresh, ...(await readRange(chain, contracts.arbiter, from, to))];
    }
    // The chain may have been reorganised in between; then nothing of this is believed.
    if (!(await stillThere(chain, head, await headOf(chain)))) return false;
    events = [...events.filter(({ block }) => block <= through), ...fresh];
    if (marks.at(-1)?.hash !== head.hash) marks = [...marks, head].slice(-MARKS);
    prune(head);
    const { claims, prepaid } = foldClaims(events, stakePpm);
    book = { block: head, claims, prepaid };
    return true;
  };

  const read = async (): Promise<Result<Book>> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const done = await attempt(chain, async () => {
        const head = await headOf(chain);
        return (book !== null && head.hash === book.block.hash) || (await refresh(head));
      });
      if (!done.ok) return done;
      if (done.value && book !== null) return ok(book);
    }
    return refuse({
      code: 'chain.history-unavailable',
      message: 'The chain changed its newest blocks faster than they could be read.',
      next: 'It is tried again; nothing was done meanwhile.',
    });
  };

  return { read };
};
