/** What every proof is about: one run of one program. `contracts/src/interfaces/IExecutionVerifier.sol` has the same. */
import { concatBytes } from '@surety/core';
import { type CheckedProgram, listRoot, type RunTrace, type Tensor, traceId } from '@surety/programs';

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
 * @param execution.trace hashes of the nodes' values, as a traced run of the engine gives them
 */
export const runOf = (
  program: CheckedProgram,
  id: Uint8Array,
  execution: {
    readonly inputs: readonly Tensor[];
    readonly outputs: readonly Tensor[];
    readonly trace: RunTrace;
  },
): Run => {
  const input = listRoot(execution.inputs);
  const trace = traceId(id, input, program.nodes.length, execution.trace.root);
  return { program: id, input, output: listRoot(execution.outputs), trace };
};

/** `program ‖ input ‖ output ‖ trace`, 128 bytes: how a contract sees the struct in memory. */
export const runBytes = ({ program, input, output, trace }: Run): Uint8Array =>
  concatBytes(program, input, output, trace);
