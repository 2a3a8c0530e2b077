/**
 * Actions signed by session keys: P-256 ECDSA with SHA-256 over `surety/action/v1\n` and the action's canonical JSON.
 * A wallet delegates once (EIP-712 `Delegation`); from then on each action costs one P-256 verification, which
 * `node:crypto` does natively over the same bytes and the EVM by precompile. See `spec/07-receipt.md`.
 */
import { p256 } from '@noble/curves/nist.js';
import { concatBytes, from0x, fromHex, to0x, toHex, utf8 } from './bytes.ts';
import { encode, tryEncode } from './canonical.ts';
import type { Bytes32 } from './eip712/types.ts';
import { ok, type Problem, type Result, refuse, show } from './errors.ts';

export const ACTION_TAG = 'surety/action/v1\n';

/** Largest action, in bytes of canonical JSON. */
export const ACTION_MAX_BYTES = 65_536;

/** A P-256 public key as the `Delegation` names it. */
export type SessionKey = { readonly x: Bytes32; readonly y: Bytes32 };

/**
 * The bytes a session key signs.
 * @throws {SuretyError} `input.*` when the action has no canonical form
 */
export const actionBytes = (action: unknown): Uint8Array =>
  concatBytes(utf8(ACTION_TAG), encode(action, { maxBytes: ACTION_MAX_BYTES }));

/** The public half of a 32-byte P-256 secret key. */
export const sessionKeyOf = (secretKey: Uint8Array): SessionKey => {
  const point = p256.getPublicKey(secretKey, false);
  return { x: to0x(point.subarray(1, 33)), y: to0x(point.subarray(33)) };
};

/** Signs an action: 64 bytes r ‖ s with low s, lower-case hex. */
export const signAction = (action: unknown, secretKey: Uint8Array): string =>
  toHex(p256.sign(actionBytes(action), secretKey, { lowS: true }));

const refused = (code: Problem['code'], message: string, next: string, value: unknown): Result<never> =>
  refuse({ code, message, next, field: 'signature', value: show(value) });

const HALF_ORDER = p256.Point.Fn.ORDER >> 1n;

/** The 64 bytes of an action signature in its one accepted form: lower-case hex, low s. */
export const parseActionSignature = (signature: string): Result<Uint8Array> => {
  const bytes = fromHex(signature, { bytes: 64, field: 'signature' });
  if (!bytes.ok) {
    return refused(
      'signature.malformed',
      'The signature is not 64 bytes of hex.',
      'Send r then s, 128 digits.',
      signature,
    );
  }
  if (BigInt(`0x${signature.slice(64)}`) > HALF_ORDER) {
    const next = 'Replace s by n - s: each signature has one text.';
    return refused('signature.malformed', 'The signature has s in the upper half.', next, signature);
  }
  return bytes;
};

/** Whether the session key signed the action. */
export const verifyAction = (action: unknown, signature: string, key: SessionKey): Result<true> => {
  const encoded = tryEncode(action, { maxBytes: ACTION_MAX_BYTES });
  if (!encoded.ok) return encoded;
  const bytes = parseActionSignature(signature);
  if (!bytes.ok) return bytes;
  const x = from0x(key.x, { bytes: 32, field: 'sessionKeyX' });
  if (!x.ok) return x;
  const y = from0x(key.y, { bytes: 32, field: 'sessionKeyY' });
  if (!y.ok) return y;
  const point = concatBytes(new Uint8Array([4]), x.value, y.value);
  if (!p256.utils.isValidPublicKey(point, false)) {
    return refused('signature.malformed', 'The session key is no point of P-256.', 'Delegate to a valid key.', key);
  }
  if (p256.verify(bytes.value, concatBytes(utf8(ACTION_TAG), encoded.value), point, { lowS: true })) return ok(true);
  const next = `Sign "${ACTION_TAG.trim()}", a newline and the canonical JSON of the action, with the delegated key.`;
  return refused('signature.wrong-signer', 'The session key did not sign this action.', next, signature);
};
