/** The Arbiter's claims as the newest block shows them. */
import { type Hex, parseEventLogs } from 'viem';
import type { Chain } from '../client.ts';
import { Arbiter } from '../generated/index.ts';
import { type Block, createLogBook, type LogBook, placeOf } from '../log-book.ts';
import type { Contracts } from '../plan.ts';
import type { ClaimView } from './claim.ts';
import { type ArbiterEvent, foldClaims, type Prepayment } from './fold.ts';

const { abi } = Arbiter;

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

export type ClaimBook = LogBook<Book>;

export const createClaimBook = (
  chain: Chain,
  contracts: Pick<Contracts, 'arbiter'>,
  options: BookOptions,
): ClaimBook => {
  const { fromBlock, stakePpm, keepBlocks = 100, keep = () => false } = options;

  /** Forgets events of claims that were decided long ago, so that memory is bounded by what is open. */
  const prune = (events: readonly ArbiterEvent[], head: Block): readonly ArbiterEvent[] => {
    const { claims, changedIn } = foldClaims(events, stakePpm);
    const old = new Set<Hex>(
      claims
        .filter((each) => each.state !== 'open' && !keep(each))
        .filter(({ id }) => head.number - (changedIn.get(id) ?? 0n) > BigInt(keepBlocks))
        .map(({ id }) => id),
    );
    if (old.size === 0) return events;
    return events.filter(({ args }) => !('claimId' in args && old.has(args.claimId)));
  };

  return createLogBook<ArbiterEvent, Book>(chain, {
    addresses: [contracts.arbiter],
    fromBlock,
    decode: (logs) =>
      parseEventLogs({ abi, logs: [...logs] }).map(
        (log) => ({ name: log.eventName, args: log.args, ...placeOf(log) }) as ArbiterEvent,
      ),
    prune,
    fold: (events, block) => {
      const { claims, prepaid } = foldClaims(events, stakePpm);
      return { block, claims, prepaid };
    },
  });
};
