/** Writes that move money are signed actions: by a P-256 session key that a wallet delegated to. */
import { LOGGED_MAX, OUTCOME, PERSON_TOKEN_BYTES } from '@surety/core';
import * as z from 'zod';
import { verdict } from './court.ts';
import { delegation } from './delegation.ts';
import { analystReport } from './evidence.ts';
import { LIMITS } from './limits.ts';
import { fileKind, modelCommitment, modelId, modelName } from './model.ts';
import { filledFields, order } from './order.ts';
import {
  address,
  chainId,
  count,
  hash0x,
  hex,
  id,
  microUsd,
  nonce,
  sentence,
  sequence,
  sessionKey,
  sessionSignature,
  streamName,
  unixSeconds,
  url,
} from './scalars.ts';
import type { Wire } from './wire.ts';

/** `chainId` and `operator` keep an action from being replayed on another chain or node that the same key is delegated on. */
const common = { account: address, chainId, operator: address, nonce, expiresAt: unixSeconds };

/** Move money from the account into its budget in one market; trades there can spend only that. */
export const fundAction = z.strictObject({
  type: z.literal('surety/action/fund/v1'),
  ...common,
  marketId: id,
  amountMicroUsd: microUsd,
});

export const orderAction = z.strictObject({
  type: z.literal('surety/action/order/v1'),
  ...common,
  marketId: id,
  order,
});

export const evidenceAction = z.strictObject({
  type: z.literal('surety/action/evidence/v1'),
  ...common,
  marketId: id,
  evidence: analystReport,
});

export const withdrawAction = z.strictObject({
  type: z.literal('surety/action/withdraw/v1'),
  ...common,
  amountMicroUsd: microUsd,
  to: address,
});

/**
 * Pay towards the next rung of a case, for an outcome: a challenge of an answer, an appeal against a ruling, or the call of
 * people where a panel did not rule. At most what is missing is taken.
 */
export const challengeAction = z.strictObject({
  type: z.literal('surety/action/challenge/v1'),
  ...common,
  marketId: id,
  outcome: verdict,
  amountMicroUsd: microUsd,
  reason: sentence.min(1),
});

/** Put money up as a juror; whoever is drawn has a part of it locked. */
export const stakeAction = z.strictObject({
  type: z.literal('surety/action/stake/v1'),
  ...common,
  amountMicroUsd: microUsd,
});

/** Take back the whole stake that no case has locked. */
export const unstakeAction = z.strictObject({ type: z.literal('surety/action/unstake/v1'), ...common });

/** Show that one is a person, by a token that the court's issuer made for this account: people's panels are drawn from those. */
export const showPersonAction = z.strictObject({
  type: z.literal('surety/action/show-person/v1'),
  ...common,
  token: hex(PERSON_TOKEN_BYTES, 'A token (RFC 9578, type 2)'),
});

/** Commit to a vote in the round that runs. */
export const voteAction = z.strictObject({
  type: z.literal('surety/action/vote/v1'),
  ...common,
  marketId: id,
  commitment: hash0x,
});

/** Open the vote that was committed to. The reading is the SHA-256 of the reason. */
export const openVoteAction = z.strictObject({
  type: z.literal('surety/action/open-vote/v1'),
  ...common,
  marketId: id,
  outcome: verdict.or(z.literal(OUTCOME.abstain)),
  reason: sentence.min(1),
  salt: hash0x,
});

/** Show a juror's vote before votes may be opened: it is void, and half of what the juror locked is yours. */
export const showVoteAction = z.strictObject({
  type: z.literal('surety/action/show-vote/v1'),
  ...common,
  marketId: id,
  juror: address,
  outcome: verdict.or(z.literal(OUTCOME.abstain)),
  reading: hash0x,
  salt: hash0x,
});

/** Say what one thinks of a case, without a seat. */
export const adviseAction = z.strictObject({
  type: z.literal('surety/action/advise/v1'),
  ...common,
  marketId: id,
  outcome: verdict,
  reason: sentence.min(1),
});

/** The secret signs every delivery (Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes). */
export const webhookAction = z.strictObject({
  type: z.literal('surety/action/webhook/v1'),
  ...common,
  url,
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/),
  streams: z.array(streamName).min(1).max(LIMITS.streams),
});

export const webhookDeleteAction = z.strictObject({
  type: z.literal('surety/action/webhook-delete/v1'),
  ...common,
  webhookId: id,
});

export const redeemAction = z.strictObject({
  type: z.literal('surety/action/redeem/v1'),
  ...common,
  receiptId: id,
});

/** Room for a file on the node for an hour; it is then sent in parts. See `spec/13-models.md`, 13.5. */
export const storeAction = z.strictObject({
  type: z.literal('surety/action/store/v1'),
  ...common,
  kind: fileKind,
  id,
  bytes: z.int().min(1).max(LIMITS.programBytes),
});

/** The delegation stands in it, so that record and action need nobody to say that the key spoke for the publisher. */
export const publishAction = z.strictObject({
  type: z.literal('surety/action/publish/v1'),
  ...common,
  name: modelName,
  commitment: modelCommitment,
  revealBy: unixSeconds.nullable(),
  bondMicroUsd: microUsd,
  probes: id.nullable(),
  bundle: id.nullable(),
  delegation: delegation,
});

