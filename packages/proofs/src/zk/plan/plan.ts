/**
 * What a proof of a program is made of, the same on both sides and from the graph alone: which values each matrix holds and
 * where, and what is looked up in which table.
 */
import { ok, type Result, refuse } from '@surety/core';
import type { Shape, TensorType, ValueId } from '@surety/programs';
import type { RowCode } from '../commit/parameters.ts';
import type { Place } from '../commit/place.ts';
import { randomnessFor } from '../commit/soundness.ts';
import { nodeOf, type ProofGraph } from '../graph/graph.ts';
import { dimensionsOf, type LookupColumn } from '../lookup/column.ts';
import { varsOf } from '../relations/axes.ts';
import { CHOSEN_PARTS, type ChosenPart, chosenLookups } from '../relations/chosen.ts';
import { averagedConstants } from './averaged.ts';
import { type Block, type Content, layBlocks } from './blocks.ts';
import { WIDE_PARTS, type WidePart, type WidePlaces, wideLookups } from './differences.ts';
import { isOpen } from './open.ts';
import { hiddenOutputsProblem, type Shared } from './shared.ts';
import { planStages, type Quotients, type Stage, type Staged } from './stages.ts';
import { stripsOf } from './strips.ts';
import { keyOf, MAX_TABLE_VARS, type TableSpec, tableVars } from './tables.ts';
import { stageOf, THROUGH, type Tie, tieOf } from './ties.ts';
import { ENDS, type End, MOST_WIDE, type WideParts, wideTables } from './wide.ts';
import { codeFor } from './width.ts';

/** The matrix of places that are committed nowhere: their values follow from others. See {@link ProofPlan.derived}. */
export const DERIVED = -1;

/** A polynomial that is looked up without being committed, and the bits of its index. */
export type Derived = DerivedValue & { readonly vars: number };

type DerivedValue =
  /** p of an arithmetic node, its upper part, and what is clamped in the place of p where that has many values. */
  | { readonly of: 'quotient' | 'upper' | 'rejoined'; readonly id: ValueId }
  /** The upper part of what a hidden input is away from an end of its range. */
  | { readonly of: 'away'; readonly id: ValueId; readonly end: End }
  /** What a level of a maximum takes the relus of. */
  | { readonly of: 'difference'; readonly id: ValueId; readonly level: number }
  | { readonly of: 'part'; readonly id: ValueId; readonly level: number; readonly part: WidePart }
  | { readonly of: 'choice'; readonly id: ValueId; readonly part: ChosenPart }
  /** By how much the chosen value of an `argmax` exceeds each of its operand. */
  | { readonly of: 'margin'; readonly id: ValueId }
  /** Where the indices of a `gather` find each element. */
  | { readonly of: 'key'; readonly id: ValueId }
  /** A value that has no block. */
  | { readonly of: 'value'; readonly id: ValueId };

export type PlannedTable = {
  readonly spec: TableSpec;
  readonly tag: number;
  readonly vars: number;
  readonly multiplicity: Place;
};

export type MatrixKind = 'weights' | 'input' | 'output' | 'witness';

export type PlannedMatrix = {
  readonly kind: MatrixKind;
  readonly rows: number;
  readonly blocks: readonly Block[];
};

/** Where what hides lies, behind the witness. */
export type Hiding = {
  /** How many values go out under pads; pad k is the four words from 4·k of the rows of pads. */
  readonly pads: number;
  readonly padRow: number;
  readonly padRows: number;
  readonly blindingRow: number;
};

export type PlanOptions = {
  readonly hideInput: boolean;
  /** How many proofs one commitment to weights can hide them in, that of their range apart; 0 where it does not. */
  readonly proofs: number;
  /** Hidden inputs and outputs that other proofs open too; all inputs are hidden then, and each matrix of them in `proofs` proofs. */
  readonly shared?: Shared;
};

