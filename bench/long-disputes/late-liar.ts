/**
 * A provider that lies about one element of one step of a long run, and goes on from there as if it were so. Nothing is kept
 * whole: the steps before the lie are those of a true run, the steps after it a run of their own.
 */
import { leafHash } from '@surety/core';
import {
  allocate,
  bigEndian,
  elements,
  type Iteration,
  iterate,
  type Machine,
  nextStates,
  sliceOf,
  type Tensor,
  type TensorType,
  tagged,
} from '@surety/programs';
import { openRun, type RunBook } from '@surety/proofs';
import { listOfTensors } from '../../packages/proofs/src/optimistic/run-book.ts';
import { HashTree } from '../../packages/proofs/src/optimistic/tree.ts';
import { elementsOf, type StepView, type TensorView, type View } from '../../packages/proofs/src/optimistic/view.ts';
import { goOn, tell } from '../../packages/proofs/test/liar.ts';

export type LateLie = {
  readonly step: number;
  readonly node: number;
  readonly element: number;
  /** Bit of the element that is another. */
  readonly bit: number;
};

const tensorOf = (view: TensorView): Tensor => {
  const type = view.type!;
  const values = allocate(type.dtype, elements(type.shape));
  values.set(elementsOf(view, 0, values.length));
  return { ...type, values };
};

/** What is left of the inputs once so many steps are done, the states as they are then. */
const inputsAfter = (
  { program, feeds, steps }: Iteration,
  inputs: readonly Tensor[],
  done: number,
  states: readonly Tensor[],
): Tensor[] =>
  inputs.map((input, i) => {
    if (feeds[i] !== null) return states[program.states.findIndex((state) => state.input === i)]!;
    if (steps - done === 1) return sliceOf(input, done);
    const { dtype, shape, values } = input;
    const size = values.length / steps;
    return { dtype, shape: [steps - done, ...shape.slice(1)], values: values.subarray(done * size) };
  });

/** Outputs of the whole: of states the last values, of all others the true ones, the lie's, and what came of it. */
const outputsOf = (
  { kept, outputs }: Iteration,
  own: RunBook,
  step: number,
  lie: readonly Tensor[],
  rest: readonly Tensor[],
): Tensor[] =>
  outputs.map(({ dtype, shape }: TensorType, o) => {
    const after = rest[o];
    if (kept[o]) return after ?? lie[o]!;
    const values = allocate(dtype, elements(shape));
    const size = values.length / shape[0]!;
    values.set(own.outputTensors[o]!.values.subarray(0, step * size));
    values.set(lie[o]!.values, step * size);
    if (after !== undefined) values.set(after.values, (step + 1) * size);
    return { dtype, shape, values };
  });

/**
 * The claim of such a provider, and all that can be opened of it.
 * @param own a true run of it
 * @returns null where what follows from the lie is out of the range that the program takes: nobody could run on from there
 */
export const lieLate = async (
  own: RunBook,
  { step, node, element, bit }: LateLie,
  machine: Machine,
): Promise<View | null> => {
  const { program, steps } = own;
  const { checked } = program;
  const made = iterate(checked, steps);
  if (!made.ok) throw new RangeError(made.problem.message);
  const iteration = made.value;
  const right = (await own.step(step))!;
  const inputs = checked.inputs.map((_, i) => tensorOf(right.list!.tensor(i)!));
  const nodes = checked.nodes.map((_, i) => tensorOf(right.node(i)!));
  nodes[node]!.values[element]! ^= 1 << bit;
  const story = goOn({ program, inputs, outputs: [], steps: [{ inputs, nodes }] }, 0, node + 1);
  const told = tell(story);
  const outputs = story.outputs as readonly Tensor[];
  const states = nextStates(iteration, outputs);
  const done = step + 1;
  const left = steps - done;
  const rest =
    left === 0
      ? null
      : await openRun(program, inputsAfter(iteration, own.inputTensors, done, states), { steps: left, machine });
  if (rest !== null && !rest.ok) return null;
  const after = rest?.value ?? null;
  const lied = (await told.step(0))!;
  const leaves = Array.from({ length: steps }, (_, t) => {
    if (t < step) return own.stepTree!.hash(0, t)!;
    if (t === step) return leafHash(told.run.trace);
    return after!.stepTree === null ? leafHash(after!.run.trace) : after!.stepTree.hash(0, t - done)!;
  });
  const stepTree = new HashTree(leaves);
  const list = listOfTensors(outputsOf(iteration, own, step, outputs, after?.outputTensors ?? []));
  const id = own.run.program;
  const trace = tagged('surety:iteration:v1', id, own.inputs.id, bigEndian([steps]), stepTree.root);
  return {
    run: { program: id, input: own.inputs.id, output: list.id, trace },
    program,
    steps,
    stepTree,
    inputs: own.inputs,
    outputs: list,
    step: async (t): Promise<StepView | null> => {
      if (t < step) return own.step(t);
      if (t === step) return { ...lied, step };
      const view = (await after?.step(t - done)) ?? null;
      return view && { ...view, step: t };
    },
  };
};
