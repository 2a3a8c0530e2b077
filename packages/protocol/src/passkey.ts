/** Passkeys (WebAuthn Level 3): accounts of people without a wallet, which advise and follow, and do nothing else. */
import * as z from 'zod';
import { action, actionResult } from './action.ts';
import { address, bytesHex, chainId, id, nonce, sessionKey, unixSeconds } from './scalars.ts';
import type { Wire } from './wire.ts';

const authenticatorData = bytesHex(2_048, 'Authenticator data as the browser gave it');
const clientDataJson = bytesHex(2_048, 'Client data as the browser gave it');

/** The SHA-256 of a credential's id, by which a node knows a passkey. */
const passkeyId = id;

/**
 * What the ceremony that made a passkey gave. Its challenge is the SHA-256 of `surety/passkey/v1\n` and the canonical JSON of
 * `{chainId, expiresAt, nonce, operator}`.
 */
export const newPasskey = z.strictObject({
  chainId,
  operator: address,
  nonce,
  expiresAt: unixSeconds,
  authenticatorData,
  clientDataJson,
});
export type NewPasskeyRequest = Wire<typeof newPasskey>;

export const passkey = z.strictObject({
  passkeyId,
  /** The address of the key: keccak-256 of x ‖ y, last 20 bytes. */
  account: address,
  publicKey: sessionKey,
});
export type Passkey = Wire<typeof passkey>;

/** An action with the assertion over it, whose challenge is the SHA-256 of the bytes that a session key would sign. */
export const assertedAction = z.strictObject({
  action,
  passkeyId,
  authenticatorData,
  clientDataJson,
  signature: bytesHex(80, 'An ECDSA signature in DER'),
});
export type AssertedAction = Wire<typeof assertedAction>;

export const assertedResult = z.strictObject({ result: actionResult });
