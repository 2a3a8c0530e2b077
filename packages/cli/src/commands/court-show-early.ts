/** `surety court show-early chain:7 --vote FILE`: shows a vote that its juror let somebody see before its time. */
import { resolve } from 'node:path';
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const caseId = onlyChainCaseId(id);
  if (typeof values.vote !== 'string')
    throw new UsageError('--vote is missing.', 'Name a file with the juror, vote, reading and salt.', '--vote');
  return takeStep({ kind: 'show-early', caseId, vote: resolve(context.cwd, values.vote) }, values, context);
};
