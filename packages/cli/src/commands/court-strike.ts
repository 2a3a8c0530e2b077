/** `surety court strike chain:7 --excluded FILE`: takes seats from those whom the asker excluded. */
import { resolve } from 'node:path';
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = onlyChainCaseId(id);
  if (typeof values.excluded !== 'string')
    throw new UsageError('--excluded is missing.', 'Name the list that the case was asked with.', '--excluded');
  return takeStep({ kind: 'strike', caseId, excluded: resolve(context.cwd, values.excluded) }, values, context);
};
