/** `surety court propose chain:7 --for OUTCOME`: answers what a contract asked, with a bond. */
import { parseDollars, unwrap } from '@surety/sdk/base';
import { chainCaseId, takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = chainCaseId(id);
  if (caseId === null)
    throw new UsageError(`"${id}" is no case of a contract.`, 'Write chain: and its number, such as chain:7.', 'ID');
  if (typeof values.for !== 'string') throw new UsageError('--for is missing.', 'Name the outcome.', '--for');
  const bondUnits = typeof values.bond === 'string' ? String(unwrap(parseDollars(values.bond, '--bond'))) : null;
  return takeStep({ kind: 'propose', caseId, outcome: values.for, bondUnits }, values, context);
};
