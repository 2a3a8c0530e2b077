/** `surety court collect chain:7`: fetches what a case that has ended owes to the own key. */
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = onlyChainCaseId(id);
  return takeStep({ kind: 'collect', caseId }, values, context);
};
