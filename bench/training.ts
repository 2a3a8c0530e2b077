/**
 * `training`: what training in integers reads of digits it never saw, beside the same run in floating point (same first weights,
 * batches, rate and momentum); and what keeping fewer bits of the weights costs. Means over seeds.
 */
import { unwrap } from '../packages/core/src/index.ts';
import {
  commitProgram,
  createEngine,
  runIterated,
  type TrainingShape,
  trainingStep,
} from '../packages/programs/src/index.ts';
import { runNamed } from '../packages/programs/test/run-named.ts';
import {
  accuracyPpm,
  digitRunInputs,
  floatAccuracyPpm,
  floatRun,
  heldOutDigits,
} from '../packages/programs/training/digit-run.ts';
import type { Figure } from './figure.ts';
import { TRAINING, trainingRun } from './long-disputes/programs.ts';

const SEEDS = [1, 2, 3];
const COUNT = 4_000;
const UNSEEN = 2_000;

/** Without momentum and at a small rate, what an update loses is not made up for by the next. */
const SLOW: TrainingShape = { ...TRAINING, rateBits: 6, momentum32nds: 0 };

const mean = (list: readonly number[]): number => list.reduce((sum, n) => sum + n, 0) / list.length;

const integers = async (shape: TrainingShape, steps: number): Promise<number> => {
  const program = unwrap(trainingStep(shape));
  const measured: number[] = [];
  for (const seed of SEEDS) {
    const inputs = digitRunInputs(program, shape, { count: COUNT, steps, seed });
    const outputs = await runNamed(program, steps, inputs);
    measured.push((await accuracyPpm(shape, outputs, heldOutDigits(UNSEEN, seed))) / 10_000);
  }
  return mean(measured);
};

const floats = (shape: TrainingShape, steps: number): { readonly percent: number; readonly ms: number } => {
  const program = unwrap(trainingStep(shape));
  const times: number[] = [];
  const measured = SEEDS.map((seed) => {
    const inputs = digitRunInputs(program, shape, { count: COUNT, steps, seed });
    const started = performance.now();
    const layers = floatRun(program, shape, inputs, steps);
    times.push(performance.now() - started);
    return floatAccuracyPpm(layers, heldOutDigits(UNSEEN, seed)) / 10_000;
  });
  return { percent: mean(measured), ms: Math.min(...times) };
};

const read = (name: string, percent: number, other: string, peer: number, within: number | null): Figure => ({
  name: `${name}, unseen digits read`,
  value: percent,
  unit: '%',
  goal: within === null ? '' : `>= ${other} - ${within}`,
  holds: within === null ? null : percent >= peer - within,
  peer: `${other}: ${peer.toFixed(2)} %`,
});

/** Milliseconds of the training run of long disputes with and without the trace of every step: the least of some turns. */
const traced = async (): Promise<{ readonly plain: number; readonly traced: number }> => {
  const { program, steps, inputs } = trainingRun();
  const engine = unwrap(await createEngine(program));
  const trace = commitProgram(program);
  const least = { plain: Number.POSITIVE_INFINITY, traced: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < 3; turn++) {
    for (const [name, options] of [['plain', {}] as const, ['traced', { trace }] as const]) {
      const started = performance.now();
      unwrap(await runIterated(engine, steps, inputs, options));
      least[name] = Math.min(least[name], performance.now() - started);
    }
  }
  return least;
};

export const run = async (): Promise<Figure[]> => {
  const regression = { ...TRAINING, widths: [256, 10] };
  const [perceptron, real] = [await integers(TRAINING, 1_000), floats(TRAINING, 1_000)];
  const [line, realLine] = [await integers(regression, 1_000), floats(regression, 1_000)];
  const few = await integers({ ...TRAINING, weightBits: 11 }, 1_000);
  const provable = await integers({ ...TRAINING, provable: true }, 1_000);
  const provableLine = await integers({ ...regression, provable: true }, 1_000);
  const slow = await integers(SLOW, 4_000);
  const slowFew = await integers({ ...SLOW, weightBits: 11 }, 4_000);
  const ms = await traced();
  const time = (name: string, value: number, peer: string): Figure => {
    return { name, value, unit: 'ms', goal: '', holds: null, peer };
  };
  return [
    read('perceptron', perceptron, 'float', real.percent, 1),
    read('softmax regression', line, 'float', realLine.percent, 1),
    read('perceptron, 11 bits of weights kept', few, 'all bits', perceptron, null),
    read('perceptron, provable', provable, 'all bits', perceptron, null),
    read('softmax regression, provable', provableLine, 'all bits', line, null),
    read('perceptron, rate 1/64 without momentum, 4,000 steps', slow, 'float', floats(SLOW, 4_000).percent, 1),
    read('the same, 11 bits of weights kept', slowFew, 'all bits', slow, null),
    time('perceptron, 1,000 steps, one thread', ms.plain, `float in TypeScript: ${real.ms.toFixed(0)} ms`),
    time('with the trace of every step', ms.traced, `without: ${ms.plain.toFixed(0)} ms`),
  ];
};
