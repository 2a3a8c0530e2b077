/** Who says for the court that an account is one person: the operator names an issuer by a file, or has the one for development. */
import { readFileSync } from 'node:fs';
import {
  fromHex,
  type IssuerKey,
  ok,
  type Result,
  readIssuerKey,
  refuse,
  shapes as s,
  show,
  toHex,
} from '@surety/core';

export type PersonIssuer = {
  /** As its directory gives it: a host name. Tokens are for this name. */
  readonly name: string;
  readonly key: IssuerKey;
  /** The key's bytes, and SHA-256 of them, in hex. */
  readonly tokenKey: string;
  readonly keyId: string;
  /** Where its directory is (RFC 9578, section 4), a URL or a path of this node; `null` where people know how to get tokens. */
  readonly directory: string | null;
  readonly environment: 'development' | 'production';
};

/** An issuer from the bytes of its key. */
export const personIssuer = (
  { name, directory, environment }: Pick<PersonIssuer, 'name' | 'directory' | 'environment'>,
  spki: Uint8Array,
): Result<PersonIssuer> => {
  const key = readIssuerKey(spki);
  if (!key.ok) return key;
  return ok({ name, directory, environment, key: key.value, tokenKey: toHex(spki), keyId: toHex(key.value.id) });
};

const file = s.object(
  { name: s.text({ min: 1, max: 128 }), tokenKey: s.text({ min: 1, max: 1024 }) },
  { directory: s.text({ min: 1, max: 512 }) },
);

/**
 * The issuer that a file names: `{"name": …, "tokenKey": hex, "directory": URL}`.
 * @returns `config.invalid` where it cannot be read
 */
export const readPersonIssuer = (path: string): Result<PersonIssuer> => {
  const bad = (message: string): Result<never> =>
    refuse({
      code: 'config.invalid',
      message: `The issuer of person tokens in ${show(path)} cannot be used: ${message}`,
      next: 'Set SURETY_PERSON_ISSUER to a JSON file with name, tokenKey (hex) and, if there is one, directory; or unset it.',
      field: 'SURETY_PERSON_ISSUER',
      value: path,
    });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
  const read = file(json, '');
  if (!read.ok) return bad(read.problem.message);
  const spki = fromHex(read.value.tokenKey, { field: 'tokenKey' });
  if (!spki.ok) return bad(spki.problem.message);
  const { name, directory = null } = read.value;
  const issuer = personIssuer({ name, directory, environment: 'production' }, spki.value);
  return issuer.ok ? issuer : bad(issuer.problem.message);
};
