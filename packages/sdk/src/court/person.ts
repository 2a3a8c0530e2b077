/** Getting a token of a person from an issuer (RFC 9578, sections 4 and 6), for one account at one court. */
import {
  blindMessage,
  concatBytes,
  finishToken,
  fromHex,
  ok,
  type PersonScope,
  type Problem,
  personChallenge,
  type Result,
  readIssuerKey,
  refuse,
  TOKEN_SECRET_BYTES,
  toHex,
  tokenInput,
} from '@surety/core';
import type { Fetch } from '../transport.ts';

export type PersonTokenOptions = {
  /** URL of the issuer's directory. */
  readonly directory: string;
  /** The key that the court believes, hex. */
  readonly tokenKey: string;
  readonly scope: PersonScope;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
};

const TYPE = new Uint8Array([0, 2]);
/** A directory has a handful of keys. */
const DIRECTORY_CHARACTERS = 65_536;
const TIMEOUT_MS = 30_000;

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

const unreachable = (what: string, url: string): Problem => ({
  code: 'http.unreachable',
  message: `The issuer's ${what} cannot be had.`,
  next: 'Try again later, or ask the issuer.',
  field: 'directory',
  value: url,
});

/** Keys are base64url with or without padding. */
const sameKey = (text: unknown, tokenKey: string): boolean => {
  if (typeof text !== 'string') return false;
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    return toHex(Uint8Array.from(bytes, (char) => char.charCodeAt(0))) === tokenKey;
  } catch {
    return false;
  }
};

type Directory = { readonly 'issuer-request-uri'?: unknown; readonly 'token-keys'?: unknown };

/** Where to ask, if the issuer still uses the key that the court believes. */
const requestUrl = (text: string, { directory, tokenKey }: PersonTokenOptions): Result<string> => {
  try {
    const { 'issuer-request-uri': uri, 'token-keys': keys } = JSON.parse(text) as Directory;
    const used =
      Array.isArray(keys) && keys.some((key) => key?.['token-type'] === 2 && sameKey(key?.['token-key'], tokenKey));
    if (typeof uri === 'string' && used) return ok(new URL(uri, directory).href);
  } catch {
    // Not JSON: the same refusal.
  }
  return refuse({
    code: 'court.person-token',
    message: 'The issuer does not use the key that the court believes.',
    next: 'Ask the operator of the court which issuer it believes now.',
    field: 'directory',
    value: directory,
  });
};

/** A blinding number fails for one key in 2^1000; one that is too large is drawn again. */
const blinded = (message: Uint8Array, key: Parameters<typeof blindMessage>[1]): ReturnType<typeof blindMessage> => {
  for (;;) {
    const secrets = { salt: random(TOKEN_SECRET_BYTES.salt), blind: random(TOKEN_SECRET_BYTES.blind) };
    const tried = blindMessage(message, key, secrets);
    if (tried.ok) return tried;
  }
};

/**
 * A token for an account, hex. The issuer learns that somebody it knows got one, and not for which account: what it signs is blinded.
 * @returns `http.unreachable` where the issuer does not answer, `court.person-token` where what it answers is no token
 */
export const personToken = async (options: PersonTokenOptions): Promise<Result<string>> => {
  const { directory, tokenKey, scope, fetch = globalThis.fetch } = options;
  const spki = fromHex(tokenKey, { field: 'tokenKey' });
  if (!spki.ok) return spki;
  const key = readIssuerKey(spki.value);
  if (!key.ok) return key;
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  try {
    const listed = await fetch(directory, { signal });
    if (!listed.ok) return refuse(unreachable('directory', directory));
    const url = requestUrl((await listed.text()).slice(0, DIRECTORY_CHARACTERS), options);
    if (!url.ok) return url;
    const input = tokenInput(random(TOKEN_SECRET_BYTES.nonce), personChallenge(scope), key.value);
    const asked = blinded(input, key.value);
    if (!asked.ok) return asked;
    const body = concatBytes(TYPE, key.value.id.subarray(-1), asked.value.blinded) as Uint8Array<ArrayBuffer>;
    const headers = {
      'content-type': 'application/private-token-request',
      accept: 'application/private-token-response',
    };
    const answered = await fetch(url.value, { method: 'POST', body, headers, signal });
    if (!answered.ok) return refuse(unreachable('answer', url.value));
    const token = finishToken(asked.value, new Uint8Array(await answered.arrayBuffer()), key.value);
    return token.ok ? ok(toHex(token.value)) : token;
  } catch {
    options.signal?.throwIfAborted();
    return refuse(unreachable('answer', directory));
  }
};
