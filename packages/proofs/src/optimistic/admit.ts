/** Which runs the optimistic route takes: those that can be defended, and refuted, before any money moves (spec 15.4). */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import { type CheckedProgram, iterate } from '@surety/programs';

export type Subject = {
  readonly program: CheckedProgram;
  /** 1 where the program is not iterated. */
  readonly steps: number;
  /** Whether the claim would name it by an id that hides it (spec 12.7). */
  readonly programIsPrivate: boolean;
  readonly inputIsPrivate: boolean;
};

const isPrivate = (field: 'program' | 'input', loses: string): Problem => ({
  code: 'optimistic.private',
  message: `The ${field} is private: ${loses}`,
  next: `Reveal the ${field}, or choose a route that needs nobody to run it again: an enclave, or a zero-knowledge proof.`,
  field,
});

const nothingToRefute = (field: string, message: string): Problem => ({
  code: 'optimistic.not-disputable',
  message,
  next: 'Run it again whoever relies on it: such a run costs less than a claim about it.',
  field,
});

/**
 * Whether a claim about runs of a program may be made and relied on.
 * Problems: `optimistic.private` for what is hidden, `optimistic.not-disputable` for a program in which nothing could be
 * refuted, `program.invalid` for a number of steps that it cannot be iterated.
 */
export const admitOptimistic = ({
  program,
  steps,
  programIsPrivate,
  inputIsPrivate,
}: Subject): Result<{ readonly steps: number }> => {
  if (programIsPrivate) {
    return refuse(
      isPrivate(
        'program',
        'nobody else could run it and challenge a wrong claim, and the first question would make the provider open its weights or lose the bond.',
      ),
    );
  }
  if (inputIsPrivate) {
    return refuse(
      isPrivate(
        'input',
        'nobody else could run the program on it and challenge a wrong claim, and the first question would make the provider open it or lose the bond.',
      ),
    );
  }
  if (program.nodes.length === 0) {
    return refuse(
      nothingToRefute('program.nodes', 'The program computes nothing: a claim about it would state its input.'),
    );
  }
  if (steps === 1) return ok({ steps });
  if (program.inputs.length === 0) {
    return refuse(
      nothingToRefute('program.inputs', 'Steps without inputs are all the same: running one is running all.'),
    );
  }
  const iteration = iterate(program, steps);
  return iteration.ok ? ok({ steps }) : iteration;
};
