/**
 * The run that is proved: every value, and of each node with a stage the exact sum before it. The sums come from the same
 * kernels, as nodes of their own whose stage does nothing: running twice costs less than splitting what was rounded.
 */
import { ok, type Result } from '@surety/core';
import { type CheckedProgram, createEngine, DTYPE_RANGE, type Node, type Tensor, type ValueId } from '@surety/programs';
import { isConstant, isInput, nodeOf, type ProofGraph } from '../graph/graph.ts';

export type Run = {
  readonly outputs: readonly Tensor[];
  /** A value by number. */
  readonly value: (id: ValueId) => Tensor;
  /** The exact sums of an arithmetic node. */
  readonly sums: (id: ValueId) => Tensor;
};

/** The graph with the sums of these nodes as more nodes behind its own. Nothing can overflow that could not before. */
const withSums = (graph: ProofGraph, staged: readonly ValueId[]): CheckedProgram => {
  const sums = staged.map((id): Node => {
    const { form } = nodeOf(graph, id)!;
    return { form, dtype: 'i32', stage: { shift: 0, ...DTYPE_RANGE.i32 } };
  });
  const { inputs, constants, nodes, outputs, types, ranges } = graph;
  return {
    inputs,
    constants,
    nodes: [...nodes, ...sums],
    outputs,
    states: [],
    types: [...types, ...staged.map((id) => ({ dtype: 'i32' as const, shape: types[id]!.shape }))],
    ranges: [...ranges, ...staged.map(() => DTYPE_RANGE.i32)],
    unclamped: [...ranges, ...staged.map(() => DTYPE_RANGE.i32)],
  } as unknown as CheckedProgram;
};

/**
 * Runs a graph whose constants are at hand.
 * Problems: `program.input`, `program.too-large`.
 * @param staged the nodes whose exact sums are needed
 * @throws the reason of `signal` when that is aborted
 */
export const runWitness = async (
  graph: ProofGraph,
  staged: readonly ValueId[],
  inputs: readonly Tensor[],
  signal?: AbortSignal,
): Promise<Result<Run>> => {
  const engine = await createEngine(withSums(graph, staged), { keep: true });
  if (!engine.ok) return engine;
  const run = await engine.value.run(inputs, signal === undefined ? {} : { signal });
  await engine.value.close();
  if (!run.ok) return run;
  const values = run.value.values!;
  const position = new Map(staged.map((id, i) => [id, graph.types.length + i]));
  const value = (id: ValueId): Tensor => {
    if (isInput(graph, id)) return inputs[id]!;
    if (!isConstant(graph, id)) return values.get(id)!;
    const { dtype, shape, read } = graph.constants[id - graph.inputs.length]!;
    return { dtype, shape, values: read() };
  };
  return ok({ outputs: run.value.outputs, value, sums: (id) => values.get(position.get(id)!)! });
};
