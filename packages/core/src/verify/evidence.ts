/**
 * Every kind of evidence and its one verifier. A finding is recomputed here each time; nothing in a receipt says what
 * its own evidence shows. See `spec/03-evidence.md`.
 */
import type { Claim } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { verifyAnalystReport } from './analyst-report.ts';
import { verifyAskerSignature } from './asker-signature.ts';
import type { EvidenceContext } from './context.ts';
import { verifyCourtRecord } from './court-record.ts';
import { datedAfter, LINK_OF_EVIDENCE } from './finding-of.ts';
import { verifyJurorVote } from './juror-vote.ts';
import { verifyMarketRecord } from './market-record.ts';
import { verifyOfficialRecord } from './official-record.ts';
import { verifyScreening } from './screening.ts';

/** What a piece of evidence shows of one link of the claim. Pure; never throws for evidence that parses. */
export const verifyEvidence = (claim: Claim, evidence: Evidence, context: EvidenceContext): Finding => {
  const late = datedAfter(context.issuedAt, LINK_OF_EVIDENCE[evidence.kind], evidence);
  if (late !== null) return late;
  switch (evidence.kind) {
    case 'analyst-report':
      return verifyAnalystReport(claim, evidence, context);
    case 'asker-signature':
      return verifyAskerSignature(claim, evidence, context);
    case 'screening':
      return verifyScreening(claim, evidence, context);
    case 'market-record':
      return verifyMarketRecord(claim, evidence, context);
    case 'juror-vote':
      return verifyJurorVote(claim, evidence, context);
    case 'official-record':
      return verifyOfficialRecord(claim, evidence, context);
    case 'court-record':
      return verifyCourtRecord(claim, evidence, context);
  }
};
