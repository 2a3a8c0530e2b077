/**
 * What a passkey (WebAuthn Level 3, https://www.w3.org/TR/webauthn-3/) is asked to sign here. Its account is the address of
 * its key, as Ethereum forms addresses, but of a point of P-256: so the account names the key, and nobody has to look it up.
 */
import { ACTION_MAX_BYTES, actionBytes } from '../action.ts';
import { addressOfPublicKey } from '../address.ts';
import { concatBytes, utf8 } from '../bytes.ts';
import { encode } from '../canonical.ts';
import { sha256 } from '../hash.ts';

export const PASSKEY_TAG = 'surety/passkey/v1\n';

/** What a new passkey is made for: one operator on one chain, within a short time. */
export type PasskeyOffer = {
  readonly chainId: number;
  /** EIP-55 address of the operator. */
  readonly operator: string;
  /** 16 random bytes, lower-case hex. */
  readonly nonce: string;
  /** Unix seconds. */
  readonly expiresAt: number;
};

/** Challenge of the ceremony that makes a passkey: 32 bytes. */
export const offerChallenge = ({ chainId, operator, nonce, expiresAt }: PasskeyOffer): Uint8Array =>
  sha256(
    concatBytes(utf8(PASSKEY_TAG), encode({ chainId, operator, nonce, expiresAt }, { maxBytes: ACTION_MAX_BYTES })),
  );

/**
 * Challenge of the ceremony that signs an action: the SHA-256 of the bytes that a session key would sign. The action's own nonce
 * makes it fresh.
 * @throws {SuretyError} `input.*` when the action has no canonical form
 */
export const actionChallenge = (action: unknown): Uint8Array => sha256(actionBytes(action));

/**
 * The account of a passkey, EIP-55: the last 20 bytes of the keccak-256 of x ‖ y.
 * @param publicKey uncompressed point of P-256, 65 bytes
 */
export const passkeyAccountOf = (publicKey: Uint8Array): string => addressOfPublicKey(publicKey);
