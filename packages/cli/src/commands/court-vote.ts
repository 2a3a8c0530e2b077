/** `surety court vote chain:7 --for OUTCOME --reason TEXT`: votes in secret as a person who was drawn. */
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = onlyChainCaseId(id);
  if (typeof values.for !== 'string')
    throw new UsageError('--for is missing.', 'Name the outcome, or abstain.', '--for');
  if (typeof values.reason !== 'string')
    throw new UsageError('--reason is missing.', 'Say why: everybody reads it once votes are open.', '--reason');
  return takeStep({ kind: 'vote', caseId, outcome: values.for, reason: values.reason }, values, context);
};
