/** Commitments, seeds and tickets: keccak-256 over words, so that a contract computes the same (spec 21.4, 21.5). */
import { addressBytes, concatBytes, from0x, keccak256, sha256, to0x, unwrap, utf8 } from '@surety/core';
import type { Opening } from './events.ts';
import type { CaseTerms } from './terms.ts';

const word = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(32);
  let rest = value;
  for (let i = 31; rest > 0n; i -= 1) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
};

const hash = (text: string): Uint8Array => unwrap(from0x(text, { bytes: 32 }));

const address = (text: string): Uint8Array => concatBytes(new Uint8Array(12), unwrap(addressBytes(text)));

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const VOTE = keccak256(utf8('surety/court/vote/v1'));
const DRAW = keccak256(utf8('surety/court/draw/v1'));

/** What a person's vote rests on, as the court keeps it: SHA-256 of the reason in UTF-8, 0x-hex. */
export const readingOf = (reason: string): string => to0x(sha256(utf8(reason)));

/**
 * The commitment of one juror's vote in one round of one case of one court.
 * @param opening 32-byte 0x-hex `reading` and `salt`; `outcome` as one byte
 * @returns 32-byte 0x-hex
 * @throws {SuretyError} `input.malformed` for what is no hash or address
 */
export const commitmentOf = (
  { chainId, court, caseId }: Pick<CaseTerms, 'chainId' | 'court' | 'caseId'>,
  round: number,
  juror: string,
  { outcome, reading, salt }: Opening,
): string => {
  const [where, who, what] = [
    [word(chainId), address(court), hash(caseId), word(BigInt(round))],
    [address(juror)],
    [word(BigInt(outcome)), hash(reading), hash(salt)],
  ];
  return to0x(keccak256(concatBytes(VOTE, ...where, ...who, ...what)));
};

/**
 * What a panel is drawn from.
 * @param randomness 32 bytes of a beacon, 0x-hex
 * @throws {SuretyError} `input.malformed` for what is no hash
 */
export const seedOf = (randomness: string, caseId: string, round: number): Uint8Array =>
  keccak256(concatBytes(DRAW, hash(randomness), hash(caseId), word(BigInt(round))));

/** The i-th ticket of a seed, 0 .. 2^256 − 1. */
export const ticketOf = (seed: Uint8Array, i: number): bigint =>
  numberOf(keccak256(concatBytes(seed, word(BigInt(i)))));

/** Leaf of an account in a tree of the excluded: hashed twice, so that no inner node is a leaf (OpenZeppelin's standard tree). */
export const exclusionLeaf = (account: string): Uint8Array => keccak256(keccak256(address(account)));
