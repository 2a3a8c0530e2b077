/**
 * A program as it is proved: the core operators alone, each arithmetic node with the bits that its quotient is declared to
 * fit. Both sides derive the same graph: from the program where its constants are public, else from its architecture.
 */
import type { Constant, InputSpec, Interval, Node, OutputSpec, TensorType, ValueId } from '@surety/programs';

export type ProofGraph = {
  readonly inputs: readonly InputSpec[];
  /** Those that are hidden cannot be read where only the architecture is held. */
  readonly constants: readonly Constant[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly OutputSpec[];
  /** By value, as in a program: inputs, constants, nodes. */
  readonly types: readonly TensorType[];
  /** By value, from what both sides know. */
  readonly ranges: readonly Interval[];
  /**
   * By value: of arithmetic nodes what the exact results after their shifts are declared to lie in; of others null. No wrong
   * value follows from a wrong declaration: what does not fit cannot be proved.
   */
  readonly quotients: readonly (Interval | null)[];
  /** Constants whose values are hidden. */
  readonly hidden: ReadonlySet<ValueId>;
  /** By value: whether an output needs it. */
  readonly needed: readonly boolean[];
};

export const isInput = (graph: ProofGraph, id: ValueId): boolean => id < graph.inputs.length;

export const isConstant = (graph: ProofGraph, id: ValueId): boolean =>
  id >= graph.inputs.length && id < graph.inputs.length + graph.constants.length;

/** The node whose value it is; null of inputs and constants. */
export const nodeOf = (graph: ProofGraph, id: ValueId): Node | null =>
  graph.nodes[id - graph.inputs.length - graph.constants.length] ?? null;

export const constantOf = (graph: ProofGraph, id: ValueId): Constant => graph.constants[id - graph.inputs.length]!;

/** Shifts of a node's channels, or the one of all. */
export const shiftsOf = (graph: ProofGraph, node: Node): ArrayLike<number> => {
  const shift = node.stage?.shift ?? 0;
  return typeof shift === 'number' ? [shift] : constantOf(graph, shift.constant).read();
};
