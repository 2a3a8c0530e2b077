/** Arrays of a sample file as the samples of a model: which axis counts samples, and whether everything fits. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import type { Sample } from '../real/evaluate.ts';
import type { Numeric, RealGraph } from '../real/graph.ts';
import { elements, type Shape } from '../tensor.ts';
import type { NumericArray } from './npy.ts';

export type Arrays = ReadonlyMap<string, NumericArray>;

type Port = { readonly name: string; readonly shape: Shape; readonly numeric: Numeric };

const badSamples = (field: string, message: string, next: string, value: unknown, limit?: string): Problem => ({
  code: 'input.malformed',
  message,
  next,
  field,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

/**
 * How many samples an array holds: those of an axis before the input's own, or of its first axis where the input has one.
 * `null` where the shape fits neither way.
 */
export const samplesIn = (array: Shape, input: Shape): number | null => {
  const same = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, i) => size === b[i]);
  if (array.length === input.length + 1 && same(array.slice(1), input)) return array[0]!;
  if (array.length !== input.length || !same(array.slice(1), input.slice(1))) return null;
  if (input.length === 0) return 1;
  return array[0]! % input[0]! === 0 ? array[0]! / input[0]! : null;
};

/** Numbers that an input cannot take. */
const oddNumber = (port: Port, { values }: NumericArray, field: string): Problem | null => {
  const real = port.numeric === 'real';
  const at = values.findIndex((value) => (real ? !Number.isFinite(value) : !Number.isInteger(value)));
  if (at < 0) return null;
  const next = real ? 'Use finite numbers.' : 'Use whole numbers.';
  return badSamples(`${field}[${at}]`, `${field} holds ${values[at]} at ${at}.`, next, values[at]);
};

const inputsOf = (graph: RealGraph): Port[] =>
  graph.values.flatMap((value) =>
    value.kind === 'input' ? [{ name: value.name, shape: value.shape, numeric: value.numeric }] : [],
  );

/** Arrays cut into one record a sample, for the named inputs. */
const cut = (ports: readonly Port[], arrays: Arrays, lead: Shape, field: string): Result<readonly Sample[]> => {
  let count: number | null = null;
  for (const port of ports) {
    const where = `${field}.${port.name}`;
    const array = arrays.get(port.name);
    if (array === undefined) {
      const next = `Save an array named ${port.name} of shape [samples, ${[...lead.slice(1), ...port.shape].join(', ')}].`;
      return refuse(badSamples(where, `${field} has no array ${port.name}.`, next, [...arrays.keys()]));
    }
    // Of sequences, both leading axes count.
    const flat =
      lead.length === 2 ? [array.shape.slice(0, 2).reduce((a, b) => a * b, 1), ...array.shape.slice(2)] : array.shape;
    const own = samplesIn(flat, port.shape);
    if (own === null || own === 0) {
      const wanted = `[${[...lead.map((n) => (n < 0 ? 'samples' : n)), ...port.shape].join(', ')}]`;
      const next = `Save ${port.name} as ${wanted}.`;
      return refuse(
        badSamples(where, `${where} has the shape [${array.shape.join(', ')}].`, next, array.shape, wanted),
      );
    }
    if (count !== null && own !== count) {
      const message = `${where} holds ${own} samples, others ${count}.`;
      return refuse(badSamples(where, message, 'Save as many samples of each input.', own, `${count}`));
    }
    count = own;
    const odd = oddNumber(port, array, where);
    if (odd !== null) return refuse(odd);
  }
  const sample = (i: number): Sample =>
    Object.fromEntries(
      ports.map(({ name, shape }) => {
        const size = elements(shape);
        return [name, arrays.get(name)!.values.subarray(i * size, (i + 1) * size)] as const;
      }),
    );
  return ok(Array.from({ length: count ?? 0 }, (_, i) => sample(i)));
};

export type GraphSamples =
  | { readonly kind: 'single'; readonly samples: readonly Sample[] }
  /** Steps in order, without states: the model itself gives these. */
  | { readonly kind: 'sequences'; readonly sequences: readonly (readonly Sample[])[] };

/**
 * Samples of a graph's inputs, `[samples, …shape]` each; of a graph with states whose arrays leave these out,
 * `[sequences, steps, …shape]`.
 * @param field name used in problems
 */
export const samplesOf = (graph: RealGraph, arrays: Arrays, field = 'samples'): Result<GraphSamples> => {
  const ports = inputsOf(graph);
  const states = new Set(graph.states.map(({ input }) => input));
  const free = ports.filter(({ name }) => !states.has(name));
  if (states.size === 0 || free.length === 0 || [...states].some((name) => arrays.has(name))) {
    const single = cut(ports, arrays, [-1], field);
    return single.ok ? ok({ kind: 'single', samples: single.value }) : single;
  }
  const steps = arrays.get(free[0]!.name)?.shape[1] ?? 1;
  const all = cut(free, arrays, [-1, steps], field);
  if (!all.ok) return all;
  if (all.value.length % steps !== 0) {
    const next = 'Save arrays as [sequences, steps, …], or give the states too.';
    return refuse(badSamples(field, `${field} do not fall into sequences of ${steps} steps.`, next, all.value.length));
  }
  const count = all.value.length / steps;
  const sequences = Array.from({ length: count }, (_, i) => all.value.slice(i * steps, (i + 1) * steps));
  return ok({ kind: 'sequences', sequences });
};

/** One label for each row of the first output, or why they are no labels of these samples; −1 stands for none. */
export const labelsOf = (
  graph: RealGraph,
  array: NumericArray,
  samples: number,
  field: string,
): Result<ArrayLike<number>> => {
  const shape = graph.values[graph.outputs[0]!.value]!.shape;
  const width = shape.at(-1) ?? 1;
  const wanted = (samples * elements(shape)) / width;
  if (array.values.length !== wanted) {
    const next = `Save one label for each row of ${graph.outputs[0]!.name}.`;
    const message = `${field} holds ${array.values.length} labels.`;
    return refuse(badSamples(field, message, next, array.values.length, `${wanted} labels`));
  }
  const at = array.values.findIndex((label) => !Number.isInteger(label) || label >= width);
  if (at < 0) return ok(array.values);
  const limit = `0 .. ${width - 1}, or -1 for none`;
  const next = 'Labels are places in the last axis of the first output.';
  return refuse(badSamples(`${field}[${at}]`, `${field} holds ${array.values[at]}.`, next, array.values[at], limit));
};
