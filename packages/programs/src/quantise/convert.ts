/** A graph of real numbers and samples of its inputs, made a program, with an account of what that cost. */
import { ok, type Problem, type Result, SuretyError, show } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { type Cost, costOf } from '../cost.ts';
import { toIntegers, toReals } from '../encoding.ts';
import { Engine } from '../engine/engine.ts';
import { Machine, type MachineOptions } from '../engine/machine.ts';
import type { RealTensor } from '../real/evaluate/form.ts';
import { evaluateGraph, type Sample } from '../real/evaluate.ts';
import type { RealGraph } from '../real/graph.ts';
import { type Interval, type Tensor, tensor } from '../tensor.ts';
import { calibrate } from './calibrate.ts';
import type { Policy } from './policy.ts';
import { quantise, type Refused } from './quantise.ts';

export type OutputReport = {
  readonly name: string;
  /** Largest and mean absolute difference from the real-valued model, and the largest output, over all samples. */
  readonly largestError: number;
  readonly meanError: number;
  readonly amplitude: number;
  /** Whether the numbers are exact integers or truth values, not approximations of reals. */
  readonly exact: boolean;
};

/** Share of labels that the largest element of the first output names, per million. */
export type Accuracy = { readonly samples: number; readonly realPpm: number; readonly integerPpm: number };

export type ConversionReport = {
  readonly policy: string;
  readonly cost: Cost;
  readonly samples: number;
  readonly outputs: readonly OutputReport[];
  /** Given where the samples came with labels. */
  readonly accuracy: Accuracy | null;
  /** Input elements that had to be clamped to what calibration allows. */
  readonly clampedInputs: number;
};

export type ConversionOptions = {
  readonly policy: Policy;
  readonly ranges?: Readonly<Record<string, Interval>>;
  /** The right index for each row of the first output, samples one after the other. */
  readonly labels?: ArrayLike<number>;
  /** What runs the finished program on the samples; one thread of its own unless stated. */
  readonly machine?: Machine | MachineOptions;
  /** Accepts a program whatever its errors; its report still says them. */
  readonly acceptErrors?: boolean;
  readonly progress?: (stage: 'calibrating' | 'quantising' | 'measuring', done: number, of: number) => void;
};

/** Inputs of a sample as the program's integers. */
export const encodeSample = (
  program: CheckedProgram,
  sample: Sample,
): { readonly inputs: readonly Tensor[]; readonly clamped: number } => {
  let clamped = 0;
  const inputs = program.inputs.map((spec) => {
    const made = toIntegers(sample[spec.name]!, spec.encoding, spec);
    clamped += made.clamped;
    return tensor(spec.dtype, spec.shape, made.integers);
  });
  return { inputs, clamped };
};

/** Where each row of `width` numbers is largest. */
const picks = (values: ArrayLike<number>, width: number): number[] => {
  const found: number[] = [];
  for (let at = 0; at + width <= values.length; at += width) {
    let best = 0;
    for (let i = 1; i < width; i++) if (values[at + i]! > values[at + best]!) best = i;
    found.push(best);
  }
  return found;
};

const NO_SAMPLES: Problem = {
  code: 'input.empty',
  message: 'There are no samples to calibrate with.',
  next: 'Give at least one sample of each input.',
  field: 'samples',
};

/** The first output that is further from the real-valued model than the policy accepts. */
const inaccuracy = (outputs: readonly OutputReport[], policy: Policy): Problem | null => {
  for (const { name, exact, largestError, amplitude } of outputs) {
    const bound = exact ? policy.exactErrorBound : policy.errorBound * amplitude;
    if (largestError <= bound) continue;
    const kind = exact ? 'integers' : 'real numbers';
    return {
      code: 'model.inaccurate',
      message: `The ${kind} of ${name} are off by up to ${largestError.toPrecision(3)} in ${policy.name}.`,
      next: 'Use the policy int16, calibrate with other samples, or accept the error by name.',
      field: name,
      value: show(largestError),
      limit: show(bound),
    };
  }
  return null;
};

/** Counts what both models get right. */
class Tally {
  private readonly labels: ArrayLike<number>;
  private at = 0;
  private real = 0;
  private integer = 0;
  private counted = 0;

  constructor(labels: ArrayLike<number>) {
    this.labels = labels;
  }

