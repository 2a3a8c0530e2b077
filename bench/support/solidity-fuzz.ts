/** Many runs of one Solidity fuzz test, in shares over as many processes as there are cores. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const CHILD = join(import.meta.dirname, 'solidity-child.ts');

export type FuzzTest = {
  /** Below `contracts/`. */
  readonly testFile: string;
  readonly test: string;
  /** How many seeds, counted up from `firstSeed`. */
  readonly shares: number;
  /** Runs of one seed. */
  readonly share: number;
  readonly firstSeed: number;
};

export type FuzzRuns = {
  readonly total: number;
  /** Whether no share failed. */
  readonly held: boolean;
  readonly perSecond: number;
  readonly processes: number;
};

const child = (...parameters: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true' };
    const running = spawn(process.execPath, [CHILD, ...parameters], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [running.stdout, running.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    running.once('exit', () => resolve(output));
  });

/** Runs of a share; 0 when one of them failed, which is then printed with the seed that repeats it. */
const runShare = async ({ testFile, test, share }: FuzzTest, seed: number): Promise<number> => {
  const output = await child(testFile, test, String(seed), String(share));
  const runs = Number(new RegExp(`✔ ${test}\\([^)]*\\) \\(runs: (\\d+)\\)`).exec(output)?.[1] ?? 0);
  const failure = runs === 0 ? `\n${output.slice(-3_000)}` : '';
  process.stderr.write(`${test}: seed ${seed}, ${runs} of ${share}${failure}\n`);
  return runs;
};

/** Compiles the contracts, then runs all shares. */
export const runFuzz = async (fuzz: FuzzTest): Promise<FuzzRuns> => {
  await child();
  const processes = availableParallelism();
  const start = performance.now();
  const counts: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < fuzz.shares) counts.push(await runShare(fuzz, fuzz.firstSeed + next++));
  };
  await Promise.all(Array.from({ length: processes }, worker));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    total,
    held: counts.every((count) => count === fuzz.share),
    perSecond: Math.round((total / (performance.now() - start)) * 1_000),
    processes,
  };
};
