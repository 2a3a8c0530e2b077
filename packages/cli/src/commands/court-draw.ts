/** `surety court draw chain:7`: draws the panel of a case, for whoever wants a ruling and will not wait for jurors to do it. */
import { onlyChainCaseId, takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ args: [id = ''], values, context }) => {
  const drandUrl = typeof values.drand === 'string' ? values.drand : 'https://api.drand.sh';
  return takeStep({ kind: 'draw', caseId: onlyChainCaseId(id), drandUrl }, values, context);
};
