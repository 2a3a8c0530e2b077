/** `surety court collect chain:7`: fetches what a case that has ended owes to the own key. */
import { chainCaseId, takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = chainCaseId(id);
  if (caseId === null)
    throw new UsageError(`"${id}" is no case of a contract.`, 'Write chain: and its number, such as chain:7.', 'ID');
  return takeStep({ kind: 'collect', caseId }, values, context);
};
