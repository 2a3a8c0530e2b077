/** Asker's signature: the asker's key confirmed this reading of this claim, on this network. Intent link. */
import type { Claim } from '../claim.ts';
import { claimIdOf } from '../claim-shape.ts';
import { verifyTyped } from '../eip712/sign.ts';
import type { AskerSignature } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { signingDomainOf } from '../receipt-build.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf } from './finding-of.ts';

const ALWAYS = [
  'that a person read or understood the words: a key signed them',
  'that the key is held by the person it is thought to belong to, or by one person alone',
] as const;

export const verifyAskerSignature = (claim: Claim, evidence: AskerSignature, context: EvidenceContext): Finding => {
  const signed = verifyTyped(
    'AskerClaim',
    {
      operator: context.network.operator,
      claimId: `0x${claimIdOf(claim)}`,
      reading: evidence.reading,
      budgetMicroUsd: BigInt(claim.budgetMicroUsd),
      expiresAt: evidence.expiresAt,
    },
    {
      domain: signingDomainOf(context.network),
      signature: evidence.signature,
      address: claim.asker,
    },
  );
  if (!signed.ok) {
    return findingOf('intent', evidence, {
      holds: 'refuted',
      summary: `The asker ${claim.asker} did not sign this claim, reading, budget and expiry for the operator ${context.network.operator}: ${signed.problem.message}`,
      doesNotProve: ['which of them was changed'],
    });
  }
  const authentic = [
    { property: 'authenticity', of: `the asker's signature: the key of ${claim.asker}` },
    { property: 'integrity', of: 'claim, plain-words reading, budget and operator since they were signed' },
  ] as const;
  const wording = context.plainWords?.(claim);
  if (wording !== undefined && wording !== evidence.reading) {
    return findingOf('intent', evidence, {
      holds: 'not-shown',
      summary: `The asker signed a reading that this verifier words differently. Signed: “${evidence.reading}” Here: “${wording}”`,
      proves: authentic,
      assumes: ['that both wordings mean the same'],
      doesNotProve: ['that the reading says what the claim says', ...ALWAYS],
    });
  }
  return findingOf('intent', evidence, {
    holds: 'shown',
    summary: `The asker ${claim.asker} signed this claim, read back as “${evidence.reading}”`,
    proves: [
      ...authentic,
      ...(wording === undefined
        ? []
        : [{ property: 'agreement', of: 'the signed reading with the words of this verifier for the claim' } as const]),
    ],
    assumes: wording === undefined ? ['that the reading says what the claim says: no wording is held here'] : [],
    doesNotProve: ALWAYS,
  });
};
