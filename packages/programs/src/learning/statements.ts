/**
 * What is said of the data of a training run and of the model that came out of it, as programs: so both can be proved of data
 * and weights that nobody is shown.
 */
import { type Result, refuse, SuretyError, show } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { LIMITS, type ValueId } from '../program.ts';
import { StepBuilder } from '../step-builder.ts';
import { encodingOfBits, formatsOf, type TrainingShape } from './formats.ts';
import { addForward, addSamples, weightNames } from './perceptron.ts';
import { trainingStep } from './training-step.ts';

const built = (make: (b: StepBuilder, step: CheckedProgram) => void, shape: TrainingShape): Result<CheckedProgram> => {
  const step = trainingStep(shape);
  if (!step.ok) return step;
  const b = new StepBuilder();
  try {
    make(b, step.value);
  } catch (error) {
    if (error instanceof SuretyError) return refuse(error.problem);
    throw error;
  }
  return b.finish();
};

/** One after the other, of more than a node reads. */
const joined = (b: StepBuilder, values: readonly ValueId[]): ValueId => {
  if (values.length === 1) return values[0]!;
  const groups = Array.from({ length: Math.ceil(values.length / LIMITS.operands) }, (_, i) =>
    values.slice(i * LIMITS.operands, (i + 1) * LIMITS.operands),
  );
  const parts = groups.map((x) => (x.length === 1 ? x[0]! : b.moved({ op: 'concat', x, axis: 0 }, b.dtype(x[0]!))));
  return joined(b, parts);
};

/**
 * How often each label occurs. Inputs `x.0`, `labels.0`, `x.1`, … as a step of `shape` takes them; output `counts` `[classes]`.
 * Problems: those of {@link trainingStep}.
 */
export const labelCounts = (shape: TrainingShape, batches: number): Result<CheckedProgram> =>
  built((b, step) => {
    const classes = shape.widths.at(-1)!;
    const streams = step.inputs.filter(({ name }) => name === 'x' || name === 'labels');
    const all: ValueId[] = [];
    for (let i = 0; i < batches; i++) {
      for (const spec of streams) {
        const id = b.input({ ...spec, name: `${spec.name}.${i}` });
        if (spec.name === 'labels') all.push(id);
      }
    }
    const labels = joined(b, all);
    const row = b.moved({ op: 'reshape', x: labels, shape: [1, batches * shape.batch] }, b.dtype(labels));
    const each = b.constant('i8', [classes, 1], () => Int8Array.from({ length: classes }, (_, c) => c));
    const off = b.staged({ op: 'affine', x: [row, each], c: [1, -1], d: 0 }, 'i16', 0, classes - 1);
    const one = b.tabled(off, 'i8', (d) => (d === 0 ? 1 : 0));
    const range = { low: 0, high: batches * shape.batch };
    b.output('counts', b.staged({ op: 'reduce_sum', x: one }, 'i32', 0, range), encodingOfBits(0));
  }, shape);

const misfit = (field: string, value: number, limit: string): SuretyError =>
  new SuretyError({
    code: 'program.invalid',
    message: `An audit cannot have ${field} ${value}.`,
    next: `Use ${limit}.`,
    field,
    value: show(value),
    limit,
  });

export type AuditShape = {
  /** Samples of the audit set, 1 .. 4096. */
  readonly samples: number;
  /** The class that counts as a positive decision. */
  readonly positive: number;
};

/**
 * Positive decisions of a model by group. Inputs: the states of a step of `shape` in
 * its order, `x` `[samples, width]`, and `group`
 * `[samples]` of 0 and 1. Outputs `positives` and `members` `[2]`: of group 0, and of group 1. A decision is positive where no
 * class has a larger logit than the positive one.
 * Problems: those of {@link trainingStep}, `program.invalid` for an audit that there cannot be.
 */
export const parityCounts = (shape: TrainingShape, { samples, positive }: AuditShape): Result<CheckedProgram> =>
  built((b, step) => {
    const classes = shape.widths.at(-1)!;
    if (!Number.isInteger(samples) || samples < 1 || samples > 4_096) throw misfit('samples', samples, '1 .. 4096');
    if (!Number.isInteger(positive) || positive < 0 || positive >= classes) {
      throw misfit('positive', positive, `0 .. ${classes - 1}`);
    }
    const kept = step.inputs.filter((_, i) => step.states.some(({ input }) => input === i));
    const states = new Map(kept.map((spec) => [spec.name, b.input(spec)]));
    const x = addSamples(b, samples, shape.widths[0]!);
    const port = { dtype: 'i8', shape: [samples], low: 0, high: 1, encoding: encodingOfBits(0) } as const;
    const group = b.input({ name: 'group', ...port });
    const layers = weightNames(shape).map(({ weights, bias }) => ({
      weights: states.get(weights)!,
      bias: states.get(bias)!,
    }));
    const { logits } = addForward(b, formatsOf(shape), x, layers);
    const dtype = b.dtype(logits);
    const own = b.moved({ op: 'slice', x: logits, starts: [0, positive], steps: [1, 1], shape: [samples, 1] }, dtype);
    const most = b.moved(
      { op: 'reshape', x: b.moved({ op: 'reduce_max', x: logits }, dtype), shape: [samples, 1] },
      dtype,
    );
    const { low, high } = b.range(logits);
    const behind = b.staged({ op: 'affine', x: [own, most], c: [1, -1], d: 0 }, 'i16', 0, { low: low - high, high: 0 });
    const decided = b.tabled(behind, 'i8', (d) => (d === 0 ? 1 : 0));
    const column = b.moved({ op: 'reshape', x: group, shape: [samples, 1] }, 'i8');
    const each = b.constant('i8', [2], () => Int8Array.of(0, 1));
    const off = b.staged({ op: 'affine', x: [column, each], c: [1, -1], d: 0 }, 'i16', 0, 1);
    const member = b.tabled(off, 'i8', (d) => (d === 0 ? 1 : 0));
    const chosen = b.staged({ op: 'mul', a: member, b: decided }, 'i8', 0, { low: 0, high: 1 });
    const count = (name: string, of: ValueId): void => {
      const sum = b.staged({ op: 'reduce_sum', x: b.transposed(of) }, 'i32', 0, { low: 0, high: samples });
      b.output(name, sum, encodingOfBits(0));
    };
    count('positives', chosen);
    count('members', member);
  }, shape);
