/** Cases of the court as the wire shows them (spec 21): the whole ladder at a glance. */
import { ISSUER_KEY_BYTES, isOutcome, OUTCOME } from '@surety/core';
import * as z from 'zod';
import { questionClaim } from './claim.ts';
import { LIMITS } from './limits.ts';
import { address, count, hash0x, hex, id, label, microUsd, sentence, unixSeconds } from './scalars.ts';
import type { Wire } from './wire.ts';

/** An outcome of a case. */
export const verdict = z
  .int()
  .min(0)
  .max(OUTCOME.invalid)
  .refine((code) => isOutcome(code, LIMITS.outcomes), 'Expected an outcome of the claim, 253, 254 or 255')
  .meta({ description: "A place in the claim's outcomes, or 253 undecidable, 254 too early, 255 invalid." });

const jurors = z.enum(['ai', 'people']);

export const casePhase = z.enum(['proposed', 'round', 'appealable', 'funding', 'final', 'undecided']);

const caseFields = {
  /** The claim's id, and the market's. */
  caseId: id,
  claim: questionClaim,
  plainWords: z.string(),
  phase: casePhase,
  /** When the phase ends by itself; `null` once the case has ended. */
  endsAt: unixSeconds.nullable(),
  /** When it last moved. */
  movedAt: unixSeconds,
  /** No case is open later than this. */
  latestEnd: unixSeconds,
  /** What stands unless somebody goes on: the proposal, or the last ruling. */
  standing: verdict,
  /** Whether the last round that ended had a ruling; `false` before the first. */
  ruled: z.boolean(),
  /** How it ended; `null` while it is open, and where nobody decided. */
  outcome: verdict.nullable(),
  /** All bonds of both sides. */
  bondsMicroUsd: microUsd,
  /** The round that runs, or the last one; 0 before the first. */
  round: z.int().min(0).max(4),
  jurors: jurors.nullable(),
};

export const caseSummary = z.strictObject(caseFields);
export type CaseSummary = Wire<typeof caseSummary>;

const seat = z.strictObject({
  juror: address,
  /** Of an AI juror: name, who runs it, the family of its model. */
  name: label.nullable(),
  operator: label.nullable(),
  family: label.nullable(),
  committed: z.boolean(),
  vote: z.enum(['none', 'cast', 'abstained', 'copy', 'shown']),
  outcome: verdict.nullable(),
  reason: sentence.nullable(),
});

/** A rung of the ladder that has a panel: past, running, or still to come. */
export const courtRound = z.strictObject({
  number: z.int().min(1).max(4),
  jurors,
  seats: z.int().min(1).max(31),
  quorum: z.int().min(1).max(31),
  feePerSeatMicroUsd: microUsd,
  /** Locked of each seat, and lost by a vote for another outcome than the final one. */
  lockMicroUsd: microUsd,
  /** How people are drawn: in proportion to their stake, or one ticket for each who is shown to be one person. */
  drawnBy: z.enum(['stake', 'person']),
  state: z.enum(['past', 'running', 'to-come']),
  /** `null` where the round has not begun. */
  times: z
    .strictObject({
      beaconAt: unixSeconds,
      drawEndsAt: unixSeconds,
      commitEndsAt: unixSeconds,
      revealEndsAt: unixSeconds,
    })
    .nullable(),
  beacon: z.strictObject({ randomness: hash0x, source: z.enum(['drand', 'chain']) }).nullable(),
  panel: z.array(seat).max(31),
  ruling: verdict.nullable(),
});

/** What was paid to go on, and by whom. */
export const courtRung = z.strictObject({
  outcome: verdict.nullable(),
  bondMicroUsd: microUsd,
  feesMicroUsd: microUsd,
  shares: z.array(z.strictObject({ account: address, amountMicroUsd: microUsd })),
});

const statementFields = { account: address, outcome: verdict, reason: sentence, at: unixSeconds };
const statement = z.strictObject(statementFields);

export const courtCase = z.strictObject({
  ...caseFields,
  proposedAt: unixSeconds,
  policy: label,
  /** Whether all AI jurors of a panel may be run by one operator. */
  oneOperator: z.boolean(),
  rungs: z.array(courtRung),
  rounds: z.array(courtRound).max(4),
  /** What going on costs now: bond and the fees of the panel that is called; `null` where nothing can be gone on with. */
  need: z.strictObject({ bondMicroUsd: microUsd, feesMicroUsd: microUsd }).nullable(),
  /** Paid towards it so far, by outcome. */
  pots: z.array(z.strictObject({ outcome: verdict, amountMicroUsd: microUsd })),
  /** What the sides say, oldest first. */
  statements: z.array(statement),
  /** What others say: it binds nobody. Persons first, then stakes, the largest first, then other accounts, the oldest first. */
  advice: z.array(z.strictObject({ ...statementFields, standing: z.enum(['person', 'stake', 'free']) })),
  /** What a buyer of the running or next panel has to promise each of so many seats, and to be believed to have in all. */
  bribe: z.strictObject({ seats: count, perSeatMicroUsd: microUsd, budgetMicroUsd: microUsd }).nullable(),
});
export type CourtCase = Wire<typeof courtCase>;

/** Who says for this court that an account is one person, and what it said of this one. */
const person = z.strictObject({
  issuer: label,
  /** Its key, as its directory has it (RFC 9578, token type 2). */
  tokenKey: hex(ISSUER_KEY_BYTES, 'A key of tokens'),
  /** Where its directory is; `null` where people know. */
  directory: z.string().nullable(),
  environment: z.enum(['development', 'production']),
  /** Unix seconds since when the account counts as a person; `null` where it has not shown it by this key. */
  since: unixSeconds.nullable(),
  /** Who missed a vote is not drawn until then. */
  outUntil: unixSeconds.nullable(),
});

/** Somebody who judges, and what there is to do. */
export const courtJuror = z.strictObject({
  address,
  stakeMicroUsd: microUsd,
  lockedMicroUsd: microUsd,
  /** Unix seconds since when the stake counts; `null` without a stake. */
  since: unixSeconds.nullable(),
  /** `null` where people are drawn by their stakes. */
  person: person.nullable(),
  duties: z.array(
    z.strictObject({
      caseId: id,
      plainWords: z.string(),
      round: z.int().min(1).max(4),
      todo: z.enum(['commit', 'open', 'done']),
      /** When it can be done, and until when. */
      from: unixSeconds,
      until: unixSeconds,
      feeMicroUsd: microUsd,
      lockMicroUsd: microUsd,
    }),
  ),
});
export type CourtJuror = Wire<typeof courtJuror>;
