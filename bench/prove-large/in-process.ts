/** Runs `case.ts`. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Measured } from './measure.ts';
import type { OnThreads } from './on-threads.ts';

const CASE = join(import.meta.dirname, 'case.ts');

/** @param network its name, or the widths of a perceptron: `64x32` */
export const inProcess = (topic: string, network: string, hidden: boolean, proofs?: number): Measured => {
  process.stderr.write(`${topic}: ${network}${hidden ? ', weights hidden' : ''}\n`);
  return started([network, hidden ? 'hidden' : 'public', ...(proofs === undefined ? [] : [`${proofs}`])]) as Measured;
};

const started = (parameters: readonly string[]): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [CASE, ...parameters], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );

/** @param rounds in which one thread and two take turns */
export const threadsInProcess = (topic: string, network: string, hidden: boolean, rounds: number): OnThreads => {
  process.stderr.write(`${topic}: ${network}${hidden ? ', weights hidden' : ''}, on one thread and on two\n`);
  return started([network, hidden ? 'hidden' : 'public', `${rounds}`, 'threads']) as OnThreads;
};
