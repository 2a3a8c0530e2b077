/** Refusals and callers' mistakes, on one line each. */
import { type ErrorCode, type Problem, refuse, SuretyError, show } from '@surety/core';

/** A refusal that names the field, its value and the limit it broke, and says what to do next. */
export const no = (
  code: ErrorCode,
  field: string,
  value: unknown,
  limit: string,
  message: string,
  next: string,
): { readonly ok: false; readonly problem: Problem } =>
  refuse({ code, message, next, field, value: show(value), limit });

/**
 * For bugs of the caller, where no user's input can lead.
 * @throws {SuretyError} `input.out-of-range` unless `holds`
 */
export const insistOn = (holds: boolean, field: string, value: unknown, limit: string): void => {
  if (holds) return;
  throw new SuretyError({
    code: 'input.out-of-range',
    message: `${field} is ${show(value)}, but must be ${limit}.`,
    next: 'Check the value before it reaches the market engine.',
    field,
    value: show(value),
    limit,
  });
};
