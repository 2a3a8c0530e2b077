/** What a claim or a request is about, found here: its program, and whether a run of it can be disputed at all. */
import { ok, type Result, refuse, SuretyError, unwrap } from '@surety/core';
import { admitOptimistic } from '@surety/proofs';
import type { FoundProgram, Holdings } from './holdings.ts';
import { keepProgram } from './records.ts';

export type Subject = {
  /** P, lower-case hex, and how often it is run; `null` for once. */
  readonly program: string;
  readonly steps: number | null;
  /** Id of the input. */
  readonly input: string;
};

/** What whoever is at the terminal named, and what only he knows. */
export type Named = {
  /** The program's file and its P; `null` where it is to be found among what is held. */
  readonly program: { readonly file: string; readonly id: string } | null;
  /** Programs that were published hidden from here: claims about them are refused. */
  readonly hidden: readonly string[];
  readonly inputIsPrivate: boolean;
  /** What the proof is to hide, of those by `zk`. */
  readonly hides: { readonly weights: boolean; readonly input: boolean };
};

const findProgram = (holdings: Holdings, wanted: string, { program }: Named): FoundProgram => {
  if (program !== null && program.id !== wanted)
    throw new SuretyError({
      code: 'arbiter.request-differs',
      message: `${program.file} is the program ${program.id}; the request is about another one.`,
      next: `Name the file of the program ${wanted}, or leave it out where that is imported here.`,
      field: 'PROGRAM',
      value: program.id,
      limit: wanted,
    });
  const found = holdings.program(wanted, []);
  if (found !== null) return found;
  throw new SuretyError({
    code: 'program.not-held',
    message: `The program ${wanted} is not held here.`,
    next: 'Get its file from the requester, and name it: surety run PROGRAM --request FILE.',
    field: 'PROGRAM',
    value: wanted,
  });
};

/** How a result is to be shown: by a proof that a contract judges, or by whoever runs the program again. */
export type Prove = 'optimistic' | 'zk';

/** What is private has to be hidden by the proof. */
const admitProof = (what: 'program' | 'input' | null): Result<void> =>
  what === null
    ? ok(undefined)
    : refuse({
        code: 'proof.unsupported',
        message: `The ${what} is private, and this proof would not hide it.`,
        next: `Claim it with "surety run --prove zk --private ${what === 'program' ? 'weights' : 'input'}", or both.`,
        field: what,
      });

const admit = (
  prove: Prove,
  { program }: FoundProgram,
  { steps, program: id }: Subject,
  named: Named,
): Result<unknown> => {
  const programIsPrivate = named.hidden.includes(id);
  const { inputIsPrivate, hides } = named;
  if (prove === 'zk')
    return admitProof(programIsPrivate && !hides.weights ? 'program' : inputIsPrivate && !hides.input ? 'input' : null);
  return admitOptimistic({ program, steps: steps ?? 1, programIsPrivate, inputIsPrivate });
};

/**
 * Finds the program of a subject and keeps a copy of it, once it is clear that a run of it may be claimed.
 * @throws {SuretyError} `arbiter.request-differs`, `program.not-held`, `proof.unsupported`, and those of {@link admitOptimistic}
 */
export const takeSubject = (
  home: string,
  holdings: Holdings,
  subject: Subject,
  named: Named,
  prove: Prove = 'optimistic',
): FoundProgram => {
  const found = findProgram(holdings, subject.program, named);
  unwrap(admit(prove, found, subject, named));
  keepProgram(home, subject.program, found.file);
  return found;
};
