/** Cases of a court of contracts as the wire shows them (spec 21): the ladder of {@link courtCase}, with what only a chain has. */
import * as z from 'zod';
import { questionClaim } from './claim.ts';
import { casePhase, courtRound, courtRung, verdict } from './court.ts';
import { address, count, hash0x, label, microUsd, unixSeconds } from './scalars.ts';
import type { Wire } from './wire.ts';

const chainPlace = z.strictObject({
  chainId: count,
  court: address,
  /** Where its seats are. */
  panels: address,
  /** The dollar that bonds are in. */
  currency: address,
  /** The newest block that was read, and the chain's time now. */
  block: count,
  now: unixSeconds,
  environment: z.enum(['development', 'production']),
});

/** Who says of a case's people that each is one person; `null` where they are drawn by stake. */
const courtPersons = z.strictObject({
  /** Contract that is asked. */
  registry: address,
  /** Name of the issuer whose tokens it takes; `null` of any other registry. */
  issuer: z.string().min(1).max(128).nullable(),
  /** Whether whoever answers here believes it: only then its people are shown to be several. */
  standing: z.enum(['believed', 'development', 'unknown']),
});

export const chainCase = z.strictObject({
  /** Number of the case at its court, from 1. */
  caseId: z.int().min(1),
  chain: chainPlace,
  /** Digest of what is asked. */
  question: hash0x,
  /** What is asked, where somebody published it; `null` where only its digest is known. */
  claim: questionClaim.nullable(),
  claimFrom: z.enum(['chain', 'node']).nullable(),
  plainWords: z.string().nullable(),
  /** Names of the outcomes; numbered where the claim is not known. */
  labels: z.array(label).min(2).max(16),
  asker: address,
  proposer: address.nullable(),
  phase: z.enum(['asked', ...casePhase.options]),
  endsAt: unixSeconds.nullable(),
  proposedAt: unixSeconds.nullable(),
  /** No case is open later than this; `null` before a proposal. */
  latestEnd: unixSeconds.nullable(),
  standing: verdict.nullable(),
  outcome: verdict.nullable(),
  bondsMicroUsd: microUsd,
  rewardMicroUsd: microUsd,
  round: z.int().min(0).max(4),
  jurors: z.enum(['ai', 'people']).nullable(),
  policy: hash0x,
  leastBondMicroUsd: microUsd,
  mostBondMicroUsd: microUsd,
  oneOperator: z.boolean(),
  persons: courtPersons.nullable(),
  rungs: z.array(courtRung),
  rounds: z.array(courtRound).max(4),
  need: z.strictObject({ bondMicroUsd: microUsd, feesMicroUsd: microUsd }).nullable(),
  pots: z.array(z.strictObject({ outcome: verdict, amountMicroUsd: microUsd })),
  /** What anybody can do now because a window is over; `null` for nothing. */
  due: z.enum(['draw', 'tally', 'finalise']).nullable(),
  /**
   * What a seat of the round that is to be drawn, now or next, earns, beside what serving it takes: gas of every step, and what that costs
   * now; `null` where nobody said what a coin of the chain is worth. `null` while a panel that was drawn judges, and once no round can come.
   */
  serving: z
    .strictObject({
      round: z.int().min(1).max(4),
      feeMicroUsd: microUsd,
      gas: count,
      costMicroUsd: microUsd.nullable(),
    })
    .nullable(),
  /** Whether proposals that no panel rules on stand, unless somebody pays for people against them. */
  unruledStands: z.boolean(),
  /** Whether anybody ever registered at the court as a person who judges: where nobody did, rounds of people have no seats. */
  hasPeople: z.boolean(),
  /** What can be fetched of the case and was not: shares of rungs, and stakes and fees of seats. */
  owed: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('share'), account: address, rung: count, outcome: z.int().min(0).max(255) }),
      z.strictObject({ kind: z.literal('seat'), account: address, round: z.int().min(1).max(4), seat: count }),
    ]),
  ),
  /** Whether the asker took its callback; `null` where there was none. */
  calledBack: z.boolean().nullable(),
});
export type ChainCase = Wire<typeof chainCase>;

export const chainCases = z.strictObject({ chain: chainPlace, cases: z.array(chainCase) });
export type ChainCases = Wire<typeof chainCases>;
