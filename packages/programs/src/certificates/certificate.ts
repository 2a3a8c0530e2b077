/**
 * One X.509 certificate (RFC 5280, the part that signing and attestation need). Parsing is a library's; what a
 * certificate may be used for is decided here, because that is where such libraries have erred.
 */
import { createPublicKey } from 'node:crypto';
import { X509Certificate } from '@sigstore/core';
import { show } from '@surety/core';

export type Certificate = X509Certificate;

/** Success, or what is wrong in words that follow "The certificate". */
export type Judged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: string };

const EXTENDED_KEY_USAGE = '2.5.29.37';

/** Extensions that these rules take account of: an unknown critical one would be a rule that was broken unseen. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  '2.5.29.14', // subject key identifier
  '2.5.29.15', // key usage
  '2.5.29.17', // subject alternative name
  '2.5.29.19', // basic constraints
  '2.5.29.35', // authority key identifier
  EXTENDED_KEY_USAGE,
]);

const MIN_RSA_BITS = 2048;

const oidsOf = (certificate: Certificate): readonly string[] =>
  certificate.extensions.map((extension) => extension.subs[0]!.toOID());

const criticalOf = (certificate: Certificate): readonly string[] =>
  oidsOf(certificate).filter((oid) => certificate.extension(oid)?.critical === true);

/** Extended key usages; `null` where the certificate does not limit them. */
export const usagesOf = (certificate: Certificate): readonly string[] | null =>
  certificate.extension(EXTENDED_KEY_USAGE)?.valueObj.subs[0]?.subs.map((usage) => usage.toOID()) ?? null;

/** What a foreign reader says is wrong: where it met nothing at all, its own words would be about itself. */
export const wordsOf = (error: unknown): string => {
  if (error instanceof TypeError) return 'a part of it is missing or of another kind';
  return error instanceof Error ? error.message : show(error);
};

/** A certificate of DER, nothing before or after it. */
export const readCertificate = (der: Uint8Array): Judged<Certificate> => {
  try {
    const parsed = X509Certificate.parse(Buffer.from(der));
    // Readers of this library are lazy: touch every part that is used, so that nothing throws later.
    void [parsed.subject, parsed.issuer, parsed.notBefore, parsed.notAfter, parsed.isCA, parsed.publicKey];
    void [parsed.tbsCertificate, parsed.signatureAlgorithm, parsed.signatureValue, parsed.serialNumber];
    void [usagesOf(parsed), criticalOf(parsed), parsed.extKeyUsage?.digitalSignature];
    void parsed.extBasicConstraints?.pathLenConstraint;
    return { ok: true, value: parsed };
  } catch (error) {
    return { ok: false, words: wordsOf(error) };
  }
};

/** What is wrong with any certificate of a chain at a time, in words; `null` for nothing. */
export const faultOf = (certificate: Certificate, atSeconds: number): string | null => {
  // Version, serial number and then the algorithm once more, which RFC 5280, 4.1.1.2 wants to be the same.
  const [inner, outer] = [certificate.tbsCertificate.subs[2], certificate.root.subs[1]];
  if (inner === undefined || outer === undefined || !inner.toDER().equals(outer.toDER())) {
    return 'names two signature algorithms';
  }
  const oids = oidsOf(certificate);
  if (new Set(oids).size !== oids.length) return 'repeats an extension';
  const unknown = criticalOf(certificate).find((oid) => !UNDERSTOOD.has(oid));
  if (unknown !== undefined) return `has the critical extension ${unknown}, which is not understood here`;
  const now = new Date(atSeconds * 1000);
  if (now < certificate.notBefore) return `is valid only from ${certificate.notBefore.toISOString()} on`;
  if (now > certificate.notAfter) return `was valid until ${certificate.notAfter.toISOString()} only`;
  return null;
};

/** What keeps a certificate from vouching for one below it, in words. `below` starts at the end of the chain. */
export const issuerFaultOf = (issuer: Certificate, below: readonly Certificate[]): string | null => {
  if (!issuer.isCA) return 'is not a CA, so it may not issue certificates';
  const limit = issuer.extBasicConstraints?.pathLenConstraint;
  // The last certificate does not count, and neither do self-issued ones (RFC 5280, 4.2.1.9).
  const counted = below.slice(1).filter((certificate) => !certificate.subject.equals(certificate.issuer)).length;
  if (limit !== undefined && limit < counted) return `allows ${limit} CAs below it, not ${counted}`;
  const key = createPublicKey({ key: issuer.publicKey, format: 'der', type: 'spki' });
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < MIN_RSA_BITS) return `has an RSA key of ${bits} bits`;
  return null;
};

/** Whether the issuer has the name that the certificate gives its issuer, and signed it. */
export const isIssuedBy = (certificate: Certificate, issuer: Certificate): Judged<boolean> => {
  try {
    const issued =
      issuer.subject.equals(certificate.issuer) &&
      // An algorithm that the library does not name (SHA-1, MD5, PSS) would otherwise be checked as something else.
      certificate.signatureAlgorithm !== undefined &&
      certificate.verify(issuer);
    return { ok: true, value: issued };
  } catch (error) {
    return { ok: false, words: wordsOf(error) };
  }
};
