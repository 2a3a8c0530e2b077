/** What a proof is about: all of it goes into the transcript before the first challenge (spec 18). */
import { encode, toHex } from '@surety/core';
import { OPCODE, operandsOf, parametersOf } from '@surety/programs';
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

const TYPE = 'surety/zk/v1';

/** Most bytes of a statement: a program's 65,536 values, each with its lists. */
const MAX_BYTES = 2 ** 27;

const hexes = (record: Readonly<Record<string, Uint8Array>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, bytes]) => [name, toHex(bytes)]));

/** Everything that the steps of a proof depend on. It follows from the program; absorbing it leaves nothing to chance. */
const described = ({ graph, rowVars, matrices, derived, tables, columns, ...hides }: ProofPlan): unknown => ({
  rowVars,
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

/** The bytes that are absorbed: domain tag and version, ids, and all of the plan; canonical JSON, so that lengths are in it. */
export const statementBytes = (plan: ProofPlan, { program, input, output }: Statement): Uint8Array =>
  encode(
    {
      type: TYPE,
      program: hexes(program),
      input: 'shared' in input ? { shared: input.shared.map(toHex) } : hexes(input),
      output: toHex(output),
      plan: described(plan),
    },
    { maxBytes: MAX_BYTES },
  );
