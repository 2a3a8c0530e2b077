/**
 * Chains of X.509 certificates up to a pinned root (RFC 5280, the part that signing needs). Parsing is a library's;
 * which issuer may vouch for which certificate is decided here, because that is where such libraries have erred.
 */
import { createPublicKey } from 'node:crypto';
import { X509Certificate } from '@sigstore/core';
import { ok, type Problem, type Result } from '@surety/core';
import { type EcKey, ecKeyOf } from './ec-key.ts';
import { refused, translate } from './problem.ts';

/** A root that the verifier pins; `certificate` is DER. */
export type Root = { readonly name: string; readonly certificate: Uint8Array };

const OID = {
  extendedKeyUsage: '2.5.29.37',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  anyUsage: '2.5.29.37.0',
} as const;

/** Extensions that these rules take account of: an unknown critical one would be a rule that was broken unseen. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  '2.5.29.14', // subject key identifier
  '2.5.29.15', // key usage
  '2.5.29.17', // subject alternative name
  '2.5.29.19', // basic constraints
  '2.5.29.35', // authority key identifier
  OID.extendedKeyUsage,
]);

/** Signature checks of one search: many equal names could otherwise make it long. */
const MAX_CHECKS = 64;
const MIN_RSA_BITS = 2048;

const broken = (field: string, message: string): Result<never> =>
  refused('model.certificate-refused', field, message, 'Ask the signer for a signature under certificates that fit.');

/** @param field where the certificate was found */
export const parseCertificate = (der: Uint8Array, field: string): Result<X509Certificate> =>
  translate(
    () => {
      const parsed = X509Certificate.parse(Buffer.from(der));
      // Readers of this library are lazy: touch every part that is used, so that nothing throws later.
      void [parsed.subject, parsed.issuer, parsed.notBefore, parsed.notAfter, parsed.isCA, parsed.publicKey];
      void [
        parsed.tbsCertificate,
        parsed.signatureAlgorithm,
        parsed.signatureValue,
        usagesOf(parsed),
        criticalOf(parsed),
      ];
      void [parsed.extBasicConstraints?.pathLenConstraint, parsed.extKeyUsage?.digitalSignature];
      return parsed;
    },
    (words) => broken(field, `A certificate cannot be read: ${words}.`),
  );

const criticalOf = (certificate: X509Certificate): readonly string[] =>
  certificate.extensions
    .map((extension) => extension.subs[0]!.toOID())
    .filter((oid) => certificate.extension(oid)?.critical === true);

/** Extended key usages; `null` where the certificate does not limit them. */
const usagesOf = (certificate: X509Certificate): readonly string[] | null =>
  certificate.extension(OID.extendedKeyUsage)?.valueObj.subs[0]?.subs.map((usage) => usage.toOID()) ?? null;

/** What is wrong with any certificate of a chain at a time, in words. */
const faultOf = (certificate: X509Certificate, atSeconds: number): string | null => {
  const oids = certificate.extensions.map((extension) => extension.subs[0]!.toOID());
  if (new Set(oids).size !== oids.length) return 'repeats an extension';
  const unknown = criticalOf(certificate).find((oid) => !UNDERSTOOD.has(oid));
  if (unknown !== undefined) return `has the critical extension ${unknown}, which is not understood here`;
  const now = new Date(atSeconds * 1000);
  if (now < certificate.notBefore) return `is valid only from ${certificate.notBefore.toISOString()} on`;
  if (now > certificate.notAfter) return `was valid until ${certificate.notAfter.toISOString()} only`;
  return null;
};

/** What keeps a certificate from vouching for one below it, in words. */
const issuerFaultOf = (issuer: X509Certificate, below: readonly X509Certificate[]): string | null => {
  if (!issuer.isCA) return 'is not a CA, so it may not issue certificates';
  const limit = issuer.extBasicConstraints?.pathLenConstraint;
  // The signer's own certificate does not count, and neither do self-issued ones (RFC 5280, 4.2.1.9).
  const counted = below.slice(1).filter((certificate) => !certificate.subject.equals(certificate.issuer)).length;
  if (limit !== undefined && limit < counted) return `allows ${limit} CAs below it, not ${counted}`;
  const key = createPublicKey({ key: issuer.publicKey, format: 'der', type: 'spki' });
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < MIN_RSA_BITS) return `has an RSA key of ${bits} bits`;
  return null;
};

