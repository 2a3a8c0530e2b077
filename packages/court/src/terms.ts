/** What is fixed before a case begins: a policy, and the terms of the case (spec 21.3). */

/** How one round is seated, paid and timed. */
export type RoundPolicy = {
  readonly jurors: 'ai' | 'people';
  /** 1 .. 31. */
  readonly seats: number;
  /** Cast votes (revealed, not abstaining, not void) that a ruling needs, 1 .. seats. */
  readonly quorum: number;
  /** What a seat that votes for the final outcome earns, G. */
  readonly feePerSeatMicroUsd: bigint;
  /**
   * L = lossToGain · G is locked per seat and lost by a vote for another outcome. 1 .. 99; 0 of a round of people that is drawn by
   * one ticket for each person who is shown to be one.
   */
  readonly lossToGain: number;
  /** Lost by a seat that does not commit and reveal; at most L / 2. */
  readonly absenceMicroUsd: bigint;
  readonly drawSeconds: number;
  readonly commitSeconds: number;
  readonly revealSeconds: number;
  /** How long a ruling, or what stands without one, can be appealed, and a next round of people can be funded. */
  readonly appealSeconds: number;
};

/** What is fixed for a kind of claim before anything is proposed. */
export type CourtPolicy = {
  /** The kind of claim, for people: `oracle`, `person`. */
  readonly kind: string;
  readonly leastBondMicroUsd: bigint;
  /** Of a proposal: a huge first bond would make challenging it unaffordable. */
  readonly mostBondMicroUsd: bigint;
  readonly challengeSeconds: number;
  /** 1 .. 4, AI before people; the last one's ruling is final. */
  readonly rounds: readonly RoundPolicy[];
  /** From the opening of a round to its beacon: long enough that nobody knows the beacon while stakes can change. */
  readonly beaconDelaySeconds: number;
  /** Whether the AI seats of a panel must belong to distinct operators. */
  readonly operators: 'distinct' | 'one';
  /**
   * What becomes of a case where no panel rules and nobody pays for the next: it ends undecided, or what stood before stands
   * (spec 21.2). `stands` is for proposals that somebody answers for: of anybody's, a lie would need no more than silence.
   */
  readonly unruled: 'undecided' | 'stands';
  /**
   * Bond of the first panel of people against what stands without any ruling, in all bonds so far, 2 .. 9. Who leaves it at that has
   * his bonds back, so this alone makes a call dear to who is not sure (spec 21.2).
   */
  readonly callMultiple: number;
  /** Who may call a panel for its fees alone, without a bond; `null` for nobody. */
  readonly auditor: string | null;
};

/** What is fixed when a case begins. Accounts are addresses in EIP-55 form, hashes are 32 bytes of 0x-hex. */
export type CaseTerms = {
  readonly caseId: string;
  readonly chainId: bigint;
  /** The contract, or the address under which a node keeps the court: commitments are bound to it. */
  readonly court: string;
  /** Listed outcomes, 2 .. 16. */
  readonly outcomes: number;
  readonly asker: string;
  /** For a right proposal; 0 for none. */
  readonly rewardMicroUsd: bigint;
  readonly policy: CourtPolicy;
  /** Merkle root over accounts that may not judge, such as holders in the claim's market; `null` for none. */
  readonly exclusionRoot: string | null;
};
