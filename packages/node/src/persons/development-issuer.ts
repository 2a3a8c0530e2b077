/**
 * An issuer of person tokens for development: it speaks the protocol of real ones (RFC 9578, sections 4 and 6), and gives a token to
 * whoever asks. It knows nobody, and its tokens show nothing of anybody; receipts say so.
 */
import { constants, createPrivateKey, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issuerKeyOf, RSA_BYTES, unwrap } from '@surety/core';
import type { Extension } from '../http/options.ts';
import { writePrivateFile } from '../keys.ts';
import { type PersonIssuer, personIssuer } from './issuer.ts';

export const DEVELOPMENT_ISSUER = 'development-persons.localhost';
const DIRECTORY = '/.well-known/private-token-issuer-directory';
const REQUESTS = '/development/person-tokens';
/** Token type, last byte of the key's id, blinded message. */
const REQUEST_BYTES = 3 + RSA_BYTES;

const keyIn = (home: string): KeyObject => {
  const path = join(home, 'keys', 'development-persons.pem');
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 8 * RSA_BYTES });
    writePrivateFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  }
  return createPrivateKey(readFileSync(path));
};

const sign = (key: KeyObject, issuer: PersonIssuer, request: Uint8Array): Uint8Array | null => {
  const known = request.length === REQUEST_BYTES && request[0] === 0 && request[1] === 2;
  if (!known || request[2] !== issuer.key.id.at(-1)) return null;
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, request.subarray(3));
  } catch {
    return null;
  }
};

/** The issuer, with the paths that the node serves for it. */
export const developmentIssuer = (
  home: string,
): { readonly issuer: PersonIssuer; readonly extensions: readonly Extension[] } => {
  const key = keyIn(home);
  const modulus = Buffer.from(key.export({ format: 'jwk' }).n!, 'base64url');
  const named = { name: DEVELOPMENT_ISSUER, directory: DIRECTORY, environment: 'development' } as const;
  const issuer = unwrap(personIssuer(named, issuerKeyOf(modulus)));
  const close = async (): Promise<void> => undefined;
  return {
    issuer,
    extensions: [
      {
        path: DIRECTORY,
        handle: async () =>
          Response.json(
            {
              'issuer-request-uri': REQUESTS,
              'token-keys': [{ 'token-type': 2, 'token-key': Buffer.from(issuer.key.spki).toString('base64url') }],
            },
            { headers: { 'content-type': 'application/private-token-issuer-directory', 'cache-control': 'no-store' } },
          ),
        close,
      },
      {
        path: REQUESTS,
        handle: async (request) => {
          const signed = sign(key, issuer, new Uint8Array(await request.arrayBuffer()));
          if (signed === null) return new Response('No request of token type 2 for this key.\n', { status: 422 });
          return new Response(Buffer.from(signed), {
            headers: { 'content-type': 'application/private-token-response' },
          });
        },
        close,
      },
    ],
  };
};
