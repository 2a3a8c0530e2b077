/** `surety court join`: registers a built-in juror with a stake at a court of contracts, once. */
import { parseDollars, unwrap } from '@surety/sdk/base';
import { takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ values, context }) => {
  if (typeof values.family !== 'string')
    throw new UsageError('--family is missing.', 'Write --family grams, for example.', '--family');
  if (typeof values.stake !== 'string')
    throw new UsageError('--stake is missing.', 'Write --stake 5, for example: what is yours to lose.', '--stake');
  const stakeUnits = String(unwrap(parseDollars(values.stake, '--stake')));
  return takeStep({ kind: 'join', family: values.family, stakeUnits }, values, context);
};
