/**
 * A provider that lies: it commits to whatever story it likes, however well it fits together, and answers every question that
 * its story has an answer to.
 */
import { leafHash, type Result } from '@surety/core';
import {
  allocate,
  type CheckedProgram,
  executeNode,
  type Iteration,
  inputsOfStep,
  iterate,
  iteratedId,
  iterationRoot,
  nextStates,
  type Tensor,
  traceRoot,
} from '@surety/programs';
import { answer, operandsIn } from '../src/optimistic/answer.ts';
import { Reader, Writer } from '../src/optimistic/bytes.ts';
import { endOf, namedBy, viewOf } from '../src/optimistic/operator.ts';
import type { ProgramBook } from '../src/optimistic/program-book.ts';
import { decodeQuestion } from '../src/optimistic/question.ts';
import { listView, type RunBook } from '../src/optimistic/run-book.ts';
import { HashTree } from '../src/optimistic/tree.ts';
import { elementsOf, type StepView, type TensorView, type View, viewOfTensor } from '../src/optimistic/view.ts';

/** A tensor, or 32 bytes that are the root of none. */
export type Told = Tensor | Uint8Array;

/** Everything that a claim commits to. */
export type Story = {
  readonly program: ProgramBook;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Told[];
  readonly steps: readonly { readonly inputs: readonly Told[]; readonly nodes: readonly Told[] }[];
};

const tensorOf = (view: TensorView, like: { dtype: Tensor['dtype']; shape: Tensor['shape'] }): Tensor => {
  const size = like.shape.reduce((a, b) => a * b, 1);
  const values = allocate(like.dtype, size);
  values.set(elementsOf(view, 0, size));
  return { dtype: like.dtype, shape: like.shape, values };
};

/** The truth, as a story. */
export const truth = async (run: RunBook): Promise<Story> => {
  const { checked } = run.program;
  const first = checked.inputs.length + checked.constants.length;
  const steps = [];
  for (let step = 0; step < run.steps; step++) {
    const view = (await run.step(step))!;
    steps.push({
      inputs: checked.inputs.map((spec, i) => tensorOf(view.list!.tensor(i)!, spec)),
      nodes: checked.nodes.map((_, i) => tensorOf(view.node(i)!, checked.types[first + i]!)),
    });
  }
  return { program: run.program, inputs: run.inputTensors, outputs: run.outputTensors, steps };
};

const isTensor = (told: Told): told is Tensor => !(told instanceof Uint8Array);

const viewOfTold = (told: Told): TensorView =>
  isTensor(told)
    ? viewOfTensor(told, () => told.values)
    : {
        stated: { dtype: 0, shape: [] },
        type: null,
        chunksRoot: told,
        root: told,
        chunks: { size: 0, hash: () => null },
        chunk: () => null,
      };

const usable = (told: Told, like: Tensor): Tensor => (isTensor(told) ? told : like);

/** One step of a story, its values from node `from` on recomputed from what it says of those before. */
const recompute = (
  checked: CheckedProgram,
  inputs: readonly Told[],
  nodes: readonly Told[],
  from: number,
  zeros: (id: number) => Tensor,
): Tensor[] => {
  const first = checked.inputs.length + checked.constants.length;
  const done = nodes.slice(0, from).map((told, i) => usable(told, zeros(first + i)));
  for (let i = from; i < checked.nodes.length; i++) {
    const get = (id: number): Tensor => {
      if (id >= first) return done[id - first]!;
      if (id < checked.inputs.length) return usable(inputs[id]!, zeros(id));
      const { dtype, shape, read } = checked.constants[id - checked.inputs.length]!;
      return { dtype, shape, values: read() };
    };
    done.push(executeNode(checked.nodes[i]!, checked.types[first + i]!.shape, get));
  }
  return done;
};

