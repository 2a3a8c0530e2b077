/** Certificates of those who sign models: a chain to a pinned root (certificates/path.ts), and what the signer's is for. */
import { createPublicKey } from 'node:crypto';
import { ok, type Result } from '@surety/core';
import { type Certificate, readCertificate, usagesOf } from '../certificates/certificate.ts';
import { type PathFault, type Root, verifyPath } from '../certificates/path.ts';
import { type EcKey, ecKeyOf } from './ec-key.ts';
import { refused } from './problem.ts';

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const ANY_USAGE = '2.5.29.37.0';
const CHAIN = 'verificationMaterial.x509CertificateChain.certificates';

const broken = (field: string, message: string): Result<never> =>
  refused('model.certificate-refused', field, message, 'Ask the signer for a signature under certificates that fit.');

/** @param field where the certificate was found */
export const parseCertificate = (der: Uint8Array, field: string): Result<Certificate> => {
  const read = readCertificate(der);
  return read.ok ? read : broken(field, `A certificate cannot be read: ${read.words}.`);
};

/** What keeps a certificate from signing models, in words. */
export const signerFaultOf = (certificate: Certificate): string | null => {
  const keyUsage = certificate.extKeyUsage;
  const usages = usagesOf(certificate);
  if (keyUsage === undefined && usages === null) return 'does not say that it may sign';
  if (keyUsage !== undefined && !keyUsage.digitalSignature) return 'may not make signatures (key usage)';
  const signs = usages === null || usages.includes(CODE_SIGNING) || usages.includes(ANY_USAGE);
  return signs ? null : 'is for other purposes than signing code (extended key usage)';
};

const refusalOf = (fault: PathFault): Result<never> => {
  switch (fault.kind) {
    case 'unreadable': {
      const field = fault.of === 'roots' ? `trust.roots.${fault.index}` : `${CHAIN}.${fault.index}`;
      return broken(field, `A certificate cannot be read: ${fault.words}.`);
    }
    case 'refused': {
      const who = fault.index === 0 ? "signer's certificate" : `issuer at place ${fault.index} of the chain`;
      return broken(`${CHAIN}.${fault.index}`, `The ${who} ${fault.words}.`);
    }
    case 'untrusted': {
      const message = "No pinned root vouches for the signer's certificate.";
      return refused('model.signer-untrusted', CHAIN, message, 'Pin the root that you trust, and verify again.');
    }
  }
};

export type ChainSigner = { readonly root: string; readonly key: EcKey; readonly certificate: Certificate };

/**
 * The signer that a pinned root vouches for at a time.
 * @param certificates DER, the signer's own first, the others in any order
 * @param options.atSeconds Unix seconds at which every certificate of the chain must be valid
 */
export const verifyChain = (
  certificates: readonly Uint8Array[],
  options: { readonly roots: readonly Root[]; readonly atSeconds: number },
): Result<ChainSigner> => {
  const path = verifyPath(certificates, { ...options, lastFaultOf: signerFaultOf });
  if (!path.ok) return refusalOf(path.fault);
  const [signer] = path.value.certificates;
  const key = ecKeyOf(() => createPublicKey({ key: signer.publicKey, format: 'der', type: 'spki' }), `${CHAIN}.0`);
  return key.ok ? ok({ root: path.value.root, key: key.value, certificate: signer }) : key;
};
