/**
 * `dispute-schedules`: random adversarial schedules of the real arbiter contract, each from first claim to last payment. After
 * each step money must be conserved, and no honest side may have lost; at the end every claim must be decided as it should.
 * The world of cheats is `contracts/test/invariant/ArbiterWorld.sol`.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

const SCHEDULES = 120_000;
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

/** Schedules that a child ran; 0 when one of them failed, which is then printed with the seed that repeats it. */
const schedulesIn = (output: string, seed: string): number => {
  const runs = /✔ testFuzz_aSchedule\([^)]*\) \(runs: (\d+)\)/.exec(output)?.[1];
  if (runs === undefined) process.stderr.write(`dispute-schedules, seed ${seed}:\n${output.slice(-3_000)}\n`);
  return Number(runs ?? 0);
};

export const run = async (): Promise<Figure[]> => {
  await child();
  const workers = availableParallelism();
  const seeds = Array.from({ length: workers }, (_, i) => String(FIRST_SEED + i));
  const start = performance.now();
  const outputs = await Promise.all(seeds.map((seed) => child(seed, String(Math.ceil(SCHEDULES / workers)))));
  const seconds = (performance.now() - start) / 1_000;
  const counts = outputs.map((output, i) => schedulesIn(output, seeds[i] ?? ''));
  const held = counts.every((count) => count > 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [
    {
      name: 'adversarial schedules in which no honest side lost',
      value: total,
      unit: 'schedules',
      goal: '>= 100000, all of them',
      holds: held && total >= 100_000,
      peer: `${workers} processes, seeds from ${FIRST_SEED}`,
    },
    {
      name: 'schedules a second',
      value: Math.round(total / seconds),
      unit: '/s',
      goal: '',
      holds: null,
      peer: '6 to 32 steps each, every invariant after every step',
    },
  ];
};
