import { type Problem, SuretyError } from '@surety/sdk/base';

/** Ends a command with a refusal. */
export const fail = (problem: Problem): never => {
  throw new SuretyError(problem);
};
