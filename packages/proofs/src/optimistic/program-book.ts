/** A program as disputes speak of it: encodings, trees over them, and its constants with their chunks. */
import { leafHash } from '@surety/core';
import {
  type CheckedProgram,
  type Commitment,
  commitProgram,
  encodeInterface,
  encodeNode,
  graphOf,
  type HashChunks,
} from '@surety/programs';
import { HashTree } from './tree.ts';
import { once, type ProgramView, type TensorView, viewOfTensor } from './view.ts';

export type ProgramBook = ProgramView & { readonly checked: CheckedProgram; readonly commitment: Commitment };

/**
 * @param options.commitment of the program, where it was computed before
 * @param options.hash how constants are hashed where it was not
 */
export const openProgram = (
  checked: CheckedProgram,
  options: { readonly commitment?: Commitment; readonly hash?: HashChunks } = {},
): ProgramBook => {
  const commitment = options.commitment ?? commitProgram(checked, options.hash);
  const first = checked.inputs.length + checked.constants.length;
  const graph = once(() => new HashTree([...graphOf(checked)].map(leafHash)));
  const constantTree = new HashTree(commitment.constants.map(leafHash));
  const constants = checked.constants.map(({ dtype, shape, read }) =>
    once((): TensorView => viewOfTensor({ dtype, shape }, read)),
  );
  return {
    checked,
    commitment,
    id: commitment.id,
    inputs: checked.inputs.length,
    constants: checked.constants.length,
    nodes: checked.nodes.length,
    graph: { size: checked.nodes.length + 2, hash: (level, position) => graph().hash(level, position) },
    interface: encodeInterface(checked),
    encoding: (node) => encodeNode(checked.nodes[node]!, checked.types[first + node]!.shape),
    constantTree,
    constant: (index) => constants[index]!(),
  };
};
