/** Chains of certificates behind attestations, with this folder's refusals. */
import { ok, type Result } from '@surety/core';
import { type Certificate, type PathFault, type Root, verifyPath } from '@surety/programs/certificates';
import { refused } from './problem.ts';
import { isMakersRoot } from './roots.ts';

export type Chain = {
  readonly root: string;
  /** Whether the root is no hardware maker's. */
  readonly development: boolean;
  /** The last certificate first, the root last. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
};

const refusalOf = (fault: PathFault, field: string): Result<never> => {
  const next = 'Get the attestation again from the machine that made it.';
  switch (fault.kind) {
    case 'unreadable': {
      const at = fault.of === 'roots' ? `roots.${fault.index}` : `${field}.${fault.index}`;
      return refused('attestation.certificate-refused', at, `A certificate cannot be read: ${fault.words}.`, next);
    }
    case 'refused': {
      const message = `The certificate at place ${fault.index} of the chain ${fault.words}.`;
      return refused('attestation.certificate-refused', `${field}.${fault.index}`, message, next);
    }
    case 'untrusted': {
      const message = 'No pinned root vouches for the certificate.';
      return refused('attestation.untrusted', field, message, 'Ask for an attestation by hardware that you trust.');
    }
  }
};

/** What keeps a certificate at the end of a chain from signing statements, in words. */
const statementFaultOf = (certificate: Certificate): string | null => {
  if (certificate.extBasicConstraints?.isCA === true) return 'is a CA, which signs certificates and nothing else';
  const usage = certificate.extKeyUsage;
  return usage === undefined || usage.digitalSignature ? null : 'may not make signatures (key usage)';
};

/** A chain up to one of the roots; the first certificate signs statements and is no CA. */
export const verifyStatementChain = (
  certificates: readonly Uint8Array[],
  options: { readonly roots: readonly Root[]; readonly atSeconds: number; readonly field: string },
): Result<Chain> => {
  const path = verifyPath(certificates, { ...options, lastFaultOf: statementFaultOf });
  if (!path.ok) return refusalOf(path.fault, options.field);
  const root = path.value.certificates.at(-1)!.root.toDER();
  return ok({ ...path.value, development: !isMakersRoot(root) });
};
