/** Programs with a memory: which outputs of a step become which inputs of the next (spec 12.2). */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import { elements } from '../tensor.ts';
import type { RealTensor } from './evaluate/form.ts';
import { evaluateGraph, type Sample } from './evaluate.ts';
import type { RealGraph } from './graph.ts';

export type StatePair = { readonly input: string; readonly output: string };

const stateProblem = ({ input, output }: StatePair, message: string, next: string): Problem => ({
  code: 'model.unsupported',
  message,
  next,
  field: `state ${input}=${output}`,
  value: `${input}=${output}`,
});

/** The graph with states, or why a pair cannot be one: both must exist, once, with equal shapes and kinds of numbers. */
export const withStates = (graph: RealGraph, states: readonly StatePair[]): Result<RealGraph> => {
  for (const [i, pair] of states.entries()) {
    const input = graph.values.find((value) => value.kind === 'input' && value.name === pair.input);
    const output = graph.outputs.find(({ name }) => name === pair.output);
    const names = (list: readonly string[]): string => `Name one of: ${list.join(', ')}.`;
    if (input === undefined) {
      const known = graph.values.flatMap((value) => (value.kind === 'input' ? [value.name] : []));
      return refuse(stateProblem(pair, `The model has no input ${pair.input}.`, names(known)));
    }
    if (output === undefined) {
      const known = graph.outputs.map(({ name }) => name);
      return refuse(stateProblem(pair, `The model has no output ${pair.output}.`, names(known)));
    }
    if (states.slice(0, i).some((other) => other.input === pair.input || other.output === pair.output)) {
      return refuse(stateProblem(pair, `${pair.input}=${pair.output} repeats a name.`, 'Pair each of them once.'));
    }
    const from = graph.values[output.value]!;
    if (String(from.shape) !== String(input.shape) || from.numeric !== input.numeric) {
      const message = `${pair.output} is ${from.numeric} [${from.shape}], ${pair.input} is ${input.numeric} [${input.shape}].`;
      return refuse(stateProblem(pair, message, 'A state comes out as it goes in.'));
    }
  }
  return ok({ ...graph, states });
};

/**
 * Each step of some sequences with its states filled in: zeros at first, then what the real-valued model gave out.
 * @param sequences steps in order, without the inputs that are states
 */
export const unroll = (graph: RealGraph, sequences: readonly (readonly Sample[])[]): Sample[] => {
  const zeros = Object.fromEntries(
    graph.values.flatMap((value) =>
      value.kind === 'input' && graph.states.some(({ input }) => input === value.name)
        ? [[value.name, new Float64Array(elements(value.shape))] as const]
        : [],
    ),
  );
  const filled: Sample[][] = sequences.map(() => []);
  const kept: Sample[] = sequences.map(() => zeros);
  const longest = Math.max(0, ...sequences.map(({ length }) => length));
  for (let step = 0; step < longest; step++) {
    // All sequences take a step together, so that weights are read once for all.
    const going = sequences.flatMap((sequence, i) => (step < sequence.length ? [i] : []));
    const samples = going.map((i) => ({ ...sequences[i]![step]!, ...kept[i]! }));
    const outputs: Record<string, RealTensor>[] = evaluateGraph(graph, samples);
    going.forEach((i, at) => {
      filled[i]!.push(samples[at]!);
      kept[i] = Object.fromEntries(
        graph.states.map(({ input, output }) => [input, outputs[at]![output]!.values] as const),
      );
    });
  }
  return filled.flat();
};