export type ProofPlan = {
  readonly graph: ProofGraph;
  readonly hidesInput: boolean;
  /** Numbers of outputs that are committed to and never shown. */
  readonly hiddenOutputs: readonly number[];
  /** Whether the commitment to weights, if there is one, hides them. */
  readonly hidesWeights: boolean;
  /** Random words behind each row of what hides; 0 where nothing does. */
  readonly randomness: number;
  /** Null where nothing is hidden. */
  readonly hiding: Hiding | null;
  /** Bits of the index of a place in a row of every matrix. */
  readonly rowVars: number;
  /** Of a witness that is opened alone and hides nothing, a lean matrix: as of `MatrixShape`. It is sampled (verify/sample.ts). */
  readonly blowupVars?: number;
  /** In the order in which they are opened; the witness last. */
  readonly matrices: readonly PlannedMatrix[];
  /** By value; null of inputs, constants and what no output needs. */
  readonly ties: readonly (Tie | null)[];
  /** Hidden constants whose claims are taken to a random point: see averaged.ts. */
  readonly averaged: ReadonlySet<ValueId>;
  /** Of values, and behind them of the relus of maxima, which are numbered on. */
  readonly types: readonly TensorType[];
  /** Numbers of a maximum's relus, level by level. */
  readonly relus: ReadonlyMap<ValueId, readonly ValueId[]>;
  /** Where the parts of a maximum's differences lie, level by level, where they are looked up in parts. */
  readonly wides: ReadonlyMap<ValueId, readonly WidePlaces[]>;
  /** Where values lie that are committed to, relus among them. */
  readonly values: ReadonlyMap<ValueId, Place>;
  /** Where the parts of an `argmax` lie whose value is no output; its largest values are numbered as relus are. */
  readonly choices: ReadonlyMap<ValueId, Readonly<Record<ChosenPart, Place>>>;
  /** Where the parts of stages lie and are looked up. */
  readonly stages: ReadonlyMap<ValueId, StagePlaces>;
  /** Of hidden inputs of more values than a table has rows. */
  readonly wide: ReadonlyMap<ValueId, Readonly<Record<End, WideParts>>>;
  readonly derived: readonly Derived[];
  readonly tables: readonly PlannedTable[];
  readonly columns: readonly LookupColumn[];
};

/** The matrices of a proof, and what hides what in them: all that its opening depends on. */
export type Layout = Pick<ProofPlan, 'rowVars' | 'blowupVars' | 'matrices' | 'randomness' | 'hidesWeights' | 'hiding'>;

export type StagePlaces = {
  /** Parts of the remainders. */
  readonly limbs: readonly Place[];
  /** Each where the stage has it; `quotient`, `upper` and `rejoined` are derived. */
  readonly parts: Readonly<Partial<Record<StagePart, Place>>>;
};

const STAGE_PARTS = ['quotient', 'upper', 'rejoined', 'lower', 'clipped'] as const;

export type StagePart = (typeof STAGE_PARTS)[number];

/** How the value of an arithmetic node with a stage of its own is tied. */
export const stagedTie = (plan: ProofPlan, id: ValueId): Staged => {
  const tie = plan.ties[id];
  if (tie?.kind !== 'staged') throw new Error(`Value ${id} has no stage.`);
  return tie;
};

type Wanted = { readonly vars: number; readonly content: Content };

/** Collects what a proof needs, before places are given. */
class Planner {
  readonly graph: ProofGraph;
  readonly witness: Wanted[] = [];
  readonly derived: Derived[] = [];
  readonly specs: TableSpec[] = [];
  readonly committed = new Set<ValueId>();
  /** Derived parts of stages and of wide inputs, by kind and value. */
  readonly parts = new Map<string, Place>();
  /** Tables that nodes look up in, whatever is hidden. */
  readonly ofNodes = new Set<TableSpec>();
  private readonly tags = new Map<string, number>();

  constructor(graph: ProofGraph) {
    this.graph = graph;
  }

  /** The tag of a table; equal tables have one. */
  tag(spec: TableSpec): number {
    const key = keyOf(spec);
    let tag = this.tags.get(key);
    if (tag === undefined) {
      tag = this.specs.push(spec);
      this.tags.set(key, tag);
    }
    return tag;
  }

