/** Whatever a worker threw, as a problem: only those cross from one thread to another whole. */
import { type Problem, SuretyError } from '@surety/core';

export const problemOf = (error: unknown): Problem =>
  error instanceof SuretyError
    ? error.problem
    : {
        code: 'internal',
        message: `A bug in Surety, or too little memory: ${error instanceof Error ? error.message : String(error)}`,
        next: 'Close other tabs and try again. If it fails again, report it.',
      };
