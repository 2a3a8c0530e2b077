/** Writes that move money are signed actions: by a P-256 session key that a wallet delegated to. */
import * as z from 'zod';
import { analystReport } from './evidence.ts';
import { LIMITS } from './limits.ts';
import { filledFields, order } from './order.ts';
import {
  address,
  chainId,
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
  walletSignature,
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

export const challengeAction = z.strictObject({
  type: z.literal('surety/action/challenge/v1'),
  ...common,
  receiptId: id,
  bondMicroUsd: microUsd,
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

export const action = z.discriminatedUnion('type', [
  fundAction,
  orderAction,
  evidenceAction,
  withdrawAction,
  challengeAction,
  webhookAction,
  webhookDeleteAction,
  redeemAction,
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
  z.strictObject({ kind: z.literal('challenge'), receiptId: id, bondMicroUsd: microUsd }),
  z.strictObject({ kind: z.literal('webhook'), webhookId: id }),
  z.strictObject({ kind: z.literal('webhook-delete'), webhookId: id }),
  z.strictObject({ kind: z.literal('redeem'), receiptId: id, paidMicroUsd: microUsd }),
]);
export type ActionResult = Wire<typeof actionResult>;

/** What a delegation can allow. */
export const SCOPES = ['trade', 'withdraw', 'challenge', 'webhook', 'redeem'] as const;
export type Scope = (typeof SCOPES)[number];

/** Which word of a delegation's scope each action needs. */
export const SCOPE_OF: { readonly [T in ActionType]: Scope } = {
  'surety/action/fund/v1': 'trade',
  'surety/action/order/v1': 'trade',
  'surety/action/evidence/v1': 'trade',
  'surety/action/withdraw/v1': 'withdraw',
  'surety/action/challenge/v1': 'challenge',
  'surety/action/webhook/v1': 'webhook',
  'surety/action/webhook-delete/v1': 'webhook',
  'surety/action/redeem/v1': 'redeem',
};

/** Whether a delegation's scope covers a type of action. */
export const scopeAllows = (granted: string, type: ActionType): boolean => granted.split(',').includes(SCOPE_OF[type]);

export const scope = z
  .string()
  .regex(/^(?:trade|withdraw|challenge|webhook|redeem)(?:,(?:trade|withdraw|challenge|webhook|redeem)){0,4}$/)
  .meta({
    description: 'Comma-separated: `trade` (fund, order, evidence), `withdraw`, `challenge`, `webhook`, `redeem`.',
  });

/** A wallet's EIP-712 `Delegation` of part of its authority to a session key. */
export const delegation = z.strictObject({
  /** Whose node may act on it; signed with the rest. */
  operator: address,
  wallet: address,
  sessionKey,
  scope,
  /** Cumulative net amount that this key may move into markets. */
  limitMicroUsd: microUsd,
  expiresAt: unixSeconds,
  /** EIP-712 `uint64`; must rise with every delegation to the same key. */
  nonce: z.int().min(0),
  signature: walletSignature,
});
export type WireDelegation = Wire<typeof delegation>;
