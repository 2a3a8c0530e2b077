/**
 * What can be said of a ceremony without its signature, sections 7.1 and 7.2 of WebAuthn Level 3: the right page, the right
 * challenge, a name that is ours, a person at the device. Whoever calls {@link checkAssertion} verifies the signature over the
 * bytes that it returns, by the key that the account names.
 */
import { concatBytes, sameBytes, toHex, utf8 } from '../bytes.ts';
import { ok, type Result, refuse } from '../errors.ts';
import { sha256 } from '../hash.ts';
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts';
import { passkeyAccountOf } from './challenge.ts';
import { type ClientDataExpected, checkClientData } from './client-data.ts';

/** What a browser hands over after a ceremony, as bytes. */
export type Ceremony = {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJson: Uint8Array;
};

export type CeremonyExpected = {
  readonly challenge: Uint8Array;
  /** Origin of the page; keys are bound to its host. */
  readonly origin: string;
  /** `required`: the authenticator must have checked who is there, and not only that somebody is. */
  readonly userVerification: 'required' | 'discouraged';
};

const absent = (message: string, next: string): Result<never> =>
  refuse({ code: 'passkey.nobody-there', message, next, field: 'authenticatorData' });

const checkCeremony = (
  { authenticatorData, clientDataJson }: Ceremony,
  { challenge, origin, userVerification }: CeremonyExpected,
  type: ClientDataExpected['type'],
): Result<AuthenticatorData> => {
  const client = checkClientData(clientDataJson, { type, challenge, origin });
  if (!client.ok) return client;
  const data = readAuthenticatorData(authenticatorData);
  if (!data.ok) return data;
  const rpIdHash = sha256(utf8(new URL(origin).hostname));
  if (!sameBytes(data.value.rpIdHash, rpIdHash)) {
    return refuse({
      code: 'passkey.wrong-context',
      message: 'The passkey belongs to another name than that of this page.',
      next: `Make a passkey for ${new URL(origin).hostname}.`,
      field: 'authenticatorData.rpIdHash',
      value: toHex(data.value.rpIdHash),
      limit: toHex(rpIdHash),
    });
  }
  if (!data.value.userPresent) return absent('Nobody touched the authenticator.', 'Confirm at the device.');
  if (userVerification === 'required' && !data.value.userVerified) {
    return absent('The authenticator did not check who is there.', 'Set up a PIN, a finger or a face at the device.');
  }
  return data;
};

/** What is kept of a new passkey. */
export type NewPasskey = {
  readonly credentialId: Uint8Array;
  /** Uncompressed point of P-256, 65 bytes. */
  readonly publicKey: Uint8Array;
  /** EIP-55. */
  readonly account: string;
  readonly signCount: number;
  readonly backedUp: boolean;
};

/**
 * Checks the ceremony that made a passkey. No attestation is asked for, so nothing here is signed: that somebody has the key
 * is shown by the first assertion, and that a device of some maker holds it by nothing.
 *
 * Refuses with `passkey.malformed`, `passkey.wrong-context` or `passkey.nobody-there`.
 */
export const checkRegistration = (ceremony: Ceremony, expected: CeremonyExpected): Result<NewPasskey> => {
  const data = checkCeremony(ceremony, expected, 'webauthn.create');
  if (!data.ok) return data;
  const { credential, signCount, backedUp } = data.value;
  if (credential === null) {
    return refuse({
      code: 'passkey.malformed',
      message: 'The authenticator data names no new key.',
      next: 'Send what the ceremony that made the passkey gave.',
      field: 'authenticatorData',
    });
  }
  const { id: credentialId, publicKey } = credential;
  return ok({ credentialId, publicKey, account: passkeyAccountOf(publicKey), signCount, backedUp });
};

export type Asserted = {
  /** What the passkey signed by ECDSA with SHA-256; the signature is DER. */
  readonly signedBytes: Uint8Array;
  readonly signCount: number;
  readonly backedUp: boolean;
};

/**
 * Checks everything of an assertion but its signature.
 *
 * Refuses with `passkey.malformed`, `passkey.wrong-context` or `passkey.nobody-there`.
 */
export const checkAssertion = (ceremony: Ceremony, expected: CeremonyExpected): Result<Asserted> => {
  const data = checkCeremony(ceremony, expected, 'webauthn.get');
  if (!data.ok) return data;
  const { signCount, backedUp } = data.value;
  const signedBytes = concatBytes(ceremony.authenticatorData, sha256(ceremony.clientDataJson));
  return ok({ signedBytes, signCount, backedUp });
};
