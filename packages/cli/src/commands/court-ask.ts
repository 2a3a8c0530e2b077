/** `surety court ask "QUESTION"`: asks a court of contracts from the command line, and publishes what is asked. */
import { resolve } from 'node:path';
import { parseDollars, unwrap } from '@surety/sdk/base';
import { parseDuration } from '../duration.ts';
import { takeStep } from '../local/court-program.ts';
import type { Run } from '../table.ts';

const ANSWER_SECONDS = 30 * 86_400;

export const run: Run = ({ args: [question = ''], values, context }) => {
  const { policy, answer, reward, excluded } = values;
  const step = {
    ...{ kind: 'ask', question },
    policy: typeof policy === 'string' ? policy : null,
    answerSeconds: typeof answer === 'string' ? unwrap(parseDuration(answer, '--answer')) : ANSWER_SECONDS,
    rewardUnits: typeof reward === 'string' ? String(unwrap(parseDollars(reward, '--reward'))) : '0',
    excluded: typeof excluded === 'string' ? resolve(context.cwd, excluded) : null,
  };
  return takeStep(step, values, context);
};
