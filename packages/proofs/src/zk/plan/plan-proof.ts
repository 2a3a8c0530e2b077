/** From a program's graph to the plan of its proofs: what is committed to and looked up, how wide rows are, where everything lies. */
import { ok, type Result, refuse } from '@surety/core';
import type { ValueId } from '@surety/programs';
import type { RowCode } from '../commit/parameters.ts';
import type { Place } from '../commit/place.ts';
import { randomnessFor } from '../commit/soundness.ts';
import { nodeOf, type ProofGraph } from '../graph/graph.ts';
import { varsOf } from '../relations/axes.ts';
import { averagedConstants } from './averaged.ts';
import { type Content, layBlocks } from './blocks.ts';
import { inputColumns } from './input-columns.ts';
import { nodeColumns } from './node-columns.ts';
import { isOpen } from './open.ts';
import { placedBy } from './places.ts';
import type { MatrixKind, PlanOptions, ProofPlan } from './plan.ts';
import { type Column, keyOfContent, Planner, type Wanted } from './planner.ts';
import { hiddenOutputsProblem } from './shared.ts';
import { planStages, type Stage } from './stages.ts';
import { stripsOf } from './strips.ts';
import { tableVars } from './tables.ts';
import { stageOf, THROUGH, type Tie, tieOf } from './ties.ts';
import { codeFor, leastHidingVars } from './width.ts';

const lengthOf = (wanted: readonly Wanted[]): number => wanted.reduce((sum, { vars }) => sum + 2 ** vars, 0);

const hiddenStrips = ({ hidden, needed, types }: ProofGraph): Wanted[] =>
  [...hidden]
    .filter((id) => needed[id])
    .flatMap((id) =>
      stripsOf(types[id]!.shape).map((strip) => ({
        vars: strip.vars.reduce((sum, vars) => sum + vars, 0),
        content: { of: 'strip' as const, id, strip },
      })),
    );

/** By value. */
const tiesOf = (graph: ProofGraph, hidesInput: boolean): Result<readonly (Tie | null)[]> => {
  const shown = new Set(graph.outputs.map(({ value }) => value));
  const stages = new Map<ValueId, Stage>();
  const ties: (Tie | null)[] = graph.types.map(() => null);
  const open = (operand: ValueId): boolean => isOpen({ graph, hidesInput }, operand);
  for (const id of graph.types.keys()) {
    if (!graph.needed[id] || nodeOf(graph, id) === null) continue;
    const stage = nodeOf(graph, id)!.stage === null ? null : stageOf(graph, id);
    if (stage !== null) {
      stages.set(id, stage);
      continue;
    }
    const tie = nodeOf(graph, id)!.stage === null ? tieOf(graph, id, { open, shown: shown.has(id) }) : ok(THROUGH);
    if (!tie.ok) return tie;
    ties[id] = tie.value;
  }
  const staged = planStages(graph, [...stages.values()]);
  if (!staged.ok) return staged;
  for (const [id, tie] of staged.value) ties[id] = tie;
  return ok(ties);
};

