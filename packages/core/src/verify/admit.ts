/**
 * The door for evidence that others attach. One refuted piece makes a whole receipt refuted, so whoever keeps a market
 * must not let in what it can already recompute to be false: otherwise any player could spoil every receipt.
 */
import type { Claim } from '../claim.ts';
import { ok, type Result, refuse } from '../errors.ts';
import type { Evidence } from '../evidence.ts';
import { notRun, runAgain } from './about-claim.ts';
import type { EvidenceContext } from './context.ts';
import { verifyEvidence } from './evidence.ts';
import { inputFindings } from './inputs.ts';

/** Names of programs that only Surety's own builds may use. */
export const RESERVED_PROGRAMS = 'surety/';
/** Names of tensor programs that anybody with the file can run again. */
const PUBLIC_PROGRAMS = 'program:';

/** What a player can do whose program a node does not hold. */
const HOW_TO_BE_HELD =
  'Publish it at this node ("surety model publish FILE --name NAME"), or play hidden ("surety player add --hidden"), whose reports never refute.';

/**
 * The evidence, or why it may not be attached to this claim: it is refuted; or it names one of Surety's programs that is
 * not held here, or a public tensor program that cannot be run here: somebody who can might find it refuted later.
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
  if (!('program' in evidence)) return ok(evidence);
  const { program } = evidence;
  const run = runAgain(claim, evidence, context);
  const unknown = (message: string, next: string): Result<never> =>
    refuse({ code: 'evidence.unknown-program', message, next, field: 'evidence.program', value: program });
  if (program.startsWith(RESERVED_PROGRAMS) && run.kind === 'not-held')
    return unknown(
      `${program} is not a program of this build.`,
      `Name your own program without the prefix ${RESERVED_PROGRAMS}.`,
    );
  if (program.startsWith(PUBLIC_PROGRAMS) && run.kind !== 'reading')
    return unknown(
      `${program} ${notRun(run)}, so nobody here could tell a false report of it.`,
      run.kind === 'not-held' ? HOW_TO_BE_HELD : 'Attach the adapter that fits the program and reads this question.',
    );
  return ok(evidence);
};
