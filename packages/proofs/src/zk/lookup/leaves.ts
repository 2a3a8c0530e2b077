/**
 * The order of all rows of all columns and tables at the bottom of the tree of fractions: largest blocks first, so that each
 * lies at a multiple of its length, and after the last one fractions 0/1 up to a power of two.
 */
import { SuretyError } from '@surety/core';
import { P } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import { type LookupColumn, type LookupTable, trueRows } from './column.ts';
import { MAX_ROWS } from './soundness.ts';

export type Leaf = { readonly offset: number; readonly vars: number } & (
  | { readonly kind: 'column'; readonly column: LookupColumn }
  | { readonly kind: 'table'; readonly table: LookupTable }
);

/** Variables of the smallest tree: so many that kernels always have whole fours. */
export const LEAST_VARS = 4;

export type Leaves = {
  readonly blocks: readonly Leaf[];
  /** Fractions that are no filling. */
  readonly rows: number;
  /** Of the tree. */
  readonly vars: number;
  /** Rows of columns that are padding. */
  readonly padding: number;
};

/**
 * Tag 0 is padding's own: a table of it would let padding be what it holds. Of tables with extensions verifiers list no rows,
 * and so none are looked at here.
 */
const sound = (table: LookupTable): boolean => {
  const { tag, vars, extensions } = table;
  return tag >= 1 && tag < P && (extensions !== undefined || table.columns.every(({ length }) => length === 2 ** vars));
};

/**
 * @throws SuretyError program.too-large for more rows than one proof is sound for; internal for a table that is none
 */
export const leavesOf = (columns: readonly LookupColumn[], tables: readonly LookupTable[]): Leaves => {
  const unsound = tables.find((table) => !sound(table));
  if (unsound !== undefined) {
    throw new SuretyError({
      code: 'internal',
      message: `A table of tag ${unsound.tag} cannot be looked up in.`,
      next: 'Report this with the program.',
      field: 'tables',
      value: `tag ${unsound.tag}, 2^${unsound.vars} rows, columns of ${unsound.columns.map(({ length }) => length)}`,
      limit: `tags 1 to ${P - 1}, columns of all rows`,
    });
  }
  const blocks = [
    ...columns.map((column) => ({ kind: 'column' as const, vars: column.vars, column })),
    ...tables.map((table) => ({ kind: 'table' as const, vars: table.vars, table })),
  ].sort((a, b) => b.vars - a.vars);
  let rows = 0;
  const placed = blocks.map((block): Leaf => {
    const offset = rows;
    rows += 2 ** block.vars;
    return { ...block, offset };
  });
  // Below p as well: a row in no table is a pole of the sum, as often as it occurs, unless that were p times.
  if (rows > MAX_ROWS) {
    throw new SuretyError({
      code: 'program.too-large',
      message: `A proof has ${rows} lookups.`,
      next: 'Prove a smaller program.',
      field: 'lookups',
      value: `${rows}`,
      limit: `${MAX_ROWS} in one proof`,
    });
  }
  const padding = columns.reduce((total, column) => total + 2 ** column.vars - trueRows(column), 0);
  return { blocks: placed, rows, vars: Math.max(bitsOf(rows), LEAST_VARS), padding };
};
