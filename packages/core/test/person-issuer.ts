/** An issuer of person tokens whose key is made from words, so that it is the same every time, and protects nothing. For tests and vectors. */
import { checkPrimeSync, constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { concatBytes, toHex, utf8 } from '../src/bytes.ts';
import { unwrap } from '../src/errors.ts';
import { sha256 } from '../src/hash.ts';
import { blindMessage, finishToken } from '../src/persons/blind.ts';
import { issuerKeyOf, RSA_BYTES, readIssuerKey } from '../src/persons/issuer-key.ts';
import { toRsaBytes } from '../src/persons/rsa-pss.ts';
import { type PersonScope, personChallenge, tokenInput } from '../src/persons/token.ts';

const EXPONENT = 65_537n;

/** Bytes out of a name, for keys and secrets that protect nothing. */
export const bytesOf = (name: string, length: number): Uint8Array => {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(utf8(`${name} ${i}`)));
  return concatBytes(...blocks).subarray(0, length);
};

/** The first prime of 1,024 bits after the two highest bits and the bytes of a name. */
const primeOf = (name: string): bigint => {
  let prime = BigInt(`0x${toHex(bytesOf(name, RSA_BYTES / 2))}`) | (3n << 1_022n) | 1n;
  while (prime % EXPONENT === 1n || !checkPrimeSync(prime)) prime += 2n;
  return prime;
};

/** a^-1 modulo m, for coprimes. */
const inverse = (a: bigint, m: bigint): bigint => {
  let [r0, r1, s0, s1] = [m, a % m, 0n, 1n];
  while (r1 > 0n) [r0, r1, s0, s1] = [r1, r0 % r1, s1, s0 - (r0 / r1) * s1];
  return ((s0 % m) + m) % m;
};

const base64url = (value: bigint): string => {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url');
};

const keyOf = (p: bigint, q: bigint) => {
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const parts = { n: p * q, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const fields = Object.entries(parts).map(([name, value]) => [name, base64url(value)] as const);
  return createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...Object.fromEntries(fields) } });
};

const [P, Q] = [primeOf('p'), primeOf('q')];
const privateKey = keyOf(P, Q);

export const MODULUS = P * Q;
export const ISSUER_KEY = unwrap(readIssuerKey(issuerKeyOf(toRsaBytes(MODULUS))));
export const NONCE = bytesOf('nonce', 32);

/** What the key makes of a number below its modulus: of a blinded message what an issuer answers. */
export const signRaw = (bytes: Uint8Array): Uint8Array =>
  privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, bytes);

/** A token, got as people get theirs: by a blinded message. @param name of what a person would draw at random */
export const tokenFor = (scope: PersonScope, name: string): Uint8Array => {
  const secrets = { salt: bytesOf(`salt ${name}`, 48), blind: bytesOf(`blind ${name}`, RSA_BYTES) };
  secrets.blind[0] = 0;
  const asked = unwrap(blindMessage(tokenInput(NONCE, personChallenge(scope), ISSUER_KEY), ISSUER_KEY, secrets));
  return unwrap(finishToken(asked, signRaw(asked.blinded), ISSUER_KEY));
};