/** The story goes on consistently from a place: everything after it is computed from what it says there. */
export const goOn = (story: Story, step: number, fromNode: number): Story => {
  const { program, inputs } = story;
  const { checked } = program;
  const first = checked.inputs.length + checked.constants.length;
  const count = story.steps.length;
  const iteration: Iteration | null = count > 1 ? mustBe(iterate(checked, count)) : null;
  const zeros = (id: number): Tensor => {
    const { dtype, shape } = checked.types[id]!;
    return {
      dtype,
      shape,
      values: allocate(
        dtype,
        shape.reduce((a, b) => a * b, 1),
      ),
    };
  };
  const steps: Story['steps'][number][] = [...story.steps.slice(0, step)];
  const valueIn = (at: Story['steps'][number], id: number): Tensor =>
    id >= first
      ? usable(at.nodes[id - first]!, zeros(id))
      : id < checked.inputs.length
        ? usable(at.inputs[id]!, zeros(id))
        : {
            ...checked.constants[id - checked.inputs.length]!,
            values: checked.constants[id - checked.inputs.length]!.read(),
          };
  const outputsOf = (at: Story['steps'][number]): Tensor[] =>
    checked.outputs.map(({ value }) => plain(valueIn(at, value)));
  for (let t = step; t < count; t++) {
    const given =
      t === step
        ? story.steps[t]!.inputs
        : inputsOfStep(iteration!, inputs, t, nextStates(iteration!, outputsOf(steps[t - 1]!)));
    const from = t === step ? fromNode : 0;
    const kept = t === step ? story.steps[t]!.nodes.slice(0, from) : [];
    const nodes = recompute(checked, given, story.steps[t]!.nodes, from, zeros);
    steps.push({ inputs: given, nodes: [...kept, ...nodes.slice(from)] });
  }
  const perStep = steps.map(outputsOf);
  const outputs = checked.outputs.map((_, o) => {
    if (iteration === null || iteration.kept[o]) return perStep.at(-1)![o]!;
    const { dtype, shape } = iteration.outputs[o]!;
    const values = allocate(
      dtype,
      shape.reduce((a, b) => a * b, 1),
    );
    for (const [t, list] of perStep.entries()) values.set(list[o]!.values, t * list[o]!.values.length);
    return { dtype, shape, values };
  });
  return { ...story, steps, outputs };
};

const plain = ({ dtype, shape, values }: Tensor): Tensor => ({ dtype, shape, values });

const mustBe = <T>(result: Result<T>): T => {
  if (!result.ok) throw new RangeError(result.problem.message);
  return result.value;
};

/** The claim that a story is, and all that can be opened of it. */
export const tell = ({ program, inputs, outputs, steps }: Story): View => {
  const stepViews = steps.map((told, step): StepView => {
    const list = listView(told.inputs.map(viewOfTold));
    const nodes = told.nodes.map(viewOfTold);
    const values = new HashTree(nodes.map(({ root }) => leafHash(root)));
    return {
      step,
      listId: list.id,
      list,
      valuesRoot: values.root,
      values,
      node: (index) => nodes[index] ?? null,
    };
  });
  const inputList = listView(inputs.map(viewOfTold));
  const outputList = listView(outputs.map(viewOfTold));
  const traces = stepViews.map(({ listId, node }, t) =>
    traceRoot(
      program.id,
      listId,
      steps[t]!.nodes.map((_, i) => node(i)!.root),
    ),
  );
  const count = steps.length;
  const id = count > 1 ? iteratedId(program.id, count) : program.id;
  const run = {
    program: id,
    input: inputList.id,
    output: outputList.id,
    trace: count > 1 ? iterationRoot(id, inputList.id, traces) : traces[0]!,
  };
  return {
    run,
    program,
    steps: count,
    stepTree: count > 1 ? new HashTree(traces.map(leafHash)) : null,
    step: async (step) => stepViews[step] ?? null,
    inputs: inputList,
    outputs: outputList,
  };
};

/**
 * Answers as well as a liar can. Of accumulators it tells the right ones up to part `from`, and from there on such as lead to
 * what it claims.
 * @returns null where its story has no answer
 */
export const lie = async (
  view: View,
  question: Uint8Array,
  record: Uint8Array,
  from: number,
): Promise<Uint8Array | null> => {
  const honest = await answer(view, question, record);
  if (!honest.ok) return null;
  const read = decodeQuestion(question);
  if (!read.ok || (read.value.kind !== 'partials' && read.value.kind !== 'refine')) return honest.value;
  const { value } = read;
  if (honest.value.length === 0) return honest.value;
  const numbers = new Reader(honest.value);
  const right = Array.from({ length: honest.value.length / 4 }, () => numbers.i32());
  const place = value.kind === 'partials' ? value : value.partials;
  const step = (await view.step(place.step))!;
  const shown = viewOf(view.program.encoding(place.node));
  const operands = operandsIn(view, step, namedBy(shown.node));
  // What the last one must be for the claim to follow, or by how much the part's own end is off.
  const wanted =
    value.kind === 'partials'
      ? elementsOf(step.node(place.node)!, place.element, 1)[0]!
      : value.partials.accumulators[value.part]!;
  const last = value.kind === 'partials' ? right.at(-1)! : 0;
  const offset =
    value.kind === 'partials' ? offsetTo(wanted, last, (a) => endOf(shown, place.element, a, operands)) : 1;
  const out = new Writer();
  for (const [i, n] of right.entries()) out.i32(i < from ? n : n + offset);
  return out.done();
};

/** How much must be added to the last accumulator for the element to be another; 0 where nothing does it. Ends never fall. */
const offsetTo = (wanted: number, last: number, end: (accumulator: bigint) => bigint): number => {
  let [low, high] = [-(2 ** 31), 2 ** 31 - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (end(BigInt(middle)) < BigInt(wanted)) low = middle + 1;
    else high = middle;
  }
  return end(BigInt(low)) === BigInt(wanted) ? low - last : 0;
};