  /** As {@link tag}, of a node. */
  nodeTag(spec: TableSpec): number {
    const tag = this.tag(spec);
    this.ofNodes.add(this.specs[tag - 1]!);
    return tag;
  }

  commit(content: Content & { readonly id: ValueId }, shape: Shape): void {
    this.witness.push({ vars: varsOf(shape), content });
    if (content.of === 'value') this.committed.add(content.id);
  }

  /** A value as it is looked up: where it is committed to, or through what it follows from. */
  value(id: ValueId): Content | Place {
    return this.committed.has(id) ? { of: 'value', id } : this.derive({ of: 'value', id });
  }

  derive(derived: DerivedValue, shape: Shape = this.graph.types[derived.id]!.shape): Place {
    const vars = varsOf(shape);
    return { matrix: DERIVED, offset: this.derived.push({ ...derived, vars }) - 1, vars };
  }
}

/** What is looked up for a node: made once places are known. */
type Column = (place: (content: Content) => Place) => LookupColumn;

const columnOf = (
  id: ValueId,
  shape: Shape,
  tags: readonly number[],
  contents: readonly (Content | Place)[],
): Column => {
  return (place) => ({
    name: `value ${id}`,
    vars: varsOf(shape),
    sizes: dimensionsOf(shape),
    tags,
    values: contents.map((content) => ('of' in content ? place(content) : content)),
  });
};

const quotientColumns = (planner: Planner, id: ValueId, quotients: Quotients): readonly Column[] => {
  const { shape } = planner.graph.types[id]!;
  const value: Content = { of: 'value', id };
  const derive = (of: 'quotient' | 'upper' | 'rejoined'): Place => {
    const place = planner.derive({ of, id });
    planner.parts.set(`${of} ${id}`, place);
    return place;
  };
  const column = (table: TableSpec, ...contents: readonly (Content | Place)[]): Column =>
    columnOf(id, shape, [planner.nodeTag(table)], contents);
  planner.commit(value, shape);
  if (quotients.kind === 'value') return [column(quotients.table, value)];
  if (quotients.kind === 'clamped') return [column(quotients.table, derive('quotient'), value)];
  const lower: Content = { of: 'lower', id };
  planner.commit(lower, shape);
  const lowerColumn = column(quotients.lower, lower);
  if (quotients.kind === 'split') return [column(quotients.upper, derive('upper')), lowerColumn];
  const clipped: Content = { of: 'clipped', id };
  planner.commit(clipped, shape);
  return [
    column(quotients.upper, derive('upper'), clipped),
    lowerColumn,
    column(quotients.table, derive('rejoined'), value),
  ];
};

const stagedColumns = (planner: Planner, id: ValueId, { quotients, limbs }: Staged): readonly Column[] => {
  const { shape } = planner.graph.types[id]!;
  const ofQuotients = quotientColumns(planner, id, quotients);
  const ofLimbs = limbs.map(({ bits }, limb) => {
    planner.commit({ of: 'remainder', id, limb }, shape);
    const tags = bits.map((b) => planner.nodeTag({ kind: 'range', low: 0, high: 2 ** b - 1 }));
    return columnOf(id, shape, tags, [{ of: 'remainder', id, limb }]);
  });
  return [...ofQuotients, ...ofLimbs];
};

/** Parts of each element of a shape, some committed to and some that follow, and in which tables which are looked up. */
const partColumns = <Part extends string>(
  planner: Planner,
  own: Shape,
  partOf: (part: Part) => Content & DerivedValue,
  parts: { readonly committed: readonly Part[]; readonly derived: readonly Part[] },
  lookups: readonly (readonly [TableSpec, ...Part[]])[],
): readonly Column[] => {
  for (const part of parts.committed) planner.commit(partOf(part), own);
  const derived = new Map(parts.derived.map((part) => [part, planner.derive(partOf(part), own)]));
  for (const [part, place] of derived) planner.parts.set(keyOfContent(partOf(part)), place);
  return lookups.map(([table, ...looked]) =>
    columnOf(
      partOf(looked[0]!).id,
      own,
      [planner.nodeTag(table)],
      looked.map((part) => derived.get(part) ?? partOf(part)),
    ),
  );
};

