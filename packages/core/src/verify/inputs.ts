/** The input link: what was read, and how much of it the receipt lets anybody check. One finding for each program. */
import type { Claim } from '../claim.ts';
import type { AnalystReport, Evidence, JurorVote } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { isAboutClaim, otherTensors, runAgain } from './about-claim.ts';
import type { EvidenceContext } from './context.ts';
import { datedAfter, findingOf } from './finding-of.ts';

const words = (items: readonly string[], empty: string): string => (items.length === 0 ? empty : items.join('; '));

const inputOf = (claim: Claim, evidence: AnalystReport | JurorVote, context: EvidenceContext): Finding => {
  const late = datedAfter(context.issuedAt, 'input', evidence);
  if (late !== null) return late;
  const report = evidence.kind === 'analyst-report' ? evidence : null;
  const who = report === null ? `The juror ${(evidence as JurorVote).juror}` : report.analyst;
  const unseen = report?.didNotSee ?? [];
  const doesNotProve = [
    'that what the subject shows elsewhere, or now, is the same',
    ...unseen.map((item) => `anything about ${item}: not looked at`),
  ] as const;
  const looked =
    report === null
      ? ''
      : ` Looked at: ${words(report.saw, 'nothing')}. Not looked at: ${words(unseen, 'not stated')}.`;
  const run = runAgain(claim, evidence, context);
  if (!isAboutClaim(claim, evidence.input)) {
    return findingOf('input', evidence, {
      holds: 'refuted',
      summary: `${who} was given another subject or question than this claim.`,
      doesNotProve: ['anything about the subject of this claim'],
    });
  }
  if (otherTensors(report?.execution, run) === 'inputs') {
    return findingOf('input', evidence, {
      holds: 'refuted',
      summary: `${who} names other input tensors than its adapter makes of this subject.`,
      doesNotProve: ['anything about the subject of this claim'],
    });
  }
  if (run.kind === 'reading') {
    return findingOf('input', evidence, {
      holds: 'shown',
      summary: `${who} read the subject's own words, exactly as they were asked, and nothing else.`,
      proves: [{ property: 'integrity', of: 'what was read: it is the subject and predicate of the claim' }],
      doesNotProve,
    });
  }
  return findingOf('input', evidence, {
    holds: 'not-shown',
    summary: `${who} was asked about this subject; what it read of it is not attached with an authenticated origin.${looked}`,
    assumes: [`whoever ran ${evidence.program} looked where the report says, and saw what it says`],
    doesNotProve,
  });
};

/** One finding for each report or vote; a receipt without any says so. */
export const inputFindings = (
  claim: Claim,
  evidence: readonly Evidence[],
  context: EvidenceContext,
): readonly Finding[] =>
  evidence.flatMap((piece) =>
    piece.kind === 'analyst-report' || piece.kind === 'juror-vote' ? [inputOf(claim, piece, context)] : [],
  );