export const revealAction = z.strictObject({
  type: z.literal('surety/action/reveal/v1'),
  ...common,
  publicationId: id,
  program: id,
  salt: id,
});

/** Enter commitments in the log, in this order; what is in it already stays where it is. See `spec/08-log.md`, 8.5. */
export const logAction = z.strictObject({
  type: z.literal('surety/action/log/v1'),
  ...common,
  commitments: z.array(id).min(1).max(LOGGED_MAX),
});

export const action = z.discriminatedUnion('type', [
  fundAction,
  orderAction,
  evidenceAction,
  withdrawAction,
  challengeAction,
  stakeAction,
  unstakeAction,
  showPersonAction,
  voteAction,
  openVoteAction,
  showVoteAction,
  adviseAction,
  webhookAction,
  webhookDeleteAction,
  redeemAction,
  storeAction,
  publishAction,
  revealAction,
  logAction,
]);
export type Action = Wire<typeof action>;
export type ActionType = Action['type'];

export const signedAction = z.strictObject({
  action,
  account: address,
  sessionKey,
  signature: sessionSignature,
});
export type SignedAction = Wire<typeof signedAction>;

/** What came of an accepted action; `kind` is the middle word of the action's type. */
export const actionResult = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fund'),
    marketId: id,
    budgetMicroUsd: microUsd,
    balanceMicroUsd: microUsd,
  }),
  z.strictObject({
    kind: z.literal('order'),
    marketId: id,
    /** Sequence of the trade in `market:<marketId>`. */
    tradeSeq: sequence,
    ...filledFields,
    budgetMicroUsd: microUsd,
  }),
  z.strictObject({ kind: z.literal('evidence'), marketId: id, evidenceId: id, seq: sequence }),
  z.strictObject({
    kind: z.literal('withdraw'),
    withdrawalId: z.string(),
    amountMicroUsd: microUsd,
    balanceMicroUsd: microUsd,
    availableAt: unixSeconds.nullable(),
  }),
  z.strictObject({ kind: z.literal('challenge'), marketId: id, takenMicroUsd: microUsd, missingMicroUsd: microUsd }),
  z.strictObject({ kind: z.literal('stake'), stakeMicroUsd: microUsd }),
  z.strictObject({ kind: z.literal('unstake'), returnedMicroUsd: microUsd, lockedMicroUsd: microUsd }),
  z.strictObject({ kind: z.literal('show-person'), since: unixSeconds }),
  z.strictObject({ kind: z.literal('vote'), marketId: id, round: count, opensAt: unixSeconds }),
  z.strictObject({ kind: z.literal('open-vote'), marketId: id, round: count }),
  z.strictObject({ kind: z.literal('show-vote'), marketId: id, wonMicroUsd: microUsd }),
  z.strictObject({ kind: z.literal('advise'), marketId: id }),
  z.strictObject({ kind: z.literal('webhook'), webhookId: id }),
  z.strictObject({ kind: z.literal('webhook-delete'), webhookId: id }),
  z.strictObject({ kind: z.literal('redeem'), receiptId: id, paidMicroUsd: microUsd }),
  z.strictObject({ kind: z.literal('store'), id, stored: z.boolean(), received: count, partBytes: count }),
  z.strictObject({ kind: z.literal('publish'), publicationId: id, model: modelId, version: z.int().min(1) }),
  z.strictObject({
    kind: z.literal('reveal'),
    publicationId: id,
    program: id,
    late: z.boolean(),
    returnedMicroUsd: microUsd,
  }),
  z.strictObject({
    kind: z.literal('log'),
    entries: z.array(z.strictObject({ commitment: id, index: count, at: unixSeconds })).max(LOGGED_MAX),
  }),
]);
export type ActionResult = Wire<typeof actionResult>;

/** What a delegation can allow. */
export const SCOPES = ['trade', 'withdraw', 'challenge', 'judge', 'webhook', 'redeem', 'publish'] as const;
export type Scope = (typeof SCOPES)[number];

/** Which word of a delegation's scope each action needs. */
export const SCOPE_OF: { readonly [T in ActionType]: Scope } = {
  'surety/action/fund/v1': 'trade',
  'surety/action/order/v1': 'trade',
  'surety/action/evidence/v1': 'trade',
  'surety/action/withdraw/v1': 'withdraw',
  'surety/action/challenge/v1': 'challenge',
  'surety/action/stake/v1': 'judge',
  'surety/action/unstake/v1': 'judge',
  'surety/action/show-person/v1': 'judge',
  'surety/action/vote/v1': 'judge',
  'surety/action/open-vote/v1': 'judge',
  'surety/action/show-vote/v1': 'judge',
  'surety/action/advise/v1': 'judge',
  'surety/action/webhook/v1': 'webhook',
  'surety/action/webhook-delete/v1': 'webhook',
  'surety/action/redeem/v1': 'redeem',
  'surety/action/store/v1': 'publish',
  'surety/action/publish/v1': 'publish',
  'surety/action/reveal/v1': 'publish',
  'surety/action/log/v1': 'publish',
};

/** Whether a delegation's scope covers a type of action. */
export const scopeAllows = (granted: string, type: ActionType): boolean => granted.split(',').includes(SCOPE_OF[type]);
