/** What calibration data show of every value of a graph, read node by node so that little is held at a time. */

import type { RealTensor } from '../real/evaluate/form.ts';
import { evaluateGraph, type Sample } from '../real/evaluate.ts';
import type { RealGraph } from '../real/graph.ts';
import { type Observation, observe } from './observe.ts';

export type Calibration = {
  /** By number of the value; constants that nothing reads have none. */
  readonly observed: readonly Observation[];
  /** Outputs of the real-valued model for each sample, by name. */
  readonly outputs: readonly Readonly<Record<string, RealTensor>>[];
};

/**
 * Runs the real-valued model over the samples.
 * @param progress is told how many values are done, of how many
 */
export const calibrate = (
  graph: RealGraph,
  samples: readonly Sample[],
  progress: (done: number, of: number) => void = () => {},
): Calibration => {
  const nothing = observe([]);
  const observed: Observation[] = graph.values.map(() => nothing);
  const outputs = evaluateGraph(graph, samples, (id, tensors) => {
    observed[id] = graph.values[id]!.kind === 'constant' ? nothing : observe(tensors.map(({ values }) => values));
    progress(id + 1, graph.values.length);
  });
  return { observed, outputs };
};
