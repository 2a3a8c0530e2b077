/** A program run step by step, states fed back: the loop that tests need, without the commitments of spec 15.1. */
import { unwrap } from '@surety/core';
import { allocate, type CheckedProgram, createEngine, elements, type Tensor } from '../src/index.ts';

/** Step t's slice of a stream `[steps, …shape]`. */
export const sliceOf = ({ dtype, shape, values }: Tensor, step: number): Tensor => {
  const size = elements(shape.slice(1));
  return { dtype, shape: shape.slice(1), values: values.slice(step * size, (step + 1) * size) };
};

/** Last values of states and all values of other outputs `[steps, …shape]`, by name. */
export const runSteps = async (
  program: CheckedProgram,
  steps: number,
  inputs: readonly Tensor[],
): Promise<ReadonlyMap<string, Tensor>> => {
  const engine = unwrap(await createEngine(program));
  const fed = new Map(program.states.map(({ input, output }) => [input, output]));
  const kept = new Set(fed.values());
  const given: Tensor[][] = program.outputs.map(() => []);
  for (let t = 0; t < steps; t++) {
    const now = inputs.map((tensor, i) => {
      const output = fed.get(i);
      if (output === undefined) return sliceOf(tensor, t);
      return t === 0 ? tensor : given[output]!.at(-1)!;
    });
    const { outputs } = unwrap(await engine.run(now));
    for (const [i, value] of outputs.entries()) {
      if (kept.has(i)) given[i] = [value];
      else given[i]!.push(value);
    }
  }
  const stacked = (list: readonly Tensor[]): Tensor => {
    const { dtype, shape } = list[0]!;
    const values = allocate(dtype, steps * elements(shape));
    for (const [t, value] of list.entries()) values.set(value.values, t * elements(shape));
    return { dtype, shape: [steps, ...shape], values };
  };
  return new Map(program.outputs.map(({ name }, i) => [name, kept.has(i) ? given[i]![0]! : stacked(given[i]!)]));
};
