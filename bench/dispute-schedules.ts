/**
 * `dispute-schedules`: random adversarial schedules of the real arbiter contract, each from first claim to last payment. After
 * each step money must be conserved, and no honest side may have lost; at the end every claim must be decided as it should.
 * The world of cheats is `contracts/test/invariant/ArbiterWorld.sol`.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

const SHARES = 12;
/** Schedules of one share, all from one seed. */
const SHARE = 10_000;
const FIRST_SEED = 1_000;
const CHILD = join(import.meta.dirname, 'dispute-schedules', 'child.ts');

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

/** Schedules that a share ran; 0 when one of them failed, which is then printed with the seed that repeats it. */
const runShare = async (seed: number): Promise<number> => {
  const output = await child(String(seed), String(SHARE));
  const runs = Number(/✔ testFuzz_aSchedule\([^)]*\) \(runs: (\d+)\)/.exec(output)?.[1] ?? 0);
  const failure = runs === 0 ? `\n${output.slice(-3_000)}` : '';
  process.stderr.write(`dispute-schedules: seed ${seed}, ${runs} of ${SHARE}${failure}\n`);
  return runs;
};

export const run = async (): Promise<Figure[]> => {
  await child();
  const workers = availableParallelism();
  const start = performance.now();
  const counts: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < SHARES) counts.push(await runShare(FIRST_SEED + next++));
  };
  await Promise.all(Array.from({ length: workers }, worker));
  const seconds = (performance.now() - start) / 1_000;
  const held = counts.every((count) => count === SHARE);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [
    {
      name: 'adversarial schedules in which no honest side lost',
      value: total,
      unit: 'schedules',
      goal: '>= 100000, all of them',
      holds: held && total >= 100_000,
      peer: `${SHARES} seeds from ${FIRST_SEED}`,
    },
    {
      name: 'schedules a second',
      value: Math.round(total / seconds),
      unit: '/s',
      goal: '',
      holds: null,
      peer: `${workers} processes; 6 to 32 steps each, every invariant after every step`,
    },
  ];
};
