/** The cases of a court as the newest block shows them: history from logs, states and times from the contracts' views. */
import { assertInvariant, type Result } from '@surety/core';
import { type Hex, parseEventLogs } from 'viem';
import type { Chain } from '../client.ts';
import { firstBlockSince } from '../finality.ts';
import { Court, CourtPanels } from '../generated/index.ts';
import { type Block, createLogBook, type LogBook, type MinedLog, placeOf } from '../log-book.ts';
import type { ContractCase, ContractPolicy, ContractRound, CourtAddresses } from './case.ts';
import { type CaseSoFar, type CourtEvent, foldCases } from './fold.ts';
import { type LiveState, panelAt, policyAt, stateAt } from './views.ts';

/** Vote and case of nobody. */
const ABSTAIN = 252;

export type CourtBook = { readonly block: Block; readonly cases: readonly ContractCase[] };

export type CourtBookOptions = {
  /** First block that can hold a case of interest. */
  readonly fromBlock: bigint;
  /** Cases that have ended are dropped so many blocks after their last event; 50,000 unless stated. */
  readonly keepBlocks?: number;
  /** Whether a case that has ended is still of interest however old. */
  readonly keep?: (of: CaseSoFar) => boolean;
};

/** Longer than a case with the default windows takes from its question to its end. */
const LONGEST_CASE_SECONDS = 90 * 86_400;

/** The first block that can hold a case which is still open. */
export const firstCaseBlock = (chain: Chain): Promise<Result<bigint>> => firstBlockSince(chain, LONGEST_CASE_SECONDS);

const decode = (logs: readonly MinedLog[]): readonly CourtEvent[] =>
  parseEventLogs({ abi: [...Court.abi, ...CourtPanels.abi], logs: [...logs] }).map(
    (log) => ({ name: log.eventName, args: log.args, ...placeOf(log) }) as CourtEvent,
  );

const standingOf = (outcome: number): number | null => (outcome === ABSTAIN ? null : outcome);

/** Whether nobody has put money on an answer yet. Asking is free: such cases may be many, and cost no views. */
const isOnlyAsked = ({ ended, rungs }: CaseSoFar): boolean => ended === null && rungs.length === 0;

/** What {@link stateAt} says of such a case. */
const stateAsked = ({ answerBy }: CaseSoFar): LiveState => ({
  ...{ state: 'asked', standing: ABSTAIN, deadline: answerBy, latestEnd: 0, need: null },
});

export const createCourtBook = (chain: Chain, court: CourtAddresses, options: CourtBookOptions): LogBook<CourtBook> => {
  const { fromBlock, keepBlocks = 50_000, keep = () => false } = options;
  const policies = new Map<Hex, ContractPolicy>();
  /** Cases that have ended, by their last transaction: only seats and contributions of theirs are still settled. */
  const ended = new Map<bigint, { readonly lastIn: Hex; readonly of: ContractCase }>();

  const prune = (events: readonly CourtEvent[], head: Block): readonly CourtEvent[] => {
    const cases = foldCases(events);
    const isOld = (of: CaseSoFar): boolean =>
      of.ended !== null && !keep(of) && head.number - of.changedIn > BigInt(keepBlocks);
    const old = new Set([...cases.values()].filter(isOld).map(({ id }) => id));
    if (old.size === 0) return events;
    return events.filter(({ args }) => !('caseId' in args && old.has(args.caseId)));
  };

  const policyOf = async (id: Hex): Promise<ContractPolicy> => {
    const known = policies.get(id);
    if (known !== undefined) return known;
    const found = await policyAt(chain, court, id);
    // The court takes no case under a policy that it does not know.
    assertInvariant(found !== null, `policy ${id} of a case is not registered`);
    policies.set(id, found);
    return found;
  };

  const readCase = async (of: CaseSoFar, block: Block): Promise<ContractCase> => {
    const { ended: end, changedIn: _, lastIn: __, rounds: sofar, ...known } = of;
    const [policy, live, rounds] = await Promise.all([
      policyOf(of.policyId),
      isOnlyAsked(of) ? stateAsked(of) : stateAt(chain, court, of.id, block),
      Promise.all(
        sofar.map(async ({ seats, ...round }): Promise<ContractRound> => {
          const panel = await panelAt(chain, court, of.id, round.number, block);
          return { ...round, panel, seats: [...seats.values()].sort((a, b) => a.seat - b.seat) };
        }),
      ),
    ]);
    return {
      ...known,
      policy,
      rounds,
      state: live.state,
      standing: standingOf(live.standing),
      endsAt: end === null ? live.deadline : null,
      latestEndAt: live.latestEnd === 0 ? null : live.latestEnd,
      need: live.need,
    };
  };

  const caseOf = async (of: CaseSoFar, block: Block): Promise<ContractCase> => {
    const known = ended.get(of.id);
    if (of.ended !== null && known?.lastIn === of.lastIn) return known.of;
    const read = await readCase(of, block);
    if (of.ended === null) ended.delete(of.id);
    else ended.set(of.id, { lastIn: of.lastIn, of: read });
    return read;
  };

  return createLogBook<CourtEvent, CourtBook>(chain, {
    addresses: [court.court, court.panels],
    fromBlock,
    decode,
    prune,
    fold: async (events, block) => {
      const cases: ContractCase[] = [];
      // One after the other: a court with many open cases would ask a node for hundreds of views at once.
      for (const of of foldCases(events).values()) cases.push(await caseOf(of, block));
      return { block, cases };
    },
  });
};
