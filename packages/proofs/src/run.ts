/** What every proof is about: one run of one program. `contracts/src/interfaces/IExecutionVerifier.sol` has the same. */
import { concatBytes } from '@surety/core';
import { type CheckedProgram, listRoot, nodeRoots, type Tensor, traceRoot } from '@surety/programs';

/** Commitments of spec 12.7, 32 bytes each. */
export type Run = {
  /** P of the program. */
  readonly program: Uint8Array;
  /** L of the inputs. */
  readonly input: Uint8Array;
  /** L of the outputs. */
  readonly output: Uint8Array;
  /** R: program, inputs and the value of every node. */
  readonly trace: Uint8Array;
};

/**
 * The run that a traced execution was.
 * @param id P of `program`
 * @param execution.chunkRoots roots of the chunks of each node's value, as a traced run of the engine gives them
 */
export const runOf = (
  program: CheckedProgram,
  id: Uint8Array,
  execution: {
    readonly inputs: readonly Tensor[];
    readonly outputs: readonly Tensor[];
    readonly chunkRoots: readonly Uint8Array[];
  },
): Run => {
  const input = listRoot(execution.inputs);
  const trace = traceRoot(id, input, nodeRoots(program, execution.chunkRoots));
  return { program: id, input, output: listRoot(execution.outputs), trace };
};

/** `program ‖ input ‖ output ‖ trace`, 128 bytes: how a contract sees the struct in memory. */
export const runBytes = ({ program, input, output, trace }: Run): Uint8Array =>
  concatBytes(program, input, output, trace);
