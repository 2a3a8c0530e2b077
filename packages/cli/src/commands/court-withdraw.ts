/** `surety court withdraw`: pays out the own balance at a court of contracts. */
import { takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ values, context }) => takeStep({ kind: 'withdraw' }, values, context);
