/** `surety court propose chain:7 --for OUTCOME`: answers what a contract asked, with a bond. */
import { parseDollars, unwrap } from '@surety/sdk/base';
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = onlyChainCaseId(id);
  if (typeof values.for !== 'string') throw new UsageError('--for is missing.', 'Name the outcome.', '--for');
  const bondUnits = typeof values.bond === 'string' ? String(unwrap(parseDollars(values.bond, '--bond'))) : null;
  return takeStep({ kind: 'propose', caseId, outcome: values.for, bondUnits }, values, context);
};
