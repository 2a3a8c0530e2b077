/** `surety court summon chain:7`: calls the next panel as the auditor of the case's policy. */
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) =>
  takeStep({ kind: 'summon', caseId: onlyChainCaseId(id) }, values, context);