  add(real: ArrayLike<number>, integer: ArrayLike<number>, width: number): void {
    const [a, b] = [picks(real, width), picks(integer, width)];
    a.forEach((pick, row) => {
      const label = this.labels[this.at++];
      if (label === undefined || label < 0) return;
      this.counted++;
      if (pick === label) this.real++;
      if (b[row] === label) this.integer++;
    });
  }

  result(): Accuracy {
    const share = (right: number): number => (this.counted === 0 ? 0 : Math.floor((right * 1_000_000) / this.counted));
    return { samples: this.counted, realPpm: share(this.real), integerPpm: share(this.integer) };
  }
}

/** How far a program is from its graph, over samples. */
const measure = async (
  graph: RealGraph,
  program: CheckedProgram,
  samples: readonly Sample[],
  expected: readonly Readonly<Record<string, RealTensor>>[],
  { policy, labels, machine = {}, progress = () => {} }: ConversionOptions,
): Promise<Result<ConversionReport>> => {
  const engine = await Engine.create(program, { machine });
  if (!engine.ok) return engine;
  const tally = labels === undefined ? null : new Tally(labels);
  const exact = graph.outputs.map(({ value }) => graph.values[value]!.numeric !== 'real');
  const errors = program.outputs.map(({ name }, i) => ({
    name,
    exact: exact[i]!,
    largestError: 0,
    meanError: 0,
    amplitude: 0,
    count: 0,
  }));
  let clampedInputs = 0;
  try {
    for (const [i, sample] of samples.entries()) {
      const { inputs, clamped } = encodeSample(program, sample);
      clampedInputs += clamped;
      const run = await engine.value.run(inputs);
      if (!run.ok) return run;
      for (const [port, output] of run.value.outputs.entries()) {
        const { name, encoding } = program.outputs[port]!;
        const real = expected[i]![name]!.values;
        const integer = toReals(output.values, encoding);
        const sum = errors[port]!;
        integer.forEach((y, at) => {
          const off = Math.abs(y - real[at]!);
          sum.largestError = Math.max(sum.largestError, off);
          sum.meanError += off;
          sum.amplitude = Math.max(sum.amplitude, Math.abs(real[at]!));
          sum.count++;
        });
        if (port === 0) tally?.add(real, integer, output.shape.at(-1) ?? 1);
      }
      progress('measuring', i + 1, samples.length);
    }
  } finally {
    if (!(machine instanceof Machine)) await engine.value.close();
  }
  return ok({
    policy: policy.name,
    cost: costOf(program),
    samples: samples.length,
    outputs: errors.map(({ count, meanError, ...rest }) => ({
      ...rest,
      meanError: count === 0 ? 0 : meanError / count,
    })),
    accuracy: tally?.result() ?? null,
    clampedInputs,
  });
};

/** A program with its report, or everything that stands in its way. */
export type Conversion =
  | { readonly ok: true; readonly value: { readonly program: CheckedProgram; readonly report: ConversionReport } }
  | Refused;

/** A refusal that is the only one. */
const alone = (problem: Problem): Refused => ({ ok: false, problem, problems: [problem] });

/**
 * The program of a graph, and how far it is from it on held-out or calibration samples.
 * @param calibration what the ranges are taken from
 * @param held what is measured on; the calibration samples where none are given
 */
export const convert = async (
  graph: RealGraph,
  calibration: readonly Sample[],
  options: ConversionOptions,
  held: readonly Sample[] = calibration,
): Promise<Conversion> => {
  const { policy, ranges, progress = () => {} } = options;
  if (calibration.length === 0 && graph.values.some(({ kind }) => kind === 'input')) return alone(NO_SAMPLES);
  const samples = calibration.length === 0 ? [{}] : calibration;
  const measured = held === calibration ? samples : held;
  try {
    const { observed, outputs } = calibrate(graph, samples, (done, of) => progress('calibrating', done, of));
    progress('quantising', 0, 1);
    const made = quantise(graph, observed, { policy, ...(ranges === undefined ? {} : { ranges }) });
    if (!made.ok) return made;
    const expected = held === calibration ? outputs : evaluateGraph(graph, measured);
    const report = await measure(graph, made.value, measured, expected, options);
    if (!report.ok) return alone(report.problem);
    const refused = options.acceptErrors === true ? null : inaccuracy(report.value.outputs, policy);
    if (refused !== null) return alone(refused);
    return { ok: true, value: { program: made.value, report: report.value } };
  } catch (error) {
    if (error instanceof SuretyError) return alone(error.problem);
    throw error;
  }
};