/** The plan of proofs of a graph, without what hiding adds to it; or `proof.unsupported`. */
export const planProof = (graph: ProofGraph, options: PlanOptions): Result<ProofPlan> => {
  const planner = new Planner(graph);
  const columns: Column[] = [];
  if (options.hideInput) {
    const more = inputColumns(planner);
    if (!more.ok) return more;
    columns.push(...more.value);
  }
  const made = tiesOf(graph, options.hideInput);
  if (!made.ok) return made;
  const ties = made.value;
  for (const [id, tie] of ties.entries()) if (tie !== null) columns.push(...nodeColumns(planner, id, tie));
  const hiddenOutputs = options.shared?.outputs ?? [];
  const shown = hiddenOutputsProblem(graph, ties, hiddenOutputs);
  if (shown !== null) return refuse(shown);
  const outputIds = hiddenOutputs.map((i) => graph.outputs[i]!.value);
  const isOutput = ({ content }: Wanted): boolean => content.of === 'value' && outputIds.includes(content.id);
  const counts = [...planner.ofNodes].reduce((sum, spec) => sum + 2 ** tableVars(graph, spec), 0);
  const ofNodes = lengthOf(planner.witness.filter(({ content }) => content.of !== 'limb')) + counts;
  for (const [table, spec] of planner.specs.entries()) {
    planner.witness.push({ vars: tableVars(graph, spec), content: { of: 'multiplicity', table } });
  }
  const valuesOf = (ids: readonly ValueId[]): Wanted[] =>
    ids.map((id) => ({ vars: varsOf(graph.types[id]!.shape), content: { of: 'value', id } }));
  const groups = options.hideInput ? (options.shared?.inputs ?? [[...graph.inputs.keys()]]) : [];
  const strips = hiddenStrips(graph);
  const wanted: readonly (readonly [MatrixKind, readonly Wanted[]])[] = [
    ['weights', strips],
    ...groups.map((ids) => ['input', valuesOf(ids)] as const),
    ['output', valuesOf(outputIds)],
    ['witness', planner.witness.filter((one) => !isOutput(one))],
  ];
  const hidesWeights = strips.length > 0 && options.proofs > 0;
  // Weights are opened once more: for what they range over.
  const proofs = hidesWeights
    ? options.proofs + 1
    : options.shared !== undefined
      ? options.proofs
      : options.hideInput
        ? 1
        : 0;
  const laid = wanted
    // What hides lies behind the witness, even where there is none.
    .filter(([kind, blocks]) => blocks.length > 0 || (kind === 'witness' && proofs > 0))
    .map(([kind, blocks], matrix) => ({ kind, ...layBlocks(matrix, blocks) }));
  // A commitment to weights serves proofs that hide their input and ones that do not: its rows depend on neither.
  const hiddenWeights = laid.find(({ kind }) => kind === 'weights');
  const lengths = hiddenWeights === undefined ? laid.map(({ length }) => length) : [ofNodes];
  const mostProofs = hiddenWeights === undefined || hidesWeights ? proofs : 0;
  const shared = options.shared?.rowVars;
  const code: RowCode =
    shared === undefined ? codeFor(hiddenWeights?.length ?? 0, lengths, mostProofs) : { rowVars: shared };
  const { rowVars, blowupVars } = code;
  const randomness = proofs === 0 ? 0 : randomnessFor(rowVars, proofs);
  if (randomness === null) {
    const message = `Rows of ${2 ** rowVars} values have no room for what hides the input.`;
    const next = 'Commit to the program again so that it hides its constants in one proof at least.';
    const limit = `rows of ${2 ** leastHidingVars(proofs)} values or more`;
    return refuse({ code: 'proof.unsupported', message, next, field: 'hideInput', value: 'true', limit });
  }
  const matrices = laid.map(({ kind, blocks, length }) => ({ kind, blocks, rows: Math.ceil(length / 2 ** rowVars) }));
  const places = new Map(
    matrices.flatMap(({ blocks }) => blocks.map(({ content, place }) => [keyOfContent(content), place])),
  );
  const place = (content: Content): Place => places.get(keyOfContent(content))!;
  const tables = planner.specs.map((spec, table) => ({
    spec,
    tag: table + 1,
    vars: tableVars(graph, spec),
    multiplicity: place({ of: 'multiplicity', table }),
  }));
  return ok({
    graph,
    hidesInput: options.hideInput,
    hiddenOutputs,
    hidesWeights,
    randomness,
    hiding: null,
    rowVars,
    ...(blowupVars !== undefined && { blowupVars }),
    matrices,
    ties,
    averaged: averagedConstants(graph, ties),
    ...placedBy(planner, ties, places, options),
    derived: planner.derived,
    tables,
    columns: columns.map((column) => column(place)),
  });
};
