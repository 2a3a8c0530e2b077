import { idOf } from '../canonical.ts';
import type { Claim } from '../claim.ts';
import type { Json } from '../json.ts';
import type { EvidenceContext, ProgramRun } from './context.ts';

/** Whether a program's listed input is exactly what this claim asks: its subject and predicate, nothing else. */
export const isAboutClaim = (claim: Claim, input: Json): boolean =>
  idOf(input) === idOf({ predicate: claim.predicate, subject: claim.subject });

/**
 * Runs a program again on its listed input. Programs are given nothing but subjects of claims that were read strictly:
 * any other input is somebody's and may be shaped to do harm.
 */
export const runAgain = (
  claim: Claim,
  listed: { readonly program: string; readonly input: Json },
  context: EvidenceContext,
): ProgramRun => {
  if (!isAboutClaim(claim, listed.input))
    return { kind: 'not-repeatable', why: 'its input is not what this claim asks' };
  return context.programs?.run(listed.program, listed.input) ?? { kind: 'not-held' };
};

/** Why a program was not run again, to follow its name in a sentence. */
export const notRun = (run: Exclude<ProgramRun, { kind: 'reading' }>): string =>
  run.kind === 'not-held' ? 'is not held here' : `was not run again: ${run.why}`;
