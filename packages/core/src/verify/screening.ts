/** Screening record: the operator states that the question passed its policy. Intent link. */
import type { Claim } from '../claim.ts';
import type { ScreeningRecord } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf } from './finding-of.ts';

export const verifyScreening = (_claim: Claim, evidence: ScreeningRecord, _context: EvidenceContext): Finding =>
  findingOf('intent', evidence, {
    holds: 'not-shown',
    summary: `The operator states that the question passed ${evidence.policy}; the words that were screened are not here.`,
    assumes: ['the operator ran the policy it names on the words that were asked'],
    doesNotProve: ['that the question is harmless', 'that the policy catches every harmful question'],
  });
