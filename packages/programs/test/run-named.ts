/** Outputs of an iterated run by their names. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, createEngine, runIterated, type Tensor } from '../src/index.ts';

export const runNamed = async (
  program: CheckedProgram,
  steps: number,
  inputs: readonly Tensor[],
): Promise<ReadonlyMap<string, Tensor>> => {
  const { outputs } = unwrap(await runIterated(unwrap(await createEngine(program)), steps, inputs));
  return new Map(program.outputs.map(({ name }, i) => [name, outputs[i]!]));
};
