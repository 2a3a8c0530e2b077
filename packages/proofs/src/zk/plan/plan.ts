/** What a proof of a program is made of, the same on both sides: which values each matrix holds and where, and what is looked up. */
import { assertInvariant } from '@surety/core';
import type { TensorType, ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import type { ProofGraph } from '../graph/graph.ts';
import type { LookupColumn } from '../lookup/column.ts';
import type { ChosenPart } from '../relations/chosen.ts';
import type { Block } from './blocks.ts';
import type { WidePart, WidePlaces } from './differences.ts';
import type { Shared } from './shared.ts';
import type { Staged } from './stages.ts';
import type { TableSpec } from './tables.ts';
import type { Tie } from './ties.ts';
import type { End, WideParts } from './wide.ts';

/** A polynomial that is looked up without being committed, and the bits of its index. */
export type Derived = DerivedValue & { readonly vars: number };

export type DerivedValue =
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
  /** Of a witness that is opened alone, a lean matrix: as of `MatrixShape`. It is sampled (verify/sample.ts). */
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

/**
 * Whether proofs hide nothing and bind nothing but a witness of their own, if that: sumchecks of relations are joined, and values that
 * are only opened are not sent.
 */
export const isLean = ({ blowupVars, matrices }: Pick<ProofPlan, 'blowupVars' | 'matrices'>): boolean =>
  blowupVars !== undefined || matrices.length === 0;

export type StagePlaces = {
  /** Parts of the remainders. */
  readonly limbs: readonly Place[];
  /** Each where the stage has it; `quotient`, `upper` and `rejoined` are derived. */
  readonly parts: Readonly<Partial<Record<StagePart, Place>>>;
};

export const STAGE_PARTS = ['quotient', 'upper', 'rejoined', 'lower', 'clipped'] as const;

export type StagePart = (typeof STAGE_PARTS)[number];

/** How the value of an arithmetic node with a stage of its own is tied. */
export const stagedTie = (plan: ProofPlan, id: ValueId): Staged => {
  const tie = plan.ties[id];
  assertInvariant(tie?.kind === 'staged', `Value ${id} has no stage.`);
  return tie;
};
