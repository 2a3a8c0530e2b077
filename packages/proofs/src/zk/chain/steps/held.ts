/** A claim made again from its data, by whoever has to answer for it. */
import { claimOf, type StepClaimed } from './claim.ts';
import type { StepProgram } from './program.ts';
import { type Ran, runSteps, type StepRun } from './run.ts';

/**
 * The claim on this data in which every step follows; null where one cannot be carried out.
 * @param run ids of the input and the output
 * @param data as long as the program says
 * @param ran what running the steps over it gave, where that was done before
 */
export const claimOn = (
  program: StepProgram,
  run: StepRun,
  data: Uint8Array,
  { records, failed }: Ran = runSteps(program.steps, run, data),
): StepClaimed | null => (failed === null ? claimOf(program, run, data, records) : null);
