/** Client data, section 5.8.1 of WebAuthn Level 3: what the browser says it had signed, for which page, inside which other. */
import { fromUtf8, toBase64 } from '../bytes.ts';
import { ok, type Result, refuse, show } from '../errors.ts';

export type ClientDataExpected = {
  readonly type: 'webauthn.create' | 'webauthn.get';
  readonly challenge: Uint8Array;
  /** Scheme, host and port of the page, e.g. `https://court.example`. */
  readonly origin: string;
};

const base64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const wrong = (what: string, value: unknown, limit: string, next: string): Result<never> =>
  refuse({
    code: 'passkey.wrong-context',
    message: `The passkey was used with another ${what} than this.`,
    next,
    field: `clientDataJson.${what}`,
    value: show(value ?? ''),
    limit,
  });

const parsed = (bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined => {
  const text = fromUtf8(bytes, 'clientDataJson');
  if (!text.ok) return undefined;
  try {
    const value: unknown = JSON.parse(text.value);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Whether a browser made these bytes for this ceremony, on a page of this origin that stood in no other. Fields that are not
 * known are passed over, as browsers add some on purpose.
 *
 * Refuses with `passkey.malformed` or `passkey.wrong-context`.
 */
export const checkClientData = (bytes: Uint8Array, expected: ClientDataExpected): Result<true> => {
  const data = parsed(bytes);
  if (data === undefined) {
    return refuse({
      code: 'passkey.malformed',
      message: 'The client data is not a JSON object in UTF-8.',
      next: 'Send the bytes as the browser gave them.',
      field: 'clientDataJson',
    });
  }
  const { type, challenge, origin, crossOrigin, topOrigin } = data;
  if (type !== expected.type)
    return wrong('type', type, expected.type, 'Make a passkey with create, and sign with get.');
  const digest = base64Url(expected.challenge);
  if (challenge !== digest) {
    return wrong('challenge', challenge, digest, 'Use the digest of exactly what is sent, tag included, as challenge.');
  }
  if (origin !== expected.origin)
    return wrong('origin', origin, expected.origin, `Open the page at ${expected.origin}.`);
  if ((crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined) {
    return wrong('crossOrigin', crossOrigin, 'false', 'Open the page by itself, not inside another.');
  }
  return ok(true);
};
