/** The scalar forms of the wire: what each string or number looks like, with its limits. */

import { type Json, parseAddress } from '@surety/core';
import * as z from 'zod';
import { LIMITS } from './limits.ts';

/** So many bytes. */
export const hex = (bytes: number, what: string) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
    .meta({ description: `${what}: ${bytes} bytes as lower-case hex without 0x.` });

/** A SHA-256 id (claim, market, receipt, evidence). */
export const id = hex(32, 'An id');

/** A word as contracts and the court have it: 32 bytes as 0x-hex. */
export const hash0x = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .meta({ description: '32 bytes as lower-case 0x-hex.' });

/** A digest of something outside the protocol. */
export const sha256 = hex(32, 'A SHA-256 digest');

/** A number used once, chosen by whoever signs. */
export const nonce = hex(16, 'A nonce that this signer has not used before');

/** A P-256 public key. */
export const sessionKey = z
  .string()
  .regex(/^04[0-9a-f]{128}$/)
  .meta({ description: 'A P-256 public key: the 65-byte uncompressed point as lower-case hex without 0x.' });

/** A P-256 signature. */
export const sessionSignature = hex(64, 'A P-256 signature r ‖ s with low s');

/** Addresses whose checksum was right lately: the same few come again and again. */
const checksummed = new Set<string>();

const isChecksummed = (text: string): boolean => {
  if (checksummed.has(text)) return true;
  if (!parseAddress(text).ok) return false;
  if (checksummed.size >= 4096) checksummed.clear();
  checksummed.add(text);
  return true;
};

/** An account or contract in EIP-55 form. */
export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .refine(isChecksummed, 'Expected an address with its EIP-55 checksum (mixed-case letters)')
  .meta({ description: 'An EIP-55 address.' });

/** A secp256k1 signature. */
export const walletSignature = z
  .string()
  .regex(/^0x[0-9a-f]{130}$/)
  .meta({ description: 'A secp256k1 signature r ‖ s ‖ v: 65 bytes as 0x-hex.' });

/** A non-negative amount of micro-USD, a millionth of a dollar. */
export const microUsd = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,29})$/)
  .meta({
    description: 'Micro-USD (a millionth of a dollar), a whole number from 0 as a decimal string of at most 30 digits.',
  });

/** An amount of micro-USD that may be below zero. */
export const signedMicroUsd = z
  .string()
  .regex(/^(?:0|-?[1-9][0-9]{0,29})$/)
  .meta({ description: 'Micro-USD as a decimal string of at most 30 digits; below zero: received.' });

/** A non-negative number of micro-shares; one share pays one dollar if its outcome happens. */
export const microShares = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,29})$/)
  .meta({
    description:
      'Micro-shares (a share pays one dollar), a whole number from 0 as a decimal string of at most 30 digits.',
  });

/** A number of micro-shares that may be below zero. */
export const signedMicroShares = z
  .string()
  .regex(/^(?:0|-?[1-9][0-9]{0,29})$/)
  .meta({ description: 'Micro-shares as a decimal string of at most 30 digits; below zero: sold.' });

/** A probability in parts per million. */
export const ppm = z.int().min(0).max(1_000_000).meta({ description: 'Parts per million.' });

/** One probability for each outcome, in claim order. */
export const ppms = z.array(ppm).min(2).max(LIMITS.outcomes);

/** A moment. */
export const unixSeconds = z.int().min(0).max(253_402_300_799).meta({ description: 'Unix seconds.' });

/** A duration. */
export const seconds = z.int().min(0).max(31_536_000).meta({ description: 'Seconds.' });

/** An index into a claim's outcomes. */
export const outcome = z
  .int()
  .min(0)
  .max(LIMITS.outcomes - 1)
  .meta({ description: "An index into the claim's outcomes; 0 is the affirmative one." });

export const chainId = z.int().min(1).max(Number.MAX_SAFE_INTEGER).meta({ description: 'An EIP-155 chain id.' });

/** A place in a stream: 1, 2, 3, … without gaps. `0` stands before the first event. */
export const sequence = z.int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ description: 'A sequence number.' });

/** What may be subscribed to: the feeds of markets, of claims about runs and of the court, one market, one case. */
export const streamName = z
  .string()
  .regex(/^(?:markets|market:[0-9a-f]{64}|runs|court|case:[0-9a-f]{64})$/)
  .meta({ description: 'A stream: `markets`, `market:<marketId>`, `runs`, `court`, or `case:<marketId>`.' });

export const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

export const label = z.string().min(1).max(LIMITS.labelCharacters);
export const sentence = z.string().max(LIMITS.sentenceCharacters);
export const sentences = z.array(sentence).max(LIMITS.sentences);
export const text = z.string().min(1).max(LIMITS.textCharacters);
export const url = z.string().min(1).max(LIMITS.urlCharacters);

/** Whether a value is JSON of the canonical profile: whole, safe numbers only, and not nested too deep. */
export const isCanonicalJson = (value: unknown, depth: number = LIMITS.jsonDepth): value is Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isCanonicalJson(item, depth - 1));
  return Object.values(value).every((item) => isCanonicalJson(item, depth - 1));
};

/** Any JSON of the canonical profile. `unknown` keeps it representable in JSON Schema; the check is the one above. */
export const json = z
  .unknown()
  .refine((value) => isCanonicalJson(value), 'Expected JSON with whole numbers only, nested at most 16 deep')
  .meta({
    description: 'Any JSON value whose numbers are whole; at most 16 levels deep.',
  }) as unknown as z.ZodType<Json>;

/** A whole number as query text: digits only, so that `1e3`, `0x10` and an empty value are refused. */
export const integerText = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,15})$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max));
