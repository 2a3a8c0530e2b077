/**
 * What the lookup argument is about: columns of committed values, each row of which stands in a table. A row is a tag, which
 * says in which table, and one or two values. Tags are 1 or more; padding has tag 0 and is proved to be 0.
 */
import type { Place } from '../commit/place.ts';
import type { Ext } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';

/** A dimension of a column: its true size among 2^vars rows. */
export type Dimension = { readonly size: number; readonly vars: number };

export type LookupColumn = {
  /** Whose values they are, for errors. */
  readonly name: string;
  readonly vars: number;
  /** Outermost first. The rest of each dimension is padding. */
  readonly sizes: readonly Dimension[];
  /** One tag for all rows, or one for each index of the last dimension. */
  readonly tags: readonly number[];
  /** One or two blocks of 2^vars values. */
  readonly values: readonly Place[];
};

export type LookupTable = {
  readonly tag: number;
  readonly vars: number;
  /** Its 2^vars rows, as elements of the base field: first values, and with each its one second value where there are any. */
  readonly columns: readonly Uint32Array[];
  /** Extensions of the columns at a point of `vars` coordinates, where they have a short form: verifiers then list no rows. */
  readonly extensions?: (point: readonly Ext[]) => readonly Ext[];
  /** Block of 2^vars counts of how often each row is looked up. */
  readonly multiplicity: Place;
};

/** Rows of a column that are not padding. */
export const trueRows = ({ sizes }: LookupColumn): number => sizes.reduce((product, { size }) => product * size, 1);

/** Dimensions of a tensor as a column has them. */
export const dimensionsOf = (shape: readonly number[]): Dimension[] =>
  shape.map((size) => ({ size, vars: bitsOf(size) }));

/**
 * Calls `run` for rows that follow one another and are no padding: whole last dimensions, or more where neither padding nor
 * tags by index stand between.
 */
export const eachRun = (column: LookupColumn, run: (start: number, length: number) => void): void => {
  const dimensions = [...column.sizes];
  let { size: length, vars } = dimensions.pop() ?? { size: 1, vars: 0 };
  while (column.tags.length === 1 && length === 2 ** vars && dimensions.length > 0) {
    const outer = dimensions.pop()!;
    length *= outer.size;
    vars += outer.vars;
  }
  const visit = (depth: number, start: number): void => {
    if (depth === dimensions.length) {
      run(start * 2 ** vars, length);
      return;
    }
    const { size, vars: bits } = dimensions[depth]!;
    for (let i = 0; i < size; i++) visit(depth + 1, start * 2 ** bits + i);
  };
  visit(0, 0);
};
