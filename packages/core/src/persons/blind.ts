/**
 * Getting a token without showing it: RSABSSA-SHA384-PSS-Deterministic (RFC 9474, sections 4.2 and 4.4). The issuer signs a
 * blinded message; what it signed cannot be linked to the token that comes out.
 */
import { concatBytes } from '../bytes.ts';
import { ok, type Result, refuse } from '../errors.ts';
import { type IssuerKey, RSA_BYTES } from './issuer-key.ts';
import { encodePss, fromRsaBytes, powExponent, SALT_BYTES, toRsaBytes, verifyPss } from './rsa-pss.ts';

/** 1/a mod n, or `null` where they share a factor. */
const inverse = (a: bigint, n: bigint): bigint | null => {
  let [r0, r1, s0, s1] = [n, a % n, 0n, 1n];
  while (r1 > 0n) {
    const q = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - q * r1, s1, s0 - q * s1];
  }
  return r0 === 1n ? ((s0 % n) + n) % n : null;
};

/** What the asker keeps until the issuer has answered. */
export type Blinded = { readonly message: Uint8Array; readonly unblind: bigint; readonly blinded: Uint8Array };

/** What a token needs of chance: 32, 48 and 256 bytes from a secure source. */
export type TokenSecrets = { readonly nonce: Uint8Array; readonly salt: Uint8Array; readonly blind: Uint8Array };

export const TOKEN_SECRET_BYTES = { nonce: 32, salt: SALT_BYTES, blind: RSA_BYTES } as const;

/**
 * Blinds a message.
 * @param secrets.blind below the modulus and without a common factor: others are refused, to be drawn again
 */
export const blindMessage = (
  message: Uint8Array,
  { modulus }: IssuerKey,
  { salt, blind }: Pick<TokenSecrets, 'salt' | 'blind'>,
): Result<Blinded> => {
  const r = fromRsaBytes(blind);
  const unblind = r === 0n || r >= modulus ? null : inverse(r, modulus);
  if (unblind === null || salt.length !== SALT_BYTES)
    return refuse({
      code: 'input.out-of-range',
      message: 'The blinding number does not go with this key.',
      next: 'Draw another one.',
      field: 'blind',
      limit: 'below the modulus, without a common factor',
    });
  const encoded = fromRsaBytes(encodePss(message, salt));
  const blinded = toRsaBytes((encoded * powExponent(r, modulus)) % modulus);
  return ok({ message, unblind, blinded });
};

/** The token of what the issuer answered: the message and its signature, verified. */
export const finishToken = (
  { message, unblind }: Blinded,
  signed: Uint8Array,
  { modulus }: IssuerKey,
): Result<Uint8Array> => {
  const bad = {
    code: 'court.person-token',
    message: 'What the issuer answered is no signature of its key.',
    next: 'Ask again; if it stays so, the issuer signs with another key than it publishes.',
    field: 'signature',
    limit: `${RSA_BYTES} bytes below the modulus`,
  } as const;
  if (signed.length !== RSA_BYTES || fromRsaBytes(signed) >= modulus) return refuse(bad);
  const signature = toRsaBytes((fromRsaBytes(signed) * unblind) % modulus);
  return verifyPss(signature, message, modulus) ? ok(concatBytes(message, signature)) : refuse(bad);
};
