/** Official record: the operator states what a named source said. Output link. */
import type { Claim } from '../claim.ts';
import type { OfficialRecord } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf } from './finding-of.ts';

export const verifyOfficialRecord = (claim: Claim, evidence: OfficialRecord, _context: EvidenceContext): Finding => {
  const { source, outcome, statement } = evidence;
  const doesNotProve = [
    'that the source said this: no authenticated copy is attached',
    'that the source is right',
  ] as const;
  if (outcome !== null && outcome >= claim.outcomes.length) {
    return findingOf('output', evidence, {
      holds: 'refuted',
      summary: `The record of ${source} is for an outcome that the claim does not have.`,
      doesNotProve,
    });
  }
  if (claim.rule.kind === 'official' && claim.rule.source !== source) {
    return findingOf('output', evidence, {
      holds: 'refuted',
      summary: `The claim is decided by ${claim.rule.source}, not by ${source}.`,
      doesNotProve,
    });
  }
  const decided = outcome === null ? 'nothing' : `“${claim.outcomes[outcome]}”`;
  return findingOf('output', evidence, {
    holds: 'not-shown',
    summary: `The operator states that ${source} says: “${statement}”, and reads it as ${decided}.`,
    assumes: [`the operator copied the record of ${source} faithfully and read it rightly`],
    doesNotProve,
  });
};
