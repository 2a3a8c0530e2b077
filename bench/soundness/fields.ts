/** What each part of a proof's file is. */
import { stackCode } from '../../packages/proofs/src/zk/commit/batch.ts';
import { SALT_BYTES } from '../../packages/proofs/src/zk/commit/commit.ts';
import { levelsOf } from '../../packages/proofs/src/zk/commit/levels.ts';
import { treeShape } from '../../packages/proofs/src/zk/commit/shape.ts';
import { siblingBytes } from '../../packages/proofs/src/zk/commit/tree.ts';
import { leavesOf } from '../../packages/proofs/src/zk/lookup/leaves.ts';
import { shapesOf } from '../../packages/proofs/src/zk/plan/hiding.ts';
import type { ProofPlan } from '../../packages/proofs/src/zk/plan/plan.ts';
import { lookupTables } from '../../packages/proofs/src/zk/plan/tables.ts';

export type Field = {
  readonly name: string;
  /** Of the file. */
  readonly at: number;
  readonly length: number;
  /** Elements of the field, four bytes each; else bytes. */
  readonly words: boolean;
};

type Named = { readonly name: string; readonly words: boolean };

const elements = (name: string): Named => ({ name, words: true });
const bytes = (name: string): Named => ({ name, words: false });

/** Messages of the lookups, in order. */
const lookupsOf = (plan: ProofPlan): Named[] => {
  if (plan.columns.length === 0) return [];
  const { vars } = leavesOf(plan.columns, lookupTables(plan));
  const layers = Array.from({ length: vars }, (_, j) => [
    ...Array.from({ length: j }, () => elements('lookups: round of a layer')),
    elements('lookups: halves of a layer'),
    // Under pads, products are said after the halves.
    ...(plan.hiding === null ? [] : [elements('lookups: product'), elements('lookups: product')]),
  ]);
  return [elements('lookups: sum of all'), ...layers.flat(), elements('lookups: values looked up')];
};

/** Columns of matrices, by what they are of, and the nodes of their trees. */
const columnsOf = (of: string, randomness: number): Named[] => [
  elements(`opening: columns of ${of}`),
  ...(randomness > 0 ? [bytes(`opening: salts of ${of}`)] : []),
  bytes(`opening: nodes of ${of}`),
];

/** Messages of the opening, in order. */
const openingOf = (plan: ProofPlan, products: boolean): Named[] => {
  const shapes = shapesOf(plan);
  const matrices = shapes.flatMap(({ randomness }, i) => columnsOf(plan.matrices[i]!.kind, randomness));
  const levels = levelsOf(stackCode(shapes)).map(({ foldVars }) => [
    bytes('opening: root of a level'),
    elements('opening: sample of a level'),
    ...Array.from({ length: foldVars }, () => elements('opening: round of a level')),
  ]);
  // Columns come once it is fixed what they are held against: the next level, or the row that is sent.
  const sent = [elements('opening: combination')];
  const opened = [...levels, sent].flatMap((messages, i) => {
    const fixes = i < levels.length ? 2 : 1;
    const columns = i === 0 ? matrices : columnsOf('a level', 0);
    return [...messages.slice(0, fixes), ...columns, ...messages.slice(fixes)];
  });
  return [
    ...(plan.hiding === null ? [] : [elements('hiding: claim on the pads')]),
    ...(products ? [elements('hiding: values of the products'), elements('hiding: factors shown')] : []),
    ...(plan.hiding === null ? [] : [elements('opening: blinding value')]),
    ...Array.from({ length: plan.rowVars }, () => elements('opening: round of the sumcheck')),
    ...opened,
  ];
};

/** Bytes of what opens columns at these places, in order. @param opening 0 of the stack; then of its levels */
export const columnLengths = (plan: ProofPlan, opening: number, places: readonly number[]): number[] => {
  const stack = shapesOf(plan);
  const opened = opening === 0 ? stack : [levelsOf(stackCode(stack))[opening - 1]!.shape];
  return opened.flatMap((shape) => [
    4 * shape.rows * places.length,
    ...(shape.randomness > 0 ? [SALT_BYTES * places.length] : []),
    siblingBytes(places, treeShape(shape)),
  ]);
};

/**
 * The fields of a proof.
 * @param lengths of its messages and of what opens columns, in order
 */
export const fieldsOf = (plan: ProofPlan, lengths: readonly number[], start: number): Field[] => {
  const witness = plan.matrices.some(({ kind }) => kind === 'witness') ? [bytes('root of the witness')] : [];
  const root = [...witness, ...(plan.blowupVars === undefined ? [] : [elements('sample of the witness')])];
  const lookups = lookupsOf(plan);
  const products = plan.hiding !== null && plan.columns.length > 0;
  const opening = plan.matrices.length > 0 ? openingOf(plan, products) : [];
  const relations = lengths.length - root.length - lookups.length - opening.length;
  const names = [
    ...root,
    ...lookups,
    ...Array.from({ length: relations }, () => elements('relations: sums and factors')),
    ...opening,
  ];
  let at = start;
  return names.map((named, i) => {
    const field = { ...named, at, length: lengths[i]! };
    at += lengths[i]!;
    return field;
  });
};

const OPENS_COLUMNS = /^opening: (?:columns|salts|nodes) of /;

/** What the transcript absorbs: all but what opens columns, which roots bind. */
export const absorbedOf = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ name }) => !OPENS_COLUMNS.test(name));

/**
 * The messages of which one that is heard otherwise must be noticed: challenges are drawn after them, or, after the last, places of
 * salted columns. Columns without salts may all be equal, and others as right.
 */
export const challengedBy = (fields: readonly Field[]): readonly Field[] => {
  const absorbed = absorbedOf(fields);
  const lastOpened = fields.findLast(({ name }) => name.startsWith('opening: columns of '))?.name;
  const salted = fields.some(({ name }) => name.startsWith('opening: salts of witness'));
  const ofSalted = lastOpened === undefined || (salted && lastOpened !== 'opening: columns of a level');
  return ofSalted ? absorbed : absorbed.slice(0, -1);
};
