/** The ids of iterated programs and their traces (spec 15.1). */
import { bigEndian, tagged, treeRoot } from '../commit/tensor.ts';

/** I of a program P and a number of steps. */
export const iteratedId = (program: Uint8Array, steps: number): Uint8Array =>
  tagged('surety:iterated:v1', program, bigEndian([steps]));

/**
 * RI of a run.
 * @param id I of the iterated program
 * @param inputs L of the whole's inputs
 * @param traces R of each step
 */
export const iterationRoot = (id: Uint8Array, inputs: Uint8Array, traces: readonly Uint8Array[]): Uint8Array =>
  iterationOfTree(id, inputs, traces.length, treeRoot(traces));

/** RI by the root of the tree over the traces of so many steps. */
export const iterationOfTree = (id: Uint8Array, inputs: Uint8Array, steps: number, root: Uint8Array): Uint8Array =>
  tagged('surety:iteration:v1', id, inputs, bigEndian([steps]), root);
