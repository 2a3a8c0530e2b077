/** What `vectors/person-token.json` holds: tokens of one key for accounts at one registry, and what is none (spec 21.10). */
import { createHash } from 'node:crypto';
import { addressOfBytes } from '../src/address.ts';
import { concatBytes, toHex } from '../src/bytes.ts';
import { sha256 } from '../src/hash.ts';
import { RSA_BYTES } from '../src/persons/issuer-key.ts';
import { encodePss, fromRsaBytes, toRsaBytes } from '../src/persons/rsa-pss.ts';
import { type PersonScope, personChallenge, tokenInput } from '../src/persons/token.ts';
import { bytesOf, ISSUER_KEY as KEY, MODULUS, NONCE, signRaw, tokenFor } from './person-issuer.ts';

const account = (name: string): string => addressOfBytes(bytesOf(name, 20));

const SCOPE: PersonScope = {
  issuer: 'persons.example',
  chainId: 31_337,
  // The first contract of 0x0…0acc0000.
  court: '0x7179f8884b6B92A19a589b740285907B467f623A',
  account: account('account 0'),
};

const flipped = (token: Uint8Array, at: number, bits = 1): Uint8Array => {
  const changed = token.slice();
  changed[at]! ^= bits;
  return changed;
};

/** A well-made signature of an input that is none of a token for the first account. */
const signedAs = (change: (input: Uint8Array) => void): Uint8Array => {
  const input = tokenInput(NONCE, personChallenge(SCOPE), KEY);
  change(input);
  return concatBytes(input, signRaw(encodePss(input, bytesOf('salt', 48))));
};

/** Signs what EMSA-PSS refuses: the encoding of the token's input, changed before it is signed. */
const encodedOtherwise = (change: (encoded: Uint8Array) => void, saltBytes = 48): Uint8Array => {
  const input = tokenInput(NONCE, personChallenge(SCOPE), KEY);
  for (let i = 0; ; i++) {
    const encoded = encodePss(input, bytesOf(`salt ${i}`, saltBytes));
    change(encoded);
    // With its highest bit set it may be above the modulus.
    if (fromRsaBytes(encoded) < MODULUS) return concatBytes(input, signRaw(encoded));
  }
};

const sha384 = (...parts: readonly Uint8Array[]): Uint8Array =>
  createHash('sha384')
    .update(concatBytes(...parts))
    .digest();

/** Signs an encoding that is whole but for the hash in it: zeros and salt come out right, under a mask of that other hash. */
const hashedOtherwise = (at: number): Uint8Array => {
  const input = tokenInput(NONCE, personChallenge(SCOPE), KEY);
  const salt = bytesOf('salt', 48);
  const hash = sha384(new Uint8Array(8), sha384(input), salt);
  hash[at]! ^= 1;
  const blocks = [0, 1, 2, 3, 4].map((i) => sha384(hash, new Uint8Array([0, 0, 0, i])));
  const block = concatBytes(new Uint8Array(158), new Uint8Array([1]), salt);
  const masked = concatBytes(...blocks).map((byte, i) => byte ^ (block[i] ?? 0));
  masked[0]! &= 0x7f;
  return concatBytes(input, signRaw(concatBytes(masked.subarray(0, block.length), hash, new Uint8Array([0xbc]))));
};

/** A token's signature and the modulus, where the sum still has 2,048 bits: the same number, written otherwise. */
const aboveModulus = (): Uint8Array => {
  for (let i = 0; ; i++) {
    const token = tokenFor(SCOPE, `above ${i}`);
    const larger = fromRsaBytes(token.subarray(98)) + MODULUS;
    if (larger < 1n << 2_048n) return concatBytes(token.subarray(0, 98), toRsaBytes(larger));
  }
};

const refusedTokens = (token: Uint8Array): readonly (readonly [why: string, token: Uint8Array])[] => [
  ['nothing', new Uint8Array(0)],
  ['its type alone', token.subarray(0, 2)],
  ['another nonce', flipped(token, 2)],
  [
    'signed as another type',
    signedAs((input) => {
      input[1] = 1;
    }),
  ],
  [
    'signed for another key',
    signedAs((input) => {
      input[97]! ^= 1;
    }),
  ],
  ['a changed signature, first byte', flipped(token, 98)],
  ['a changed signature, last byte', flipped(token, 353)],
  ['a byte too few', token.subarray(0, 353)],
  ['a byte too many', concatBytes(token, new Uint8Array(1))],
  ['for another account', tokenFor({ ...SCOPE, account: account('account 1') }, 'other account')],
  ['for another registry', tokenFor({ ...SCOPE, court: account('registry') }, 'other registry')],
  ['for another chain', tokenFor({ ...SCOPE, chainId: 1 }, 'other chain')],
  ['of another issuer', tokenFor({ ...SCOPE, issuer: 'persons.examplf' }, 'other issuer')],
  ['a signature that is zero', concatBytes(token.subarray(0, 98), new Uint8Array(RSA_BYTES))],
  [
    'the highest bit set',
    encodedOtherwise((encoded) => {
      encoded[0]! |= 0x80;
    }),
  ],
  [
    'no 0xbc at the end',
    encodedOtherwise((encoded) => {
      encoded[255] = 0xbd;
    }),
  ],
  ['another hash, first byte', hashedOtherwise(0)],
  ['another hash, last byte', hashedOtherwise(47)],
  [
    'zeros that are none, first',
    encodedOtherwise((encoded) => {
      encoded[0]! ^= 0x40;
    }),
  ],
  [
    'zeros that are none, in the middle',
    encodedOtherwise((encoded) => {
      encoded[64]! ^= 1;
    }),
  ],
  [
    'zeros that are none, last',
    encodedOtherwise((encoded) => {
      encoded[157]! ^= 1;
    }),
  ],
  [
    'no 0x01 before the salt',
    encodedOtherwise((encoded) => {
      encoded[158]! ^= 1;
    }),
  ],
  [
    'another salt, first byte',
    encodedOtherwise((encoded) => {
      encoded[159]! ^= 1;
    }),
  ],
  [
    'another salt, last byte',
    encodedOtherwise((encoded) => {
      encoded[206]! ^= 1;
    }),
  ],
  ['a salt of 32 bytes', encodedOtherwise(() => undefined, 32)],
  ['a signature above the modulus', aboveModulus()],
];

/** The whole file. */
export const personVectors = () => {
  const tokens = Array.from({ length: 3 }, (_, i) => {
    const scope = { ...SCOPE, account: account(`account ${i}`) };
    return { account: scope.account, challenge: sha256(personChallenge(scope)), token: tokenFor(scope, `${i}`) };
  });
  return {
    description:
      'Tokens of persons (spec/21-court.md, 21.10; RFC 9578, type 2) of one issuer for accounts at one registry. The key was made from words and protects nothing. `refused` are shown for the first account.',
    issuer: SCOPE.issuer,
    chainId: String(SCOPE.chainId),
    registry: SCOPE.court,
    modulus: `0x${toHex(toRsaBytes(MODULUS))}`,
    tokenKey: `0x${toHex(KEY.spki)}`,
    keyId: `0x${toHex(KEY.id)}`,
    tokens: tokens.map(({ account: of, challenge, token }) => ({
      account: of,
      challenge: `0x${toHex(challenge)}`,
      token: `0x${toHex(token)}`,
    })),
    refused: refusedTokens(tokens[0]!.token).map(([why, token]) => ({ why, token: `0x${toHex(token)}` })),
  };
};
