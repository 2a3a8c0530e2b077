/** What a simulated court is told about the world: each number measured somewhere, or an assumption that is varied. */
import { type CourtPolicy, POLICIES } from '../../packages/court/src/index.ts';

/** UMA's register of requests, as published: what the court is held against. */
export const UMA = { requests: 123_499, disputed: 0.00775, overturned: 0.071, p50Hours: 77.7, p90Hours: 96.7 } as const;

/** How often a family of AI jurors votes right and wrong where the truth is one outcome; else it abstains. */
export type Chances = { readonly right: number; readonly wrong: number };

export type Family = {
  readonly name: string;
  /** Families of one cluster share a seat. */
  readonly cluster: number;
  /** By truth: outcome 0, outcome 1. */
  readonly chances: readonly [Chances, Chances];
};

/** Votes of all families on questions that were put to them, `+` for outcome 0, `-` for outcome 1, and how often they came where each is true. */
export type Pattern = { readonly votes: string; readonly counts: readonly [number, number] };

export type World = {
  readonly policy: CourtPolicy;
  readonly requests: number;
  /** Share of proposals that are wrong. */
  readonly wrong: number;
  /** Chance that somebody challenges a wrong proposal, and a right one. */
  readonly challengedIfWrong: number;
  readonly challengedIfRight: number;
  readonly families: readonly Family[];
  /** Votes together as they were measured; `null` where they are drawn from `chances` and `correlation`. */
  readonly patterns: readonly Pattern[] | null;
  /** Of any two families' votes on one question. */
  readonly correlation: number;
  readonly people: { readonly accuracy: number; readonly turnout: number; readonly correlation: number };
  /** What the right and the wrong side think of their own chance before anybody voted: uniform between these. */
  readonly confidence: {
    readonly right: readonly [number, number];
    readonly wrong: readonly [number, number];
  };
  /** What each side gains by its outcome beside the bonds, in USD. */
  readonly stakeUsd: number;
  /** An attacker on the wrong side of every dispute, `null` for none: appeals while his money lasts, and holds part of all juror stake. */
  readonly attacker: { readonly budgetUsd: number; readonly stakeShare: number } | null;
};

/** Wrong and disputed shares as in UMA's register, where every overturned dispute was of a wrong proposal and no other is known. */
export const registered = (): Pick<World, 'wrong' | 'challengedIfWrong' | 'challengedIfRight'> => {
  const wrong = UMA.disputed * UMA.overturned;
  return { wrong, challengedIfWrong: 1, challengedIfRight: (UMA.disputed - wrong) / (1 - wrong) };
};

/** Watchers who look at a share of proposals and see what is wrong with a chance, each by himself. */
export const watched = (watchers: number, looks: number, sees: number): number => 1 - (1 - looks * sees) ** watchers;

/** Stake behind all honest jurors, in USD: AI jurors, and people. */
export const STAKED_USD = { ai: 100_000, people: 200_000 } as const;

/** An attacker who puts half of his money into juror stake, and keeps half for bonds. */
export const attackerWith = (budgetUsd: number): NonNullable<World['attacker']> => {
  const stake = budgetUsd / 2;
  return { budgetUsd: budgetUsd / 2, stakeShare: stake / (stake + STAKED_USD.ai + STAKED_USD.people) };
};

/** Disputes only, of which a share is about wrong proposals: shares of requests follow by the rate of disputes. */
export const disputesOnly = (world: World, disputes: number, wrong: number = UMA.overturned): World => ({
  ...world,
  requests: disputes,
  wrong,
  challengedIfWrong: 1,
  challengedIfRight: 1,
});

/** The oracle policy with another ratio of loss to gain for AI jurors. */
export const policyAt = (lossToGain: number): CourtPolicy => ({
  ...POLICIES.oracle,
  rounds: POLICIES.oracle.rounds.map((round) => {
    if (round.jurors === 'people') return round;
    const lock = BigInt(lossToGain) * round.feePerSeatMicroUsd;
    return {
      ...round,
      lossToGain,
      absenceMicroUsd: lock < 2n * round.absenceMicroUsd ? lock / 2n : round.absenceMicroUsd,
    };
  }),
});

/** So many families alike, each a cluster of its own. */
export const alike = (count: number, coverage: number, accuracy: number): readonly Family[] =>
  Array.from({ length: count }, (_, i) => {
    const chances = { right: coverage * accuracy, wrong: coverage * (1 - accuracy) };
    return { name: `family ${i}`, cluster: i + 1, chances: [chances, chances] };
  });

/** A world over some families; what is not measured is an assumption. */
export const worldOf = (
  families: readonly Family[],
  correlation: number,
  patterns: World['patterns'] = null,
): World => ({
  policy: POLICIES.oracle,
  requests: UMA.requests,
  ...registered(),
  families,
  patterns,
  correlation,
  people: { accuracy: 0.85, turnout: 0.9, correlation: 0.1 },
  confidence: { right: [0.8, 0.99], wrong: [0.5, 0.95] },
  stakeUsd: 500,
  attacker: null,
});
