/** The id of a program, lists of tensors, traces, and names that hide (spec 12.7). */
export { hiding, SALT_BYTES } from '@surety/core';

import { concatBytes } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { encodeHeader } from '../file/header.ts';
import { encodeNode } from '../file/node.ts';
import type { Tensor } from '../tensor.ts';
import { release } from '../transient.ts';
import { encodeInterface } from './interface.ts';
import { bigEndian, type HashChunks, tagged, tensorRoot, treeRoot } from './tensor.ts';

export type Commitment = {
  /** P, 32 bytes. */
  readonly id: Uint8Array;
  /** T of each constant. */
  readonly constants: readonly Uint8Array[];
};

/** Header, interface and nodes: the leaves of the graph's tree. */
export const graphOf = function* (program: CheckedProgram): Generator<Uint8Array> {
  const first = program.inputs.length + program.constants.length;
  yield encodeHeader(program);
  yield encodeInterface(program);
  for (const [i, node] of program.nodes.entries()) yield encodeNode(node, program.types[first + i]!.shape);
};

/** A tree after the number of its leaves: a root alone does not tell its size, and proofs are about one. */
const counted = (count: number, root: Uint8Array): Uint8Array => concatBytes(bigEndian([count]), root);

/** P of a graph and the roots of its constants. */
export const programId = (program: CheckedProgram, constants: readonly Uint8Array[]): Uint8Array =>
  tagged(
    'surety:program:v2',
    bigEndian([program.inputs.length]),
    counted(program.nodes.length, treeRoot(graphOf(program))),
    counted(constants.length, treeRoot(constants)),
  );

/** Commits to a program; one constant at a time is in memory. */
export const commitProgram = (program: CheckedProgram, hash?: HashChunks): Commitment => {
  const constants = program.constants.map(({ dtype, shape, read }) => {
    const values = read();
    const root = tensorRoot({ dtype, shape, values }, hash);
    release(values);
    return root;
  });
  return { id: programId(program, constants), constants };
};

/** L of tensors with these roots T. */
export const listId = (roots: readonly Uint8Array[]): Uint8Array =>
  tagged('surety:tensors:v1', counted(roots.length, treeRoot(roots)));

/** L of tensors: the inputs of a run, or its outputs. */
export const listRoot = (tensors: readonly Tensor[], hash?: HashChunks): Uint8Array =>
  listId(tensors.map((tensor) => tensorRoot(tensor, hash)));

/**
 * R of a run.
 * @param inputs L of its inputs
 * @param nodes T of each node's value
 */
export const traceRoot = (id: Uint8Array, inputs: Uint8Array, nodes: readonly Uint8Array[]): Uint8Array =>
  traceId(id, inputs, nodes.length, treeRoot(nodes));

/** R by the root of the tree over the values of so many nodes. */
export const traceId = (id: Uint8Array, inputs: Uint8Array, nodes: number, root: Uint8Array): Uint8Array =>
  tagged('surety:trace:v1', id, inputs, counted(nodes, root));
