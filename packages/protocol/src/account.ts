/** Accounts, players and webhooks as the wire shows them. */
import * as z from 'zod';
import {
  address,
  chainId,
  count,
  id,
  label,
  microShares,
  microUsd,
  sentence,
  streamName,
  unixSeconds,
  url,
} from './scalars.ts';
import type { Wire } from './wire.ts';

/** `null` where nothing audited has been scored yet. */
const brierPpm = z.int().min(0).max(2_000_000).nullable();

export const account = z.strictObject({
  address,
  balanceMicroUsd: microUsd,
  reservedMicroUsd: microUsd,
  withdrawableMicroUsd: microUsd,
  bondMicroUsd: microUsd,
  markets: z.array(
    z.strictObject({ marketId: id, budgetMicroUsd: microUsd, positionsMicroShares: z.array(microShares) }),
  ),
  /** Audited results only. */
  scores: z.strictObject({ brierPpm, audited: count, unaudited: count }).exactOptional(),
});
export type Account = Wire<typeof account>;

/**
 * A leaf of the newest Merkle-sum root on chain, as it was hashed, with the path that lets its owner leave without the
 * operator: all that `withdraw`, `requestForced` and `exit` of the contract ask for. See `spec/05-settlement.md`.
 */
export const exitProof = z.strictObject({
  chainId,
  settlement: address,
  rootNumber: count,
  root: z.string(),
  totalMicroUsd: microUsd,
  index: count,
  leaf: z.strictObject({
    account: address,
    authorisedMicroUsd: microUsd,
    withdrawnMicroUsd: microUsd,
    cashMicroUsd: microUsd,
    positionsMicroUsd: microUsd,
    positionsCommitment: z.string(),
  }),
  path: z.array(z.strictObject({ hash: z.string(), sumMicroUsd: microUsd })).max(64),
});
export type ExitProof = Wire<typeof exitProof>;

export const player = z.strictObject({
  id: label,
  kind: z.enum(['built-in', 'outside']),
  family: label,
  program: label,
  account: address,
  brierPpm: brierPpm.exactOptional(),
  wealthMicroUsd: microUsd,
  audited: count,
  unaudited: count,
  description: sentence,
});
export type Player = Wire<typeof player>;

export const webhook = z.strictObject({
  webhookId: id,
  url,
  streams: z.array(streamName),
  createdAt: unixSeconds,
  /** Deliveries that failed since the last success; after 60 the webhook is switched off. */
  failures: count,
  active: z.boolean(),
});
export type Webhook = Wire<typeof webhook>;
