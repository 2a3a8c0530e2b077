/**
 * The door for evidence that others attach. One refuted piece makes a whole receipt refuted, so whoever keeps a market
 * must not let in what it can already recompute to be false: otherwise any player could spoil every receipt.
 */
import type { Claim } from '../claim.ts';
import { ok, type Result, refuse } from '../errors.ts';
import type { Evidence } from '../evidence.ts';
import { runAgain } from './about-claim.ts';
import type { EvidenceContext } from './context.ts';
import { verifyEvidence } from './evidence.ts';
import { inputFindings } from './inputs.ts';

/** Names of programs that only Surety's own builds may use. */
export const RESERVED_PROGRAMS = 'surety/';

/**
 * The evidence, or why it may not be attached to this claim: it is refuted, or it names one of Surety's programs that is
 * not held here, which nobody here could check.
 */
export const admitEvidence = <E extends Evidence>(claim: Claim, evidence: E, context: EvidenceContext): Result<E> => {
  const findings = [verifyEvidence(claim, evidence, context), ...inputFindings(claim, [evidence], context)];
  const refuted = findings.find((finding) => finding.holds === 'refuted');
  if (refuted !== undefined) {
    return refuse({
      code: 'evidence.refuted',
      message: refuted.summary,
      next: 'Attach what the program says of this claim, on exactly its subject and predicate.',
      field: 'evidence',
    });
  }
  if ('program' in evidence && evidence.program.startsWith(RESERVED_PROGRAMS)) {
    const run = runAgain(claim, evidence, context);
    if (run.kind === 'not-held') {
      return refuse({
        code: 'evidence.unknown-program',
        message: `${evidence.program} is not a program of this build.`,
        next: `Name your own program without the prefix ${RESERVED_PROGRAMS}.`,
        field: 'evidence.program',
        value: evidence.program,
      });
    }
  }
  return ok(evidence);
};
