import { ok, type Problem, type Result, refuse } from '../errors.ts';

/** Unwinds a recursive reader to {@link attempt}; never leaves this package. */
export class Refusal {
  readonly problem: Problem;
  constructor(problem: Problem) {
    this.problem = problem;
  }
}

/** Runs `work`, turning the refusal it throws into data. */
export const attempt = <T>(work: () => T): Result<T> => {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.problem);
    throw error;
  }
};
