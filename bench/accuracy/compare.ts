/** What a model and its int8 program get right on samples that neither training nor calibration saw. */
import { unwrap } from '../../packages/core/src/index.ts';
import {
  bytesSource,
  type CheckedProgram,
  convert,
  createEngine,
  encodeSample,
  evaluateGraph,
  INT8,
  type Interval,
  importOnnx,
  type Machine,
  type RealGraph,
  type Sample,
  toReals,
} from '../../packages/programs/src/index.ts';
import { type OnnxGraph, writeOnnx } from '../../packages/programs/training/onnx-writer.ts';

/** Two-sided 95 % of a normal distribution. */
const Z95 = 1.96;

/** The graph of a model that was written here. */
export const graphOf = (model: OnnxGraph): RealGraph => {
  const imported = importOnnx(bytesSource(writeOnnx(model)));
  if (!imported.ok) throw new Error(imported.problem.message);
  return imported.graph;
};

/** The int8 program of a graph. */
export const programOf = async (
  graph: RealGraph,
  calibration: readonly Sample[],
  machine: Machine,
  ranges: Readonly<Record<string, Interval>> = {},
): Promise<CheckedProgram> =>
  unwrap(await convert(graph, calibration, { policy: INT8, machine, ranges, acceptErrors: true })).program;

/** First outputs of both, for each sample. */
export const outputsOf = async (
  graph: RealGraph,
  program: CheckedProgram,
  samples: readonly Sample[],
  machine: Machine,
): Promise<{ readonly real: readonly ArrayLike<number>[]; readonly integer: readonly ArrayLike<number>[] }> => {
  const { name, encoding } = program.outputs[0]!;
  const engine = unwrap(await createEngine(program, { machine }));
  const runs = unwrap(await engine.runMany(samples.map((sample) => encodeSample(program, sample).inputs)));
  return {
    real: evaluateGraph(graph, samples).map((outputs) => outputs[name]!.values),
    integer: runs.map(({ outputs }) => toReals(outputs[0]!.values, encoding)),
  };
};

export type Paired = {
  readonly count: number;
  readonly realPercent: number;
  readonly integerPercent: number;
  /** Model minus program, in percentage points, and half of its 95 % interval. */
  readonly lostPoints: number;
  readonly marginPoints: number;
};

const pick = (values: ArrayLike<number>, from: number, width: number): number => {
  let best = 0;
  for (let i = 1; i < width; i++) if (values[from + i]! > values[from + best]!) best = i;
  return best;
};

/** Both on the same answers, so that the interval is that of their difference; labels below 0 are not asked. */
export const paired = (
  { real, integer }: { readonly real: readonly ArrayLike<number>[]; readonly integer: readonly ArrayLike<number>[] },
  labels: readonly ArrayLike<number>[],
  width: number,
): Paired => {
  let [count, both, realOnly, integerOnly] = [0, 0, 0, 0];
  labels.forEach((rows, i) => {
    for (let row = 0; row < rows.length; row++) {
      const label = rows[row]!;
      if (label < 0) continue;
      const [a, b] = [pick(real[i]!, row * width, width), pick(integer[i]!, row * width, width)];
      count++;
      if (a === label && b === label) both++;
      else if (a === label) realOnly++;
      else if (b === label) integerOnly++;
    }
  });
  const difference = (realOnly - integerOnly) / count;
  const variance = (realOnly + integerOnly) / count - difference ** 2;
  return {
    count,
    realPercent: (100 * (both + realOnly)) / count,
    integerPercent: (100 * (both + integerOnly)) / count,
    lostPoints: 100 * difference,
    marginPoints: 100 * Z95 * Math.sqrt(variance / count),
  };
};
