/** `surety court reveal chain:7`: opens the own vote, and publishes its reason. */
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) =>
  takeStep({ kind: 'reveal', caseId: onlyChainCaseId(id) }, values, context);
