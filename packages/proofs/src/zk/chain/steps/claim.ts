/** A run as whoever posts it claims it: the data of its proof and the records of all steps, bound by the trace. */
import { concatBytes, leafHash, ok, type Result, refuse, sha256, utf8 } from '@surety/core';
import { listRoot } from '@surety/programs';
import { HashTree } from '../../../optimistic/tree.ts';
import type { Architecture } from '../../graph/architecture.ts';
import { planned } from '../../plan/pads.ts';
import { statementBytes } from '../../statement/statement.ts';
import { namedRun } from '../named.ts';
import type { ChainProof } from '../proof.ts';
import { type ProofParts, proofData } from './data.ts';
import { CHUNK_BYTES } from './machine.ts';
import { type StepProgram, stepProgram } from './program.ts';
import { runSteps, type StepRun } from './run.ts';

const TAG = utf8('surety:proof-trace:v1\0');

/** What a run names beside program, input and output. */
export const stepTrace = (program: Uint8Array, records: Uint8Array, data: Uint8Array): Uint8Array =>
  sha256(concatBytes(TAG, program, records, data));

/** A run on this route, and all that its claim commits to. */
export type StepClaimed = {
  readonly program: StepProgram;
  readonly run: ChainProof['run'];
  readonly data: Uint8Array;
  readonly records: readonly Uint8Array[];
  readonly dataTree: HashTree;
  readonly recordTree: HashTree;
};

/** Chunks of the data, the leaves of its tree. */
export const chunksOf = (data: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(data.length / CHUNK_BYTES) }, (_, i) =>
    data.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  );

/**
 * What is claimed by whoever commits to these records and this data.
 * @param run ids of the input and the output
 * @param records one for each step
 */
export const claimOf = (
  program: StepProgram,
  run: StepRun,
  data: Uint8Array,
  records: readonly Uint8Array[],
): StepClaimed => {
  const dataTree = new HashTree(chunksOf(data).map(leafHash));
  const recordTree = new HashTree(records.map(leafHash));
  const trace = stepTrace(program.id, recordTree.root, dataTree.root);
  const { input, output } = run;
  return { program, run: { program: program.id, input, output, trace }, data, records, dataTree, recordTree };
};

/** A proof that {@link stepProgram} is about, before anything of it is checked. */
export type StepProof = { readonly run: StepRun; readonly parts: ProofParts };

/** Problems: `proof.malformed`, `proof.other`, and those of planning. */
export const partsOf = async (architecture: Architecture, file: Uint8Array): Promise<Result<StepProof>> => {
  const named = namedRun(architecture, file);
  if (!named.ok) return named;
  const { input: told, outputs, proof } = named.value;
  const { graph, proofs, id, weights } = architecture;
  const hidden = told instanceof Uint8Array;
  const plan = await planned(graph, { hideInput: hidden, proofs });
  if (!plan.ok) return plan;
  const [input, output] = [hidden ? null : told[0]!, outputs[0]!];
  const run = { input: hidden ? told : listRoot(told), output: listRoot(outputs) };
  const statement = statementBytes(plan.value, {
    program: { architecture: id, weights },
    input: hidden ? { root: told } : { id: run.input },
    output: run.output,
  });
  return ok({ run, parts: { statement, input, output, proof } });
};

/**
 * The claim that a proof which `prove` made backs.
 * Problems: those of {@link stepProgram}, `proof.malformed`, `proof.other`, `proof.refuted` for one that no step program accepts.
 */
export const stepClaim = async (architecture: Architecture, file: Uint8Array): Promise<Result<StepClaimed>> => {
  const proof = await partsOf(architecture, file);
  if (!proof.ok) return proof;
  const { run, parts } = proof.value;
  const program = await stepProgram(architecture, { hideInput: parts.input === null });
  if (!program.ok) return program;
  const data = proofData(program.value.data, parts);
  if (!data.ok) return data;
  const { records, failed } = runSteps(program.value.steps, run, data.value);
  if (failed !== null) {
    return refuse({
      code: 'proof.refuted',
      message: `Step ${records.length} of the verifier cannot be carried out: ${failed}.`,
      next: 'Claim nothing by this proof: whoever checks it wins. Prove the run again; a shown input of zeros has no such proof.',
      field: 'proof',
    });
  }
  return ok(claimOf(program.value, run, data.value, records));
};
