/**
 * Person tokens: an issuer says, once for each person, "this is one of those whom I know", without learning of which account.
 * A publicly verifiable Privacy Pass token (RFC 9578, type 2, blind RSA of RFC 9474) whose challenge names the account and the court:
 * one signature names one account, so that who got one token can have one seat's worth of weight. Spec 21.10.
 */
import { addressBytes } from '../address.ts';
import { concatBytes, sameBytes, utf8 } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { sha256 } from '../hash.ts';
import { type IssuerKey, RSA_BYTES } from './issuer-key.ts';
import { verifyPss } from './rsa-pss.ts';

const TYPE = new Uint8Array([0, 2]);
const NONCE_BYTES = 32;
const INPUT_BYTES = TYPE.length + NONCE_BYTES + 32 + 32;
export const PERSON_TOKEN_BYTES = INPUT_BYTES + RSA_BYTES;

/** Whom a token is for, and where it counts. */
export type PersonScope = {
  /** Name of the issuer, as its directory gives it: a host name. */
  readonly issuer: string;
  readonly chainId: number;
  /** Address under which the court is kept. */
  readonly court: string;
  readonly account: string;
};

const u16 = (value: number): Uint8Array => new Uint8Array([value >> 8, value & 255]);

const u64 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
};

/** TokenChallenge (RFC 9577, section 2.1.1) whose redemption context is the account at the court; no origin. */
export const personChallenge = ({ issuer, chainId, court, account }: PersonScope): Uint8Array => {
  const name = utf8(issuer);
  const context = sha256(
    concatBytes(utf8('surety:person:v1\0'), u64(chainId), unwrap(addressBytes(court)), unwrap(addressBytes(account))),
  );
  return concatBytes(TYPE, u16(name.length), name, new Uint8Array([context.length]), context, u16(0));
};

/** What an issuer signs: type, nonce, digest of the challenge, id of the key. */
export const tokenInput = (nonce: Uint8Array, challenge: Uint8Array, { id }: IssuerKey): Uint8Array =>
  concatBytes(TYPE, nonce, sha256(challenge), id);

/** Whether a token of 354 bytes is by an issuer's key and answers a challenge. Never throws. */
export const isToken = (token: Uint8Array, challenge: Uint8Array, key: IssuerKey): boolean => {
  if (token.length !== PERSON_TOKEN_BYTES) return false;
  const nonce = token.subarray(TYPE.length, TYPE.length + NONCE_BYTES);
  const input = tokenInput(nonce, challenge, key);
  return sameBytes(token.subarray(0, INPUT_BYTES), input) && verifyPss(token.subarray(INPUT_BYTES), input, key.modulus);
};
