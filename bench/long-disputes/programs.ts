/** The two iterated programs that long disputes are about: a training run and a generation, with real data and weights. */
import { unwrap } from '../../packages/core/src/index.ts';
import {
  type CheckedProgram,
  type Tensor,
  type TrainingShape,
  trainingStep,
} from '../../packages/programs/src/index.ts';
import { digitRunInputs } from '../../packages/programs/training/digit-run.ts';
import { importWriter, writerGeneration, writerInputs } from '../../packages/programs/training/write-run.ts';

/** A program, how often it runs, and the input list of the whole (spec 15.1). */
export type LongRun = {
  readonly program: CheckedProgram;
  readonly steps: number;
  readonly inputs: readonly Tensor[];
};

/** 256 pixels to ten digits over 32 hidden units, 8,554 weights, 32 digits a step; rate 1/16, momentum 0.906. */
export const TRAINING: TrainingShape = { widths: [256, 32, 10], batch: 32, rateBits: 4, momentum32nds: 29 };

/** Steps of training on 4,000 drawn digits in an order that the seed gives. */
export const trainingRun = (steps = 1_000): LongRun => {
  const program = unwrap(trainingStep(TRAINING));
  return { program, steps, inputs: digitRunInputs(program, TRAINING, { count: 4_000, steps, seed: 1 }) };
};

/** Letters of the committed name writer, a transformer of two blocks with kept keys and values; four beginnings are given. */
export const generationRun = async (steps = 64): Promise<LongRun> => {
  const program = writerGeneration(await importWriter());
  return { program, steps, inputs: writerInputs(program, steps, ['eth', 'my', 'coin', 'wallet']) };
};
