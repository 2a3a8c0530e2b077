/**
 * How long a question takes: to its first answer on a running node, to the checking of its receipt, and from `npm start`
 * on a bare clone. `ask` alone leaves the clone out when `SURETY_BENCH_NO_CLONE` is set.
 */
import { answerFigures } from './ask/answers.ts';
import { startFigures } from './ask/starts.ts';
import type { Figure } from './figure.ts';

export const run = async (): Promise<Figure[]> => [
  ...(await answerFigures()),
  ...(process.env.SURETY_BENCH_NO_CLONE ? [] : await startFigures()),
];
