/** `surety court leave`: takes back the stake of a juror that no open seat can take. */
import { takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ values, context }) => takeStep({ kind: 'leave' }, values, context);
