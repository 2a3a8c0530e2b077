/** Cases of a court's contracts (spec 21) as plain data. Amounts are base units of the court's currency. */
import { type Hex, zeroAddress } from 'viem';

/** A court and its two parts. */
export type CourtAddresses = { readonly court: Hex; readonly panels: Hex; readonly jurors: Hex };

/** What a court's deployment fixes. */
export type CourtSetting = CourtAddresses & {
  /** An ERC-20, or the zero address for the chain's own currency. */
  readonly currency: Hex;
  readonly beacon: Hex;
  /** Admits families of AI jurors. */
  readonly curator: Hex;
  readonly leastStakeUnits: bigint;
  /** Contract that says who is one person; `null` where people are drawn by stake alone. */
  readonly registry: Hex | null;
};

/** Whether a court's money is the chain's own: then every step that costs something takes what is sent along. */
export const isNative = ({ currency }: Pick<CourtSetting, 'currency'>): boolean => currency === zeroAddress;

export type ContractRoundTerms = {
  /** What a seat earns by voting for the final outcome. */
  readonly feeUnits: bigint;
  /** What an absent seat loses. */
  readonly absenceUnits: bigint;
  /** What a seat loses by voting otherwise, in fees; 0 of people who are drawn by person and lock nothing. */
  readonly lossToGain: number;
  readonly seats: number;
  readonly quorum: number;
  readonly commitSeconds: number;
  readonly revealSeconds: number;
  readonly appealSeconds: number;
};

/** Rounds of AI jurors come first. */
export const AI_ROUNDS = 2;
export const ROUNDS = 4;

export type ContractPolicy = {
  readonly leastBondUnits: bigint;
  readonly mostBondUnits: bigint;
  readonly challengeSeconds: number;
  readonly drawSeconds: number;
  /** May call a panel for its fees alone; the zero address for nobody. */
  readonly auditor: Hex;
  readonly beaconSeconds: number;
  readonly oneOperator: boolean;
  /** Whether what stands goes on standing where the AI panels have no ruling; else the case is undecided unless people are paid. */
  readonly unruledStands: boolean;
  /** Four. */
  readonly rounds: readonly ContractRoundTerms[];
};

/** Whether a round draws its people by person, one ticket each. */
export const isByPerson = ({ lossToGain }: Pick<ContractRoundTerms, 'lossToGain'>): boolean => lossToGain === 0;

/** As `CaseState` of the contract counts them. */
export const CASE_STATES = [
  'none',
  'asked',
  'proposed',
  'drawing',
  'committing',
  'revealing',
  'tallying',
  'appealable',
  'funding',
  'final',
  'undecided',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** As `SeatState` of the contract counts them. */
export const SEAT_STATES = ['empty', 'drawn', 'committed', 'revealed', 'copied', 'shown', 'settled'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

export type ContractSeat = {
  /** Its place in the panel, from 0. */
  readonly seat: number;
  readonly juror: Hex;
  /** What became of its vote; whether it was settled since is said beside. */
  readonly state: Exclude<SeatState, 'empty' | 'settled'>;
  readonly commitment: Hex | null;
  /** Once revealed; 252 for an abstention. */
  readonly vote: number | null;
  readonly reading: Hex | null;
  /** What it was paid and charged; `null` while it is not settled. */
  readonly settled: { readonly paidUnits: bigint; readonly lostUnits: bigint } | null;
};

/** Times of a panel, unix seconds; every window is half-open. */
export type PanelTimes = {
  readonly beaconAt: number;
  readonly fallbackAt: number;
  readonly drawEndsAt: number;
  readonly commitEndsAt: number;
  readonly revealEndsAt: number;
};

export type ContractPanel = PanelTimes & {
  /** Seats that it should have, and those that were drawn so far. */
  readonly called: number;
  readonly seats: number;
  /** Committed, and neither revealed nor shown. */
  readonly unrevealed: number;
  readonly drawn: 'not' | 'in-part' | 'whole';
  readonly lockUnits: bigint;
  readonly fallbackBlock: bigint;
};

export type ContractRound = {
  /** From 1. */
  readonly number: number;
  /** The rung that pays its seats. */
  readonly payer: number;
  readonly panel: ContractPanel;
  readonly beacon: { readonly randomness: Hex; readonly byFallback: boolean } | null;
  readonly seats: readonly ContractSeat[];
  /** `null` while it runs. */
  readonly result: { readonly ruled: boolean; readonly outcome: number | null } | null;
};

export type ContractRung = {
  /** `null` of an auditor's, which stands for none. */
  readonly outcome: number | null;
  readonly bondUnits: bigint;
  readonly feesUnits: bigint;
};

/** What one account put into one rung in the name of one outcome. */
export type Contribution = {
  readonly rung: number;
  readonly outcome: number;
  readonly contributor: Hex;
  readonly amountUnits: bigint;
  /** What it got back; `null` while it lies there. */
  readonly collectedUnits: bigint | null;
};

/** A case at one block. */
export type ContractCase = {
  /** From 1. */
  readonly id: bigint;
  readonly asker: Hex;
  /** Digest of what is asked. */
  readonly question: Hex;
  /** Listed outcomes, 2 .. 16. */
  readonly outcomes: number;
  readonly policyId: Hex;
  readonly policy: ContractPolicy;
  /** Merkle root over who may not sit; `null` for none. */
  readonly exclusions: Hex | null;
  readonly rewardUnits: bigint;
  readonly opensAt: number;
  readonly answerBy: number;
  readonly askedIn: Hex;
  readonly proposer: Hex | null;
  readonly state: CaseState;
  /** What is final unless somebody goes on; once final, what is. */
  readonly standing: number | null;
  /** Unix seconds at which the state's window is over; `null` once the case has ended. */
  readonly endsAt: number | null;
  /** By which anybody can end it; `null` before a proposal. */
  readonly latestEndAt: number | null;
  readonly rungs: readonly ContractRung[];
  readonly contributions: readonly Contribution[];
  readonly rounds: readonly ContractRound[];
  /** What filling the next rung takes; `null` where nothing can be filled. */
  readonly need: { readonly bondUnits: bigint; readonly feesUnits: bigint } | null;
  readonly burntUnits: bigint;
  /** Whether the asker took the callback; `null` where there was none. */
  readonly calledBack: boolean | null;
};

export const hasEnded = ({ state }: Pick<ContractCase, 'state'>): boolean => state === 'final' || state === 'undecided';

/** What was put into the next rung for an outcome so far. */
export const pottedUnits = ({ contributions, rungs }: ContractCase, outcome: number): bigint =>
  contributions
    .filter((each) => each.rung === rungs.length && each.outcome === outcome && each.collectedUnits === null)
    .reduce((sum, { amountUnits }) => sum + amountUnits, 0n);
