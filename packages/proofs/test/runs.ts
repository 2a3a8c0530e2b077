/** Runs of random programs, for tests and benchmarks of disputes. */
import { unwrap } from '@surety/core';
import { iterate } from '@surety/programs';
import { Random } from '../../programs/test/random.ts';
import { randomInputs, randomProgram, randomStepProgram, randomStreams } from '../../programs/test/random-program.ts';
import { openProgram, openRun, type RunBook } from '../src/index.ts';

/** A run of the program of a seed, once. */
export const plainRun = async (seed: number): Promise<RunBook> => {
  const program = randomProgram(seed, 6);
  return unwrap(await openRun(openProgram(program), randomInputs(program, seed)));
};

/** A run of several steps, with states and streams; null where the program of the seed cannot be iterated. */
export const iteratedRun = async (seed: number): Promise<RunBook | null> => {
  const program = randomStepProgram(seed, 5);
  const steps = new Random(seed).int(2, 7);
  const iteration = iterate(program, steps);
  if (!iteration.ok || program.inputs.length === 0) return null;
  return unwrap(await openRun(openProgram(program), randomStreams(iteration.value, seed), { steps }));
};
