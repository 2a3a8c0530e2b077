import { idOf } from '../canonical.ts';
import type { Claim } from '../claim.ts';
import type { Execution } from '../evidence.ts';
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
  listed: { readonly program: string; readonly input: Json; readonly execution?: Execution },
  context: EvidenceContext,
): ProgramRun => {
  if (!isAboutClaim(claim, listed.input))
    return { kind: 'not-repeatable', why: 'its input is not what this claim asks' };
  if (listed.program.startsWith('hidden:'))
    return { kind: 'not-repeatable', why: 'it is private, and not shown equal to any program until it is revealed' };
  return context.programs?.run(listed.program, listed.input, listed.execution?.adapter) ?? { kind: 'not-held' };
};

/** Why a program was not run again, to follow its name in a sentence. */
export const notRun = (run: Exclude<ProgramRun, { kind: 'reading' }>): string =>
  run.kind === 'not-held' ? 'is not held here' : `was not run again: ${run.why}`;

/**
 * Which tensors differ between what a report lists and what came of running its program again, or `null`. Where the
 * inputs differ the outputs are another run's, so the inputs are named first.
 */
export const otherTensors = (listed: Execution | undefined, run: ProgramRun): 'inputs' | 'outputs' | null => {
  if (run.kind !== 'reading' || listed === undefined) return null;
  if (run.execution?.inputs !== listed.inputs) return 'inputs';
  return run.execution.outputs === listed.outputs ? null : 'outputs';
};
