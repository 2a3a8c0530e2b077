/** What a command failed of, in words on stderr or as JSON on stdout, and the exit status of its code. */
import { ERRORS, type Problem, SuretyError } from '@surety/sdk/base';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { wrap } from './terminal/table.ts';

const bug = (error: unknown): Problem => ({
  code: 'internal',
  message: `A bug in Surety: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  next: 'Run "surety doctor", and report it with the lines above.',
});

/** Prints a problem; returns its exit status. */
export const explainProblem = (out: Output, problem: Problem): number => {
  if (out.json) out.data({ error: problem });
  else {
    const { red, dim } = out.style;
    out.note(`${red('surety:')} ${wrap(safe(problem.message), out.width - 8, '        ')}`);
    out.note(`        ${wrap(safe(problem.next), out.width - 8, '        ')}`);
    const detail = [problem.field && `field ${problem.field}`, problem.limit && `limit ${problem.limit}`].filter(
      Boolean,
    );
    out.note(dim(`        ${safe([problem.code, ...detail].join(' · '))}`));
  }
  return ERRORS[problem.code].exit;
};

/** As {@link explainProblem}, for whatever was thrown. */
export const explain = (out: Output, error: unknown): number =>
  explainProblem(out, error instanceof SuretyError ? error.problem : bug(error));
