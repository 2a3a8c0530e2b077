/** Refusals and callers' mistakes, on one line each. */
import { SuretyError, show } from '@surety/core';

export { refuseField as no } from '@surety/core';

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