const widePart = (id: ValueId, level: number) => (part: WidePart) => ({ of: 'part' as const, id, level, part });

const choicePart = (id: ValueId) => (part: ChosenPart) => ({ of: 'choice' as const, id, part });

const nodeColumns = (planner: Planner, id: ValueId, tie: Tie): readonly Column[] => {
  const { shape } = planner.graph.types[id]!;
  switch (tie.kind) {
    case 'through':
      return [];
    case 'staged':
      return stagedColumns(planner, id, tie);
    case 'lookup': {
      const index = tie.keyed ? planner.derive({ of: 'key', id }) : planner.value(tie.x);
      const looked: (Content | Place)[] = [index, { of: 'value', id }];
      planner.commit({ of: 'value', id }, shape);
      return [columnOf(id, shape, [planner.nodeTag(tie.table)], looked)];
    }
    case 'argmax': {
      const own = planner.graph.types[tie.x]!.shape;
      return [columnOf(id, own, [planner.nodeTag(tie.table)], [planner.derive({ of: 'margin', id }, own)])];
    }
    case 'chosen': {
      const own = planner.graph.types[tie.x]!.shape;
      planner.commit({ of: 'value', id }, shape);
      planner.commit({ of: 'most', id }, shape);
      return partColumns(planner, own, choicePart(id), CHOSEN_PARTS, chosenLookups(own.at(-1)!, tie.table));
    }
    case 'maximum':
      return tie.levels.flatMap((own, level) => {
        planner.commit({ of: 'relu', id, level }, own);
        if ('upper' in tie.table) {
          return partColumns(planner, own, widePart(id, level), WIDE_PARTS, wideLookups(tie.table));
        }
        const difference = planner.derive({ of: 'difference', id, level }, own);
        return [columnOf(id, own, [planner.nodeTag(tie.table)], [difference, { of: 'relu', id, level }])];
      });
  }
};

const lengthOf = (wanted: readonly Wanted[]): number => wanted.reduce((sum, { vars }) => sum + 2 ** vars, 0);

const keyOfContent = (content: Content): string => {
  switch (content.of) {
    case 'value':
      return `value ${content.id}`;
    case 'relu':
      return `relu ${content.id} ${content.level}`;
    case 'most':
      return `most ${content.id}`;
    case 'choice':
      return `${content.part} ${content.id}`;
    case 'part':
      return `${content.part} ${content.id} ${content.level}`;
    case 'remainder':
      return `remainder ${content.id} ${content.limb}`;
    case 'multiplicity':
      return `multiplicity ${content.table}`;
    case 'lower':
    case 'clipped':
      return `${content.of} ${content.id}`;
    case 'limb':
      return `limb ${content.id} ${content.end}`;
    case 'strip':
      return `strip ${content.id} ${content.strip.starts}`;
  }
};

/** The two columns that say how far an input is from one end of its range. */
const awayColumns = (planner: Planner, id: ValueId, end: End): readonly Column[] => {
  const { shape, ...range } = planner.graph.inputs[id]!;
  const { limb, upper } = wideTables(range);
  const content = { of: 'limb', id, end } as const;
  planner.commit(content, shape);
  const away = planner.derive({ of: 'away', id, end }, shape);
  planner.parts.set(`away ${id} ${end}`, away);
  return [columnOf(id, shape, [planner.tag(limb)], [content]), columnOf(id, shape, [planner.tag(upper)], [away])];
};

