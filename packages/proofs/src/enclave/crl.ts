/** Lists of revoked certificates (RFC 5280, section 5), whole ones only: no deltas, no entries of other issuers. */
import { ASN1Obj } from '@sigstore/core';
import { ok, type Result, toHex } from '@surety/core';
import type { Certificate } from '@surety/programs/certificates';
import { keyOfSpki, signedDer } from './ecdsa.ts';
import { foreign, malformed, reading, refused } from './problem.ts';

type RevocationList = {
  readonly tbs: Uint8Array;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly issuer: Uint8Array;
  readonly from: Date;
  readonly until: Date;
  /** Serial numbers as DER has them, in hex. */
  readonly serials: ReadonlySet<string>;
};

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
/** Extensions of a list that change nothing about which certificates it speaks of. */
const UNDERSTOOD: ReadonlySet<string> = new Set(['2.5.29.20', '2.5.29.35']);

/** Refuses critical extensions other than those understood. */
const checkExtensions = (list: ASN1Obj | undefined, field: string): void => {
  for (const extension of list?.subs ?? []) {
    const oid = extension.subs[0]!.toOID();
    const critical = extension.subs.length > 2 && extension.subs[1]!.toBoolean();
    if (critical && !UNDERSTOOD.has(oid)) malformed(field, `has the critical extension ${oid}`);
  }
};

const entriesOf = (list: ASN1Obj | undefined, field: string): ReadonlySet<string> => {
  const serials = new Set<string>();
  for (const { subs } of list?.subs ?? []) {
    if (!subs[0]?.tag.isInteger() || subs[1] === undefined || subs.length > 3) malformed(field, 'has an odd entry');
    checkExtensions(subs[2], field);
    serials.add(toHex(subs[0]!.value));
  }
  return serials;
};

const isTime = (node: ASN1Obj | undefined): boolean =>
  node !== undefined && (node.tag.isUTCTime() || node.tag.isGeneralizedTime());

const parse = (der: Uint8Array, field: string): RevocationList =>
  foreign(field, () => {
    const whole = ASN1Obj.parseBuffer(Buffer.from(der));
    const [tbs, algorithm, signature] = whole.subs;
    if (whole.subs.length !== 3 || tbs === undefined) return malformed(field, 'is not a list of revoked certificates');
    const [version, inner, issuer, from, until, ...rest] = tbs.subs;
    if (version?.toInteger() !== 1n || !isTime(from) || !isTime(until)) return malformed(field, 'is not of version 2');
    if (!inner!.toDER().equals(algorithm!.toDER())) malformed(field, 'names two signature algorithms');
    const entries = rest[0]?.tag.isContextSpecific(0) ? undefined : rest.shift();
    if (rest.length > 1) malformed(field, 'has unknown parts');
    checkExtensions(rest[0]?.subs[0], field);
    return {
      tbs: tbs.toDER(),
      algorithm: algorithm!.subs[0]!.toOID(),
      signature: signature!.value.subarray(1),
      issuer: issuer!.value,
      from: from!.toDate(),
      until: until!.toDate(),
      serials: entriesOf(entries, field),
    };
  });

/** A certificate's serial number, in the form that lists are searched for. */
const serialOf = (certificate: Certificate): string => toHex(certificate.serialNumber);

/**
 * That an issuer's list, valid at a time, does not name certificates of that issuer.
 * @param der the list
 * @param options.issuer whose list it must be; a chain to a pinned root is checked before
 */
export const verifyNotRevoked = (
  der: Uint8Array,
  options: {
    readonly issuer: Certificate;
    readonly certificates: readonly Certificate[];
    readonly atSeconds: number;
    readonly field: string;
  },
): Result<true> => {
  const { issuer, field } = options;
  const read = reading(() => parse(der, field));
  if (!read.ok) return read;
  const list = read.value;
  const again = 'Get the revocation lists again from the maker of the hardware.';
  const key = keyOfSpki('P-256', issuer.publicKey);
  const may = issuer.extKeyUsage === undefined || issuer.extKeyUsage.crlSign;
  const isTheirs = list.algorithm === ECDSA_SHA256 && issuer.subject.equals(list.issuer) && may && key !== null;
  if (!isTheirs || !signedDer(key, list.tbs, list.signature)) {
    return refused('attestation.collateral', field, `${field} is not signed by the issuer of the certificates.`, again);
  }
  const now = new Date(options.atSeconds * 1000);
  if (now < list.from || now > list.until) {
    const limit = `${list.from.toISOString()} .. ${list.until.toISOString()}`;
    return refused('attestation.collateral', field, `${field} is not valid at this time.`, again, { limit });
  }
  const revoked = options.certificates.find((certificate) => list.serials.has(serialOf(certificate)));
  if (revoked === undefined) return ok(true);
  const message = `The certificate ${serialOf(revoked)} was revoked by its issuer.`;
  return refused('attestation.revoked', field, message, 'Use another machine: this one is trusted no longer.');
};