/** What keeps a certificate from signing models, in words. */
export const signerFaultOf = (certificate: X509Certificate): string | null => {
  const keyUsage = certificate.extKeyUsage;
  const usages = usagesOf(certificate);
  if (keyUsage === undefined && usages === null) return 'does not say that it may sign';
  if (keyUsage !== undefined && !keyUsage.digitalSignature) return 'may not make signatures (key usage)';
  const signs = usages === null || usages.includes(OID.codeSigning) || usages.includes(OID.anyUsage);
  return signs ? null : 'is for other purposes than signing code (extended key usage)';
};

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): Result<boolean> =>
  translate(
    () =>
      issuer.subject.equals(certificate.issuer) &&
      // An algorithm that the library does not name (SHA-1, MD5, PSS) would otherwise be checked as something else.
      certificate.signatureAlgorithm !== undefined &&
      certificate.verify(issuer),
    (words) => broken('verificationMaterial', `A certificate's issuer cannot be read: ${words}.`),
  );

type Search = {
  readonly roots: readonly { readonly name: string; readonly parsed: X509Certificate }[];
  readonly others: readonly X509Certificate[];
  readonly atSeconds: number;
  checks: number;
  /** The first issuer that signed but may not have, which explains a failure better than "nobody vouches". */
  fault: Problem | null;
};

/** The name of the pinned root that a path leads to, or `null`. `path` starts with the signer's certificate. */
const climb = (path: readonly X509Certificate[], search: Search): string | null => {
  const last = path.at(-1)!;
  const candidates = [
    ...search.roots.map(({ name, parsed }) => ({ root: name as string | null, issuer: parsed })),
    ...search.others.filter((other) => !path.includes(other)).map((issuer) => ({ root: null, issuer })),
  ];
  for (const { root, issuer } of candidates) {
    if (!issuer.subject.equals(last.issuer) || ++search.checks > MAX_CHECKS) continue;
    const issued = isIssuedBy(last, issuer);
    if (!issued.ok || !issued.value) continue;
    const fault = faultOf(issuer, search.atSeconds) ?? issuerFaultOf(issuer, path);
    if (fault !== null) {
      const message = `The issuer at place ${path.length} of the chain ${fault}.`;
      const problem = broken(`verificationMaterial.x509CertificateChain.certificates.${path.length}`, message);
      if (!problem.ok) search.fault ??= problem.problem;
      continue;
    }
    const found = root ?? climb([...path, issuer], search);
    if (found !== null) return found;
  }
  return null;
};

export type ChainSigner = { readonly root: string; readonly key: EcKey; readonly certificate: X509Certificate };

/**
 * The signer that a pinned root vouches for at a time.
 * @param certificates DER, the signer's own first, the others in any order
 * @param options.atSeconds Unix seconds at which every certificate of the chain must be valid
 */
export const verifyChain = (
  certificates: readonly Uint8Array[],
  options: { readonly roots: readonly Root[]; readonly atSeconds: number },
): Result<ChainSigner> => {
  const field = 'verificationMaterial.x509CertificateChain.certificates';
  const parsed: X509Certificate[] = [];
  for (const [i, der] of certificates.entries()) {
    const one = parseCertificate(der, `${field}.${i}`);
    if (!one.ok) return one;
    parsed.push(one.value);
  }
  const roots: Search['roots'][number][] = [];
  for (const [i, root] of options.roots.entries()) {
    const one = parseCertificate(root.certificate, `trust.roots.${i}`);
    if (!one.ok) return one;
    roots.push({ name: root.name, parsed: one.value });
  }
  const [signer, ...others] = parsed as [X509Certificate, ...X509Certificate[]];
  const fault = faultOf(signer, options.atSeconds) ?? signerFaultOf(signer);
  if (fault !== null) return broken(`${field}.0`, `The signer's certificate ${fault}.`);
  const search: Search = { roots, others, atSeconds: options.atSeconds, checks: 0, fault: null };
  const root = climb([signer], search);
  if (root === null) {
    if (search.fault !== null) return { ok: false, problem: search.fault };
    const message = "No pinned root vouches for the signer's certificate.";
    return refused('model.signer-untrusted', field, message, 'Pin the root that you trust, and verify again.');
  }
  const key = ecKeyOf(() => createPublicKey({ key: signer.publicKey, format: 'der', type: 'spki' }), `${field}.0`);
  return key.ok ? ok({ root, key: key.value, certificate: signer }) : key;
};
