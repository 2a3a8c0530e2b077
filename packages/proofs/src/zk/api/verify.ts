/** Verifying a proof. */
import { type Finding, ok, type Problem, type Result, refuse, sameBytes, toHex } from '@surety/core';
import { admitInputs, listRoot, type Tensor, type ValueId } from '@surety/programs';
import { ProofError } from '../channel/problem.ts';
import { decodeNamed, decodeRest, type Named } from '../file/file.ts';
import type { Architecture } from '../graph/architecture.ts';
import { graphOf } from '../graph/from-program.ts';
import { constantOf, isInput, type ProofGraph } from '../graph/graph.ts';
import { ProofMemory } from '../memory.ts';
import { openSums } from '../plan/exact.ts';
import { planned } from '../plan/pads.ts';
import type { Statement } from '../statement/statement.ts';
import { verifyRun } from '../verify/verify.ts';
import { zkFinding } from './finding.ts';
import { stepsOf, type WorkOptions } from './options.ts';
import { passedOn } from './prove.ts';
import { rangeProblem } from './range.ts';
import { refuted } from './refuted.ts';
import type { PublicProgram } from './subject.ts';

export type Verified = {
  /** Of public inputs; null where the proof hides them. */
  readonly inputs: readonly Tensor[] | null;
  /** L of public inputs; the root that hidden ones are committed to by: the same root, the same inputs. */
  readonly input: Uint8Array;
  readonly outputs: readonly Tensor[];
  /** L of the outputs. */
  readonly output: Uint8Array;
  readonly finding: Finding;
};

export type VerifyOptions = WorkOptions & {
  /** What the run has to be about; nothing of it is compared unless stated. */
  readonly expected?: { readonly input?: Uint8Array; readonly output?: Uint8Array };
};

const other = (field: string, given: Uint8Array, wanted: Uint8Array): Problem => ({
  code: 'proof.other',
  message: `The proof is about another ${field}.`,
  next: 'Ask for a proof of the run that is meant.',
  field,
  value: toHex(given),
  limit: toHex(wanted),
});

/** Whether a proof names the program at hand. */
const otherProgram = (named: Named, subject: PublicProgram | Architecture): Problem | null => {
  if (named.kind === 'public') {
    const same = subject.kind === 'public' && sameBytes(named.id, subject.id);
    return same ? null : other('program', named.id, subject.id);
  }
  const { architecture, weights } = named;
  if (subject.kind === 'public') return other('program', architecture, subject.id);
  if (!sameBytes(architecture, subject.id)) return other('program', architecture, subject.id);
  return sameBytes(weights, subject.weights) ? null : other('weights', weights, subject.weights);
};

const openValue =
  (graph: ProofGraph, inputs: readonly Tensor[] | null) =>
  (id: ValueId): Tensor => {
    if (isInput(graph, id)) return inputs![id]!;
    const { dtype, shape, read } = constantOf(graph, id);
    return { dtype, shape, values: read() };
  };

/**
 * Checks the file of a proof against the program that it should be about.
 * Problems: `proof.malformed`, `proof.other` for another program, input or output than expected, `proof.refuted`, of the
 * architecture's proof of range too, which is checked the first time,
 * `program.input` for public inputs that the program does not take.
 * @throws the reason of `options.signal` when that is aborted
 */
export const verify = async (
  file: Uint8Array,
  subject: PublicProgram | Architecture,
  options: VerifyOptions = {},
): Promise<Result<Verified>> => {
  options.signal?.throwIfAborted();
  const named = decodeNamed(file);
  if (!named.ok) return named;
  const { program, hidesInput } = named.value;
  const wrong = otherProgram(program, subject);
  if (wrong !== null) return refuse(wrong);
  const graph = subject.kind === 'public' ? graphOf(subject.program, false) : subject.graph;
  const outputTypes = graph.outputs.map(({ value }) => graph.types[value]!);
  const rest = decodeRest(named.value.rest, hidesInput, graph.inputs, outputTypes);
  if (!rest.ok) return rest;
  const { input, outputs, proof } = rest.value;
  const inputs = input instanceof Uint8Array ? null : input;
  const admitted = inputs === null ? ok(null) : admitInputs({ ...graph, states: [] }, inputs);
  if (!admitted.ok) return admitted;
  const proofs = subject.kind === 'public' ? 0 : subject.proofs;
  const run = {
    program,
    proofs,
    hidesInput,
    input: input instanceof Uint8Array ? input : listRoot(input),
    output: listRoot(outputs),
  };
  const { expected = {} } = options;
  if (expected.input && !sameBytes(expected.input, run.input)) return refuse(other('input', run.input, expected.input));
  if (expected.output && !sameBytes(expected.output, run.output)) {
    return refuse(other('output', run.output, expected.output));
  }
  const plan = await planned(graph, { hideInput: hidesInput, proofs });
  if (!plan.ok) return plan;
  const outOfRange = subject.kind === 'private' ? await rangeProblem(subject) : null;
  if (outOfRange !== null) return refuse(outOfRange);
  const statement: Statement = {
    program:
      program.kind === 'public' ? { id: program.id } : { architecture: program.architecture, weights: program.weights },
    input: hidesInput ? { root: run.input } : { id: run.input },
    output: run.output,
  };
  const at = stepsOf(options, passedOn(plan.value));
  try {
    const known = { open: openValue(graph, inputs), outputs, reached: (id: ValueId) => at('relations', id) };
    await ProofMemory.lend(options.memoryBytes, (memory) => verifyRun(memory, plan.value, statement, proof, known));
  } catch (error) {
    if (error instanceof ProofError) return refuse(refuted(error.message));
    throw error;
  }
  const ranged = subject.kind === 'private' && subject.range !== undefined;
  const proved = { ...run, constants: ranged ? { openSums: openSums(plan.value).length } : null };
  return ok({ inputs, input: run.input, outputs, output: run.output, finding: zkFinding('zk', proved, null) });
};
