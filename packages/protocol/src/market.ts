/** Markets, their history and streams as the wire shows them. */
import * as z from 'zod';
import { questionClaim } from './claim.ts';
import { evidence } from './evidence.ts';
import { LIMITS } from './limits.ts';
import { filledFields } from './order.ts';
import { decidedBy, receiptStatus } from './receipt.ts';
import {
  address,
  count,
  id,
  json,
  label,
  microUsd,
  ppm,
  ppms,
  sequence,
  signedMicroShares,
  streamName,
  unixSeconds,
} from './scalars.ts';
import type { Wire } from './wire.ts';

/** The best answer so far; `status` says how much it may still change. */
export const answer = z.strictObject({
  outcome: label.nullable(),
  probabilityPpm: ppm,
  status: receiptStatus,
  decidedBy,
});

export const marketStatus = z.enum(['open', 'closed', 'resolved', 'settled']);

const summaryFields = {
  marketId: id,
  claim: questionClaim,
  plainWords: z.string(),
  status: marketStatus,
  probabilitiesPpm: ppms,
  volumeMicroUsd: microUsd,
  tradeCount: count,
  closesAt: unixSeconds,
  answer,
  /** Present and true while people are asked to rule: challenged, drawn by the beacon, or undecided by its panel. */
  needsPeople: z.literal(true).exactOptional(),
};

export const marketSummary = z.strictObject(summaryFields);
export type MarketSummary = Wire<typeof marketSummary>;

export const market = z.strictObject({
  ...summaryFields,
  quantitiesMicroShares: z.array(signedMicroShares).min(2).max(LIMITS.outcomes),
  subsidyMicroUsd: microUsd,
  players: z.array(
    z.strictObject({
      account: address,
      id: label,
      label: label,
      lastProbabilityPpm: ppm.exactOptional(),
    }),
  ),
  evidence: z.array(z.strictObject({ evidenceId: id, evidence, by: z.string() })),
  /** At most 500 points, thinned evenly; the last one is always there. */
  priceHistory: z
    .array(z.strictObject({ at: unixSeconds, seq: sequence, probabilitiesPpm: ppms }))
    .max(LIMITS.pricePoints),
  resolvesBy: unixSeconds,
  /** Until when the panel's answer can be contested, and what that takes; absent where it cannot be. */
  contest: z.strictObject({ until: unixSeconds, costMicroUsd: microUsd }).exactOptional(),
  /** Present and true where a case of the court was opened on the answer. */
  contested: z.literal(true).exactOptional(),
  receiptId: id.nullable(),
  environment: z.enum(['development', 'production']),
  /** Sequence of the last event of `market:<marketId>` that this picture includes. */
  seq: sequence,
});
export type Market = Wire<typeof market>;

/** One durable event of a stream: `seq` is 1, 2, 3, … without gaps in its stream. */
export const streamEvent = z.strictObject({
  stream: streamName,
  seq: sequence,
  kind: label,
  at: unixSeconds,
  data: json,
});
export type StreamEvent = Wire<typeof streamEvent>;

/** What an order would come to now. */
export const quote = z.strictObject(filledFields);
export type Quote = Wire<typeof quote>;
