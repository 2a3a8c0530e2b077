/** Runs `case.ts`. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Measured } from './measure.ts';

const CASE = join(import.meta.dirname, 'case.ts');

/** @param network its name, or the widths of a perceptron: `64x32` */
export const inProcess = (topic: string, network: string, hidden: boolean, proofs?: number): Measured => {
  process.stderr.write(`${topic}: ${network}${hidden ? ', weights hidden' : ''}\n`);
  const parameters = [CASE, network, hidden ? 'hidden' : 'public', ...(proofs === undefined ? [] : [`${proofs}`])];
  const out = execFileSync(process.execPath, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(out) as Measured;
};
