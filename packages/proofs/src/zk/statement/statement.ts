/** What a proof is about: all of it goes into the transcript before the first challenge (spec 18). */
import { concatBytes, encode, sha256, utf8 } from '@surety/core';
import { OPCODE, operandsOf, parametersOf } from '@surety/programs';
import { u32 } from '../file/bytes.ts';
import { nodeOf } from '../graph/graph.ts';
import type { ProofPlan } from '../plan/plan.ts';

export type Statement = {
  /** P of a public program; of a private one the id of its architecture and the root of its weights. */
  readonly program: { readonly id: Uint8Array } | { readonly architecture: Uint8Array; readonly weights: Uint8Array };
  /**
   * L of public inputs; of hidden ones the root that they are committed to by, or the roots of all matrices that other proofs
   * open too, that of hidden outputs last.
   */
  readonly input:
    | { readonly id: Uint8Array }
    | { readonly root: Uint8Array }
    | { readonly shared: readonly Uint8Array[] };
  /** L of the outputs that are shown. */
  readonly output: Uint8Array;
};

const TAG = utf8('surety:statement:v1\0');
const KIND = { hiddenWeights: 1, hiddenInput: 2, sharedInput: 4 } as const;

/** Most bytes of a described plan: a program's 65,536 values, each with its lists. */
const MAX_BYTES = 2 ** 27;

/** Everything that the steps of a proof depend on. It follows from the program; absorbing it leaves nothing to chance. */
const described = ({
  graph,
  rowVars,
  blowupVars,
  matrices,
  derived,
  tables,
  columns,
  ...hides
}: ProofPlan): unknown => ({
  rowVars,
  ...(blowupVars !== undefined && { blowupVars }),
  hidesInput: hides.hidesInput,
  hiddenOutputs: hides.hiddenOutputs,
  hidesWeights: hides.hidesWeights,
  randomness: hides.randomness,
  hiding: hides.hiding,
  hidden: [...graph.hidden],
  types: graph.types.map(({ dtype, shape }) => ({ dtype, shape })),
  inputs: graph.inputs.map(({ low, high }) => [low, high]),
  outputs: graph.outputs.map(({ value }) => value),
  nodes: graph.types.flatMap((_, id) => {
    const node = nodeOf(graph, id);
    if (node === null) return [];
    const { form, stage } = node;
    const shift =
      stage === null ? 0 : typeof stage.shift === 'number' ? stage.shift : { constant: stage.shift.constant };
    return [
      {
        op: OPCODE[form.op],
        operands: operandsOf(form),
        parameters: parametersOf(form),
        stage: stage === null ? null : { shift, low: stage.low, high: stage.high, quotients: graph.quotients[id] },
      },
    ];
  }),
  matrices: matrices.map(({ kind, rows, blocks }) => ({
    kind,
    rows,
    blocks: blocks.map(({ place }) => [place.offset, place.vars]),
  })),
  derived,
  tables: tables.map(({ spec, vars }) => ({ spec, vars })),
  columns: columns.map(({ tags, values, sizes }) => ({
    tags,
    values: values.map(({ matrix, offset }) => [matrix, offset]),
    sizes: sizes.map(({ size }) => size),
  })),
});

/** Hash of all that the steps of a proof depend on, as canonical JSON, so that lengths are in it. */
export const planDigest = (plan: ProofPlan): Uint8Array => {
  const digest = digests.get(plan) ?? sha256(encode(described(plan), { maxBytes: MAX_BYTES }));
  digests.set(plan, digest);
  return digest;
};

/** Plans do not change, and serve many proofs. */
const digests = new WeakMap<ProofPlan, Uint8Array>();

/** Shared roots with their number before them; else one hash. */
const inputBytes = (input: Statement['input']): Uint8Array => {
  if ('shared' in input) return concatBytes(u32(input.shared.length), ...input.shared);
  return 'id' in input ? input.id : input.root;
};

/** What stands before the ids of input and output. */
const beforeIds = (kind: number, program: Statement['program']): Uint8Array =>
  concatBytes(TAG, Uint8Array.of(kind), ...('id' in program ? [program.id] : [program.architecture, program.weights]));

/** What stands before and behind what names the input and the outputs, of a program with hidden constants. */
export const aroundIds = (
  plan: ProofPlan,
  program: Extract<Statement['program'], { readonly weights: Uint8Array }>,
): { readonly before: Uint8Array; readonly after: Uint8Array } => ({
  before: beforeIds(KIND.hiddenWeights | (plan.hidesInput ? KIND.hiddenInput : 0), program),
  after: planDigest(plan),
});

/**
 * The bytes that are absorbed: domain tag and version, what is hidden, ids, and the hash of the plan. Short, because a contract
 * makes them too.
 */
export const statementBytes = (plan: ProofPlan, { program, input, output }: Statement): Uint8Array => {
  const ofInput = 'shared' in input ? KIND.sharedInput : 'root' in input ? KIND.hiddenInput : 0;
  const kind = ('id' in program ? 0 : KIND.hiddenWeights) | ofInput;
  return concatBytes(beforeIds(kind, program), inputBytes(input), output, planDigest(plan));
};
