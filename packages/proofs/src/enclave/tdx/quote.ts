/**
 * TDX quotes, versions 4 and 5, with an ECDSA P-256 attestation key and the chain of the platform's certificates in them
 * (Intel TDX DCAP Quote Library API, appendix A). All of it is checked but where it stands in the signature data, which
 * is nowhere signed.
 */
import { fromUtf8, type Result, sameBytes } from '@surety/core';
import { certificatesOfPem } from '@surety/programs/certificates';
import { Cursor, isZero } from '../cursor.ts';
import { malformed, reading, supported } from '../problem.ts';
import { ENCLAVE_REPORT_BYTES, readTdReport, TD_REPORT_BYTES, type TdReport, type TdVersion } from './report.ts';

/** Largest quote that is read; genuine ones have about 5,000 bytes. */
export const MAX_QUOTE_BYTES = 32_768;
export const HEADER_BYTES = 48;

export type TdxQuote = {
  readonly version: 4 | 5;
  readonly report: TdReport;
  /** Header and body: what the attestation key signs. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  /** P-256, `x ‖ y`. */
  readonly attestationKey: Uint8Array;
  /** The quoting enclave's report, which binds the attestation key, and the signature by the platform's key over it. */
  readonly qeReport: Uint8Array;
  readonly qeSignature: Uint8Array;
  readonly authData: Uint8Array;
  /** DER: the platform's certificate (PCK), its CA, the root. */
  readonly certificates: readonly Uint8Array[];
};

const INTEL_QE_VENDOR = new Uint8Array([
  0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07,
]);
const ECDSA_P256 = 2;
const TDX = 0x81;
/** Kinds of certification data: a report of the quoting enclave with more inside; a chain in PEM. */
const QE_REPORT = 6;
const PCK_CHAIN = 5;

const versionOf = (header: Cursor): 4 | 5 => {
  const version = header.number(2);
  supported(version === 4 || version === 5, 'version', `The quote is of version ${version}; 4 and 5 are read.`);
  supported(header.number(2) === ECDSA_P256, 'header', 'The attestation key is not on P-256.');
  supported(header.number(4) === TDX, 'header', 'The quote is not of a TD.');
  if (!isZero(header.take(4))) malformed('header', 'has reserved bytes that are not zero');
  supported(sameBytes(header.take(16), INTEL_QE_VENDOR), 'header', "The quoting enclave is not of Intel's.");
  header.take(20);
  return version as 4 | 5;
};

const bodyOf = (quote: Cursor, version: 4 | 5): TdReport => {
  let kind: TdVersion = '1.0';
  if (version === 5) {
    const type = quote.number(2);
    supported(type === 2 || type === 3, 'body', `The quote's body is of type ${type}; 2 and 3 are of TDs.`);
    kind = type === 2 ? '1.0' : '1.5';
    if (quote.number(4) !== TD_REPORT_BYTES[kind]) malformed('body', `has another size than a TD report ${kind}`);
  }
  return readTdReport(quote.take(TD_REPORT_BYTES[kind]), kind);
};

const chainOf = (bytes: Uint8Array): readonly Uint8Array[] => {
  // Intel's library ends the text as C does; sometimes it does not.
  const text = fromUtf8(bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes, 'pckChain');
  const certificates = text.ok ? certificatesOfPem(text.value) : null;
  return certificates ?? malformed('pckChain', 'is not a chain of certificates in PEM');
};

/** What certification data of a kind holds: a cursor over it, and nothing after it. */
const certification = (outer: Cursor, kind: number, field: string): Uint8Array => {
  const type = outer.number(2);
  supported(type === kind, field, `Certification data is of type ${type}; ${kind} is read here.`);
  const data = outer.take(outer.number(4));
  outer.end();
  return data;
};

const parse = (bytes: Uint8Array): TdxQuote => {
  if (bytes.length > MAX_QUOTE_BYTES) malformed('quote', `has ${bytes.length} bytes, more than ${MAX_QUOTE_BYTES}`);
  const quote = new Cursor(bytes, 'quote');
  const version = versionOf(new Cursor(quote.take(HEADER_BYTES), 'header'));
  const report = bodyOf(quote, version);
  const signed = bytes.subarray(0, quote.position);
  const data = new Cursor(quote.take(quote.number(4)), 'signatureData');
  // Whoever asks for a quote gets a buffer of a fixed size: zeros may follow, and nothing else.
  if (!isZero(quote.rest())) malformed('quote', 'has bytes other than zero after its end');
  const [signature, attestationKey] = [data.take(64), data.take(64)];
  const inner = new Cursor(certification(data, QE_REPORT, 'signatureData'), 'certificationData');
  const [qeReport, qeSignature] = [inner.take(ENCLAVE_REPORT_BYTES), inner.take(64)];
  const authData = inner.take(inner.number(2));
  const certificates = chainOf(certification(inner, PCK_CHAIN, 'certificationData'));
  return { version, report, signed, signature, attestationKey, qeReport, qeSignature, authData, certificates };
};

/** The quote that the bytes are; zeros may follow it. */
export const readTdxQuote = (bytes: Uint8Array): Result<TdxQuote> => reading(() => parse(bytes));
