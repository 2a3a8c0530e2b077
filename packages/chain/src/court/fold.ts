/** What the events of a court and its panels say of each case: who asked, paid, sat and voted. Times and states are views. */
import type { ContractEventName, DecodeEventLogReturnType, Hex } from 'viem';
import { zeroHash } from 'viem';
import type { Court, CourtPanels } from '../generated/index.ts';
import type { Placed } from '../log-book.ts';
import type { ContractCase, ContractRound, ContractSeat, Contribution } from './case.ts';

type Abis = typeof Court.abi | typeof CourtPanels.abi;
type EventOf<A extends Abis, N extends ContractEventName<A>> = Placed & {
  readonly name: N;
  readonly args: DecodeEventLogReturnType<A, N>['args'];
};
type EventsOf<A extends Abis> = { readonly [N in ContractEventName<A>]: EventOf<A, N> }[ContractEventName<A>];

/** An event of one of the two contracts, with where it stands on the chain. */
export type CourtEvent = EventsOf<typeof Court.abi> | EventsOf<typeof CourtPanels.abi>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type SeatSoFar = Mutable<ContractSeat>;
type RoundSoFar = Mutable<Pick<ContractRound, 'number' | 'payer' | 'beacon' | 'result'>> & {
  readonly seats: Map<number, SeatSoFar>;
};

/** What events alone say of a case. */
export type CaseSoFar = Mutable<
  Pick<
    ContractCase,
    | 'id'
    | 'asker'
    | 'question'
    | 'outcomes'
    | 'policyId'
    | 'exclusions'
    | 'rewardUnits'
    | 'opensAt'
    | 'answerBy'
    | 'askedIn'
    | 'proposer'
    | 'burntUnits'
    | 'calledBack'
  >
> & {
  readonly rungs: Mutable<ContractCase['rungs'][number]>[];
  readonly contributions: Mutable<Contribution>[];
  readonly rounds: RoundSoFar[];
  /** What it ended by; `null` while it is open. */
  ended: { readonly outcome: number; readonly transaction: Hex } | null;
  /** Block and transaction of its last event. */
  changedIn: bigint;
  lastIn: Hex;
};

const asked = ({ args, transaction, block }: EventOf<typeof Court.abi, 'Asked'>): CaseSoFar => ({
  id: args.caseId,
  asker: args.asker,
  question: args.question,
  outcomes: args.terms.outcomes,
  policyId: args.terms.policy,
  exclusions: args.terms.exclusions === zeroHash ? null : args.terms.exclusions,
  rewardUnits: args.terms.reward,
  opensAt: args.terms.opensAt,
  answerBy: args.terms.answerBy,
  askedIn: transaction,
  proposer: null,
  rungs: [],
  contributions: [],
  rounds: [],
  ended: null,
  burntUnits: 0n,
  calledBack: null,
  changedIn: block,
  lastIn: transaction,
});

const fresh = (seat: number, juror: Hex): SeatSoFar => ({
  seat,
  juror,
  state: 'drawn',
  commitment: null,
  vote: null,
  reading: null,
  settled: null,
});

const contribute = (of: CaseSoFar, given: Omit<Contribution, 'collectedUnits'>): void => {
  const before = of.contributions.find(
    (each) => each.rung === given.rung && each.outcome === given.outcome && each.contributor === given.contributor,
  );
  if (before === undefined) of.contributions.push({ ...given, collectedUnits: null });
  else before.amountUnits += given.amountUnits;
};

/** @returns whether the event was one of a seat */
const applyToSeat = (round: RoundSoFar, event: CourtEvent): boolean => {
  if (!('seat' in event.args)) return false;
  const { seat } = event.args;
  if (event.name === 'SeatDrawn') round.seats.set(seat, fresh(seat, event.args.juror));
  if (event.name === 'SeatStruck') round.seats.delete(seat);
  const at = round.seats.get(seat);
  if (at === undefined) return true;
  if (event.name === 'Committed') Object.assign(at, { state: 'committed', commitment: event.args.commitment });
  if (event.name === 'Revealed')
    Object.assign(at, { state: 'revealed', vote: event.args.vote, reading: event.args.reading });
  if (event.name === 'Copy') at.state = 'copied';
  if (event.name === 'ShownEarly') at.state = 'shown';
  if (event.name === 'SeatSettled') {
    const { paid, lost } = event.args;
    at.settled = { paidUnits: paid, lostUnits: lost };
  }
  return true;
};

const apply = (of: CaseSoFar, event: CourtEvent): void => {
  of.changedIn = event.block;
  of.lastIn = event.transaction;
  const round = 'round' in event.args ? of.rounds[event.args.round - 1] : undefined;
  if (round !== undefined && applyToSeat(round, event)) return;
  switch (event.name) {
    case 'Proposed':
      of.proposer = event.args.proposer;
      return;
    case 'Contributed': {
      const { rung, outcome, contributor, amount } = event.args;
      contribute(of, { rung, outcome, contributor, amountUnits: amount });
      return;
    }
    case 'RungFilled': {
      const { audit, outcome, bond, fees } = event.args;
      of.rungs.push({ outcome: audit ? null : outcome, bondUnits: bond, feesUnits: fees });
      return;
    }
    case 'RoundCalled': {
      const { round: number, payer } = event.args;
      of.rounds[number - 1] = { number, payer, beacon: null, seats: new Map(), result: null };
      return;
    }
    case 'BeaconShown':
      if (round) round.beacon = { randomness: event.args.randomness, byFallback: event.args.byFallback };
      return;
    case 'RoundEnded':
      if (round) round.result = { ruled: event.args.ruled, outcome: event.args.ruled ? event.args.outcome : null };
      return;
    case 'Ended':
      of.ended = { outcome: event.args.outcome, transaction: event.transaction };
      of.burntUnits = event.args.burnt;
      return;
    case 'CalledBack':
      of.calledBack = event.args.done;
      return;
    case 'Collected': {
      const { rung, outcome, contributor, amount } = event.args;
      const found = of.contributions.find(
        (each) => each.rung === rung && each.outcome === outcome && each.contributor === contributor,
      );
      if (found) found.collectedUnits = amount;
      return;
    }
  }
};

/** Seats whose stake is still locked, or would be if the case ended now. */
export const unsettledSeats = ({ rounds }: CaseSoFar): readonly ContractSeat[] =>
  rounds.flatMap(({ seats }) =>
    [...seats.values()].filter(({ state, settled }) => settled === null && state !== 'shown'),
  );

/** Every case that was asked in the events, by its id, as far as events say. */
export const foldCases = (events: readonly CourtEvent[]): ReadonlyMap<bigint, CaseSoFar> => {
  const cases = new Map<bigint, CaseSoFar>();
  for (const event of events) {
    if (event.name === 'Asked') cases.set(event.args.caseId, asked(event));
    else if ('caseId' in event.args) {
      const of = cases.get(event.args.caseId);
      // Of a case from before the first block that is looked at.
      if (of !== undefined) apply(of, event);
    }
  }
  return cases;
};