/** Hidden inputs, and that each lies in the range that the program states. */
const inputColumns = (planner: Planner): Result<readonly Column[]> => {
  const columns: Column[] = [];
  for (const [id, { low, high, shape, name }] of planner.graph.inputs.entries()) {
    const spec: TableSpec = { kind: 'range', low, high };
    planner.committed.add(id);
    if (tableVars(planner.graph, spec) <= MAX_TABLE_VARS) {
      columns.push(columnOf(id, shape, [planner.tag(spec)], [{ of: 'value', id }]));
      continue;
    }
    const size = high - low + 1;
    if (size > MOST_WIDE) {
      const message = `The hidden input ${name} has a range of ${size} values.`;
      const limit = `${MOST_WIDE} values`;
      const next = 'State a narrower range (surety model import --range NAME=LOW:HIGH), or let the input be seen.';
      return refuse({ code: 'proof.unsupported', message, next, field: `inputs[${id}]`, value: `${size}`, limit });
    }
    columns.push(...ENDS.flatMap((end) => awayColumns(planner, id, end)));
  }
  return ok(columns);
};

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
    return refuse({ code: 'proof.unsupported', message, next, field: 'hideInput', value: 'true' });
  }
  const matrices = laid.map(({ kind, blocks, length }) => ({ kind, blocks, rows: Math.ceil(length / 2 ** rowVars) }));
  const places = new Map(
    matrices.flatMap(({ blocks }) => blocks.map(({ content, place }) => [keyOfContent(content), place])),
  );
  const place = (content: Content): Place => places.get(keyOfContent(content))!;
  const placesOf = <Part extends string>(
    { committed, derived }: { readonly committed: readonly Part[]; readonly derived: readonly Part[] },
    partOf: (part: Part) => Content,
  ): Record<Part, Place> => {
    const at = (part: Part): Place => planner.parts.get(keyOfContent(partOf(part))) ?? place(partOf(part));
    return Object.fromEntries([...committed, ...derived].map((part) => [part, at(part)])) as Record<Part, Place>;
  };
  const values = new Map<ValueId, Place>();
  const stages = new Map<ValueId, StagePlaces>();
  const relus = new Map<ValueId, readonly ValueId[]>();
  const choices = new Map<ValueId, Readonly<Record<ChosenPart, Place>>>();
  const wides = new Map<ValueId, readonly WidePlaces[]>();
  const types = [...graph.types];
  for (const [id, tie] of ties.entries()) {
    if (tie?.kind === 'staged' || tie?.kind === 'lookup') values.set(id, place({ of: 'value', id }));
    if (tie?.kind === 'staged') {
      const limbs = tie.limbs.map((_, limb) => place({ of: 'remainder', id, limb }));
      const parts = STAGE_PARTS.flatMap((of) => {
        const at = planner.parts.get(`${of} ${id}`) ?? places.get(`${of} ${id}`);
        return at === undefined ? [] : [[of, at] as const];
      });
      stages.set(id, { limbs, parts: Object.fromEntries(parts) });
    }
    if (tie?.kind === 'chosen') {
      values.set(id, place({ of: 'value', id }));
      const most = types.push({ dtype: 'i32', shape: graph.types[id]!.shape }) - 1;
      relus.set(id, [most]);
      values.set(most, place({ of: 'most', id }));
      choices.set(id, placesOf(CHOSEN_PARTS, choicePart(id)));
    }
    if (tie?.kind !== 'maximum') continue;
    if ('upper' in tie.table) {
      wides.set(
        id,
        tie.levels.map((_, level) => placesOf(WIDE_PARTS, widePart(id, level))),
      );
    }
    relus.set(
      id,
      tie.levels.map((shape, level) => {
        const relu = types.push({ dtype: 'i32', shape }) - 1;
        values.set(relu, place({ of: 'relu', id, level }));
        return relu;
      }),
    );
  }
  if (options.hideInput) for (const id of graph.inputs.keys()) values.set(id, place({ of: 'value', id }));
  const partsOf = (id: ValueId, end: End): WideParts => ({
    limb: place({ of: 'limb', id, end }),
    upper: planner.parts.get(`away ${id} ${end}`)!,
  });
  const wide = new Map(
    [...graph.inputs.keys()]
      .filter((id) => planner.parts.has(`away ${id} low`))
      .map((id) => [id, { low: partsOf(id, 'low'), high: partsOf(id, 'high') }] as const),
  );
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
    types,
    relus,
    wides,
    choices,
    values,
    stages,
    wide,
    derived: planner.derived,
    tables,
    columns: columns.map((column) => column(place)),
  });
};
