/**
 * What the planner is asked: what hangs on the result, what is wanted, and what is known of the program and of the market.
 * Money is in micro-dollars, chances in parts per million, and every fact is the asker's to state: the planner looks
 * nothing up.
 */
import type { ArbiterRules } from './rules.ts';

/** A machine that runs programs. */
export type Machine = {
  /** Multiply-accumulates a second, 10^6 or more. */
  readonly macsPerSecond: bigint;
  /** Bytes of weights a second that it fetches, 10^3 or more. */
  readonly bytesPerSecond: bigint;
  readonly microUsdPerHour: bigint;
};

/** What a proof of one run takes (spec 18). */
export type ProofFacts = {
  /** Work beyond the run, in multiply-accumulates that take as long. */
  readonly proveAccumulates: bigint;
  /** The same for whoever checks. */
  readonly verifyAccumulates: bigint;
  readonly bytes: bigint;
};

/** What a proof of one run takes whose judge is a contract (spec 20). */
export type OnChainProof = {
  /** Work of proving beyond the run, in multiply-accumulates that take as long. */
  readonly proveAccumulates: bigint;
} & (
  | {
      /** The contract checks it whole. */
      readonly kind: 'checked';
      /** Most gas of that, calldata included. */
      readonly gas: bigint;
    }
  | {
      /** The contract carries out any step that somebody disputes. */
      readonly kind: 'steps';
      /** Bytes of the data of the proof, which whoever checks needs. */
      readonly dataBytes: bigint;
      /** Work of carrying out all steps. */
      readonly checkAccumulates: bigint;
    }
);

export type ProgramFacts = {
  /** Bytes of its constants, which are all but the whole of its file. */
  readonly weightBytes: bigint;
  /** Multiply-accumulates of the whole run, all its steps included; an element written counts as one. */
  readonly multiplyAccumulates: bigint;
  /** Work of checking the sums of a run (spec 19), in multiply-accumulates that take as long; left out where nobody counted it. */
  readonly checkAccumulates?: bigint;
  /** What a proof that hides what is hidden takes; left out where nobody counted it. */
  readonly proof?: ProofFacts;
  /** What a proof that a contract judges takes; left out where nobody counted it, or no contract judges any. */
  readonly onChainProof?: OnChainProof;
  /** Whether anybody can fetch the program, and will be able to until the result is final. */
  readonly published: boolean;
};

/** What is hidden from whoever relies on the result. What the relier holds itself is public to it. */
export type Privacy = 'public' | 'private-weights' | 'private-input' | 'private-both';

/** The chain on which a claim is settled. */
export type ChainFacts = {
  readonly weiPerGas: bigint;
  /** Price of 10^18 wei. */
  readonly microUsdPerNative: bigint;
  readonly blockMilliseconds: bigint;
  /** Blocks after which a transaction is taken for settled. */
  readonly confirmations: number;
  /** Chance that a transaction which pays its way gets into the next block: 1,000 (0.1 %) .. 1,000,000. */
  readonly passPpm: number;
  /** Least that keeping one transaction off the chain costs, for each second of it. */
  readonly censorMicroUsdPerSecond: bigint;
};

export type ProviderFacts = {
  readonly machine: Machine;
  /** Largest bond that a provider can post. */
  readonly largestBondMicroUsd: bigint;
  /** Share of results that are wrong although that does not pay: errors and spite. */
  readonly faultPpm: number;
};

export type WatcherFacts = {
  /** Parties that re-run claims, 0 .. 1,000. */
  readonly count: number;
  /** Chance that one of them checks a given claim, independently of the others. */
  readonly checkPpm: number;
  /** How many of those that found a wrong result a liar can keep from saying so: bribed, attacked, his own. */
  readonly silenced: number;
  /**
   * Share of all claims that are audits: wrong on purpose, with the same bond, posted so that looking pays. 0 where nobody
   * does that; then lies have to make it pay.
   */
  readonly auditPpm: number;
  /** Chance that a reward goes to somebody who checked nothing: a copier of the challenge, or the liar himself. */
  readonly copiedPpm: number;
  readonly machine: Machine;
};

export type EnclaveFacts = {
  /** What a run costs and takes beyond one outside an enclave. */
  readonly overheadPpm: number;
  /** Chance that the enclave is broken already and whoever holds its key lies. */
  readonly brokenPpm: number;
  /** What it costs to break one. */
  readonly corruptMicroUsd: bigint;
};

export type MarketFacts = {
  readonly chain: ChainFacts;
  /** What locked money costs in a year. */
  readonly capitalPpmPerYear: number;
  readonly provider: ProviderFacts;
  readonly watchers: WatcherFacts;
  /** `null` where no provider with an enclave is known. */
  readonly enclave: EnclaveFacts | null;
  /** What cover costs, of the amount covered. */
  readonly premiumPpm: number;
};

export type Question = {
  /** Everything that is lost when a wrong result is relied on, by everybody who relies on it. */
  readonly valueMicroUsd: bigint;
  /** Longest wait, on average, until the result may be relied on when nobody disputes it. */
  readonly latencyMilliseconds: bigint;
  readonly privacy: Privacy;
  /** Most that the proof may cost, the run included. */
  readonly budgetMicroUsd: bigint;
  /** Largest expected loss that is accepted. */
  readonly lossLimitMicroUsd: bigint;
  readonly program: ProgramFacts;
  /** The machine on which whoever relies on the result can run the program; `null` where it can not. */
  readonly ownMachine: Machine | null;
  /** Whether a contract relies on the result: it can run nothing itself, and every route costs gas. */
  readonly onChain: boolean;
  readonly market: MarketFacts;
  readonly rules: ArbiterRules;
};
