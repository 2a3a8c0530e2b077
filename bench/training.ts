/**
 * `training`: what training in integers reads of digits it never saw, beside the same run in floating point (same first weights,
 * batches, rate and momentum); and what keeping fewer bits of the weights costs. Means over seeds.
 */
import { unwrap } from '../packages/core/src/index.ts';
import { type TrainingShape, trainingStep } from '../packages/programs/src/index.ts';
import { runSteps } from '../packages/programs/test/run-steps.ts';
import {
  accuracyPpm,
  digitRunInputs,
  floatAccuracyPpm,
  floatRun,
  heldOutDigits,
} from '../packages/programs/training/digit-run.ts';
import type { Figure } from './figure.ts';
import { TRAINING } from './long-disputes/programs.ts';

const SEEDS = [1, 2, 3];
const COUNT = 4_000;
const UNSEEN = 2_000;

/** Without momentum and at a small rate, what an update loses is not made up for by the next. */
const SLOW: TrainingShape = { ...TRAINING, rateBits: 6, momentum32nds: 0 };

type Measured = { readonly percent: number; readonly ms: number };

const mean = (list: readonly Measured[]): Measured => ({
  percent: list.reduce((sum, { percent }) => sum + percent, 0) / list.length,
  ms: list.reduce((sum, { ms }) => sum + ms, 0) / list.length,
});

/** Runs each seed; what reads the digits is not timed. */
const integers = async (shape: TrainingShape, steps: number): Promise<Measured> => {
  const program = unwrap(trainingStep(shape));
  const measured: Measured[] = [];
  for (const seed of SEEDS) {
    const inputs = digitRunInputs(program, shape, { count: COUNT, steps, seed });
    const started = performance.now();
    const outputs = await runSteps(program, steps, inputs);
    const ms = performance.now() - started;
    measured.push({ percent: (await accuracyPpm(shape, outputs, heldOutDigits(UNSEEN, seed))) / 10_000, ms });
  }
  return mean(measured);
};

const floats = (shape: TrainingShape, steps: number): Measured => {
  const program = unwrap(trainingStep(shape));
  const measured = SEEDS.map((seed) => {
    const inputs = digitRunInputs(program, shape, { count: COUNT, steps, seed });
    const started = performance.now();
    const layers = floatRun(program, shape, inputs, steps);
    const ms = performance.now() - started;
    return { percent: floatAccuracyPpm(layers, heldOutDigits(UNSEEN, seed)) / 10_000, ms };
  });
  return mean(measured);
};

const read = (name: string, { percent }: Measured, other: string, peer: Measured, within: number | null): Figure => ({
  name: `${name}, unseen digits read`,
  value: percent,
  unit: '%',
  goal: within === null ? '' : `>= ${other} - ${within}`,
  holds: within === null ? null : percent >= peer.percent - within,
  peer: `${other}: ${peer.percent.toFixed(2)} %`,
});

export const run = async (): Promise<Figure[]> => {
  const regression = { ...TRAINING, widths: [256, 10] };
  const [perceptron, real] = [await integers(TRAINING, 1_000), floats(TRAINING, 1_000)];
  const [line, realLine] = [await integers(regression, 1_000), floats(regression, 1_000)];
  const few = await integers({ ...TRAINING, weightBits: 11 }, 1_000);
  const slow = await integers(SLOW, 4_000);
  const slowFew = await integers({ ...SLOW, weightBits: 11 }, 4_000);
  const time: Figure = {
    name: 'perceptron, 1,000 steps, one thread',
    value: perceptron.ms,
    unit: 'ms',
    goal: '',
    holds: null,
    peer: `float in TypeScript: ${real.ms.toFixed(0)} ms`,
  };
  return [
    read('perceptron', perceptron, 'float', real, 1),
    read('softmax regression', line, 'float', realLine, 1),
    read('perceptron, 11 bits of weights kept', few, 'all bits', perceptron, null),
    read('perceptron, rate 1/64 without momentum, 4,000 steps', slow, 'float', floats(SLOW, 4_000), 1),
    read('the same, 11 bits of weights kept', slowFew, 'all bits', slow, null),
    time,
  ];
};
