/** A wallet's word that a session key may act for it. */
import * as z from 'zod';
import { address, microUsd, sessionKey, unixSeconds, walletSignature } from './scalars.ts';
import type { Wire } from './wire.ts';

export const scope = z
  .string()
  .regex(
    /^(?:trade|withdraw|challenge|judge|advise|webhook|redeem|publish)(?:,(?:trade|withdraw|challenge|judge|advise|webhook|redeem|publish)){0,7}$/,
  )
  .meta({
    description:
      'Comma-separated: `trade` (fund, order, evidence), `withdraw`, `challenge`, `judge` (stake, vote), `advise` (advise, notices), `webhook`, `redeem`, `publish` (store, publish, reveal).',
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
