/** A quote as `EnclaveKeys.sol` takes it: cut into its parts, certificates in DER, so that no contract reads PEM. */
import { type Bytes32, ok, type Result, to0x, toHex } from '@surety/core';
import { refused } from '../problem.ts';
import type { TdxQuote } from './quote.ts';

/** The struct `QuoteParts`, as ABI encoders take it. */
export type QuoteParts = {
  readonly signed: `0x${string}`;
  /** r and s. */
  readonly signature: readonly [bigint, bigint];
  /** x and y. */
  readonly attestationKey: readonly [Bytes32, Bytes32];
  readonly qeReport: `0x${string}`;
  readonly qeSignature: readonly [bigint, bigint];
  readonly authData: `0x${string}`;
  readonly pck: `0x${string}`;
  readonly ca: `0x${string}`;
};

const hex = (bytes: Uint8Array): `0x${string}` => `0x${toHex(bytes)}`;

const numbers = (pair: Uint8Array): readonly [bigint, bigint] => [
  BigInt(to0x(pair.subarray(0, 32))),
  BigInt(to0x(pair.subarray(32))),
];

/** The parts of a quote; nothing is verified here. */
export const quoteParts = (quote: TdxQuote): Result<QuoteParts> => {
  const [pck, ca] = quote.certificates;
  if (pck === undefined || ca === undefined) {
    const next = 'Ask for a quote with the whole chain of certificates in it.';
    return refused('attestation.malformed', 'pckChain', 'The quote does not hold the certificate of its CA.', next);
  }
  return ok({
    signed: hex(quote.signed),
    signature: numbers(quote.signature),
    attestationKey: [hex(quote.attestationKey.subarray(0, 32)), hex(quote.attestationKey.subarray(32))],
    qeReport: hex(quote.qeReport),
    qeSignature: numbers(quote.qeSignature),
    authData: hex(quote.authData),
    pck: hex(pck),
    ca: hex(ca),
  });
};
