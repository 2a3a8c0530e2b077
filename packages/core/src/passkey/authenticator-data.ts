/** Authenticator data, section 6.1 of WebAuthn Level 3: what an authenticator says of itself, of its user and of a new key. */
import { p256 } from '@noble/curves/nist.js';
import { concatBytes, sameBytes } from '../bytes.ts';
import { ok, type Result, refuse } from '../errors.ts';

export type AuthenticatorData = {
  /** SHA-256 of the name that the key is bound to. */
  readonly rpIdHash: Uint8Array;
  /** Somebody touched the authenticator. */
  readonly userPresent: boolean;
  /** The authenticator checked who: finger, face or PIN. */
  readonly userVerified: boolean;
  /** The key can be copied to other devices of its owner, or has been. */
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  /** Signatures so far; 0 where the authenticator does not count, as for keys that are copied. */
  readonly signCount: number;
  /** Only where a key is made; the key is an uncompressed point of P-256, 65 bytes. */
  readonly credential: { readonly id: Uint8Array; readonly publicKey: Uint8Array } | null;
};

const FLAG = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  credential: 0x40,
  extensions: 0x80,
} as const;
const HEAD_BYTES = 37;
const AAGUID_BYTES = 16;
/** Longest id of a credential, section 5.8.3. */
export const CREDENTIAL_ID_BYTES = 1_023;

/**
 * An ES256 key in COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. WebAuthn demands CTAP2's canonical CBOR without optional
 * parameters (section 6.5.1.1), which leaves these bytes and no others.
 */
const COSE_BEFORE_X = new Uint8Array([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
const COSE_BEFORE_Y = new Uint8Array([0x22, 0x58, 32]);
const COSE_BYTES = COSE_BEFORE_X.length + 32 + COSE_BEFORE_Y.length + 32;

const malformed = (message: string, next: string): Result<never> =>
  refuse({ code: 'passkey.malformed', message, next, field: 'authenticatorData' });

const endsEarly = (): Result<never> =>
  malformed('The authenticator data ends too early.', 'Send it as the browser gave it.');

const pointOf = (cose: Uint8Array): Uint8Array | undefined => {
  const x = cose.subarray(COSE_BEFORE_X.length, COSE_BEFORE_X.length + 32);
  const beforeY = cose.subarray(COSE_BEFORE_X.length + 32, COSE_BYTES - 32);
  const isEs256 = sameBytes(cose.subarray(0, COSE_BEFORE_X.length), COSE_BEFORE_X) && sameBytes(beforeY, COSE_BEFORE_Y);
  const point = concatBytes(new Uint8Array([4]), x, cose.subarray(COSE_BYTES - 32));
  return isEs256 && p256.utils.isValidPublicKey(point, false) ? point : undefined;
};

type Attested = { readonly credential: NonNullable<AuthenticatorData['credential']>; readonly end: number };

const attested = (bytes: Uint8Array): Result<Attested> => {
  const idAt = HEAD_BYTES + AAGUID_BYTES + 2;
  if (bytes.length < idAt) return endsEarly();
  const idBytes = bytes[idAt - 2]! * 256 + bytes[idAt - 1]!;
  const end = idAt + idBytes + COSE_BYTES;
  if (idBytes === 0 || idBytes > CREDENTIAL_ID_BYTES) {
    return malformed(`The credential's id has ${idBytes} bytes.`, `Use one of 1 to ${CREDENTIAL_ID_BYTES} bytes.`);
  }
  const publicKey = pointOf(bytes.subarray(idAt + idBytes, end));
  if (publicKey === undefined) return malformed('The key is not a P-256 key for ES256.', 'Ask for algorithm -7 alone.');
  return ok({ credential: { id: bytes.slice(idAt, idAt + idBytes), publicKey }, end });
};

/**
 * Reads authenticator data. What extensions say is not read, and allowed only where the flags announce it.
 *
 * Refuses with `passkey.malformed`.
 */
export const readAuthenticatorData = (bytes: Uint8Array): Result<AuthenticatorData> => {
  if (bytes.length < HEAD_BYTES) return endsEarly();
  const flags = bytes[32]!;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const key = has(FLAG.credential) ? attested(bytes) : ok({ credential: null, end: HEAD_BYTES });
  if (!key.ok) return key;
  const { credential, end } = key.value;
  if (has(FLAG.extensions) ? bytes.length === end : bytes.length !== end) {
    return malformed('The authenticator data does not end where its flags say.', 'Send it as the browser gave it.');
  }
  if (has(FLAG.backedUp) && !has(FLAG.backupEligible)) {
    return malformed('A key that cannot be copied is said to be copied.', 'Use another authenticator.');
  }
  return ok({
    rpIdHash: bytes.slice(0, 32),
    userPresent: has(FLAG.userPresent),
    userVerified: has(FLAG.userVerified),
    backupEligible: has(FLAG.backupEligible),
    backedUp: has(FLAG.backedUp),
    signCount: new DataView(bytes.buffer, bytes.byteOffset).getUint32(33),
    credential,
  });
};
