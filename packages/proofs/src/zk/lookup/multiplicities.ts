/** How often each entry of each table is looked up: what the prover commits to beside the columns. */
import { SuretyError } from '@surety/core';
import { P } from '../field/ext.ts';
import { eachRun, type LookupColumn, type LookupTable } from './column.ts';

/** An element as the integer nearest to 0 that it stands for. */
const signed = (x: number): number => (x > P / 2 ? x - P : x);

/** Where in a table each first value stands. */
type Index = {
  readonly lowest: number;
  /** Row of the value `lowest + i`, −1 where there is none. */
  readonly rows: Int32Array;
  readonly second: Uint32Array | null;
  readonly counts: Uint32Array;
};

const indexOf = ({ columns, vars }: LookupTable): Index => {
  const [first, second] = columns as readonly [Uint32Array, Uint32Array | undefined];
  let [lowest, highest] = [P, -P];
  for (let i = 0; i < first.length; i++) {
    const value = signed(first[i]!);
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const rows = new Int32Array(highest - lowest + 1).fill(-1);
  for (let i = 0; i < first.length; i++) rows[signed(first[i]!) - lowest] = i;
  return { lowest, rows, second: second ?? null, counts: new Uint32Array(2 ** vars) };
};

/**
 * Counts of every table, in the order of the tables.
 * @param words values of the blocks of a column
 * @throws SuretyError internal if a row is in no table: the prover looked for what its own program cannot give
 */
export const countLookups = (
  columns: readonly LookupColumn[],
  tables: readonly LookupTable[],
  words: (column: LookupColumn) => readonly Uint32Array[],
): Uint32Array[] => {
  const indices = new Map(tables.map((table) => [table.tag, indexOf(table)]));
  for (const column of columns) {
    const [first, second] = words(column) as readonly [Uint32Array, Uint32Array | undefined];
    eachRun(column, (start, length) => {
      if (column.tags.length === 1) count(column, indices.get(column.tags[0]!), first, second, start, start + length);
      else {
        for (const [i, own] of column.tags.entries()) {
          count(column, indices.get(own), first, second, start + i, start + i + 1);
        }
      }
    });
  }
  return tables.map(({ tag }) => indices.get(tag)!.counts);
};

const count = (
  column: LookupColumn,
  index: Index | undefined,
  first: Uint32Array,
  second: Uint32Array | undefined,
  start: number,
  end: number,
): void => {
  if (index === undefined) throw inNoTable(column, start, first, second);
  const { lowest, rows, counts } = index;
  const others = second === undefined ? null : (index.second ?? NONE);
  for (let i = start; i < end; i++) {
    const value = first[i]!;
    const row = rows[(value > P / 2 ? value - P : value) - lowest] ?? -1;
    if (row < 0 || (others !== null && others[row] !== second![i])) throw inNoTable(column, i, first, second);
    counts[row]!++;
  }
};

/** Second values of a table that has none. */
const NONE = new Uint32Array();

const inNoTable = (
  { name }: LookupColumn,
  row: number,
  first: Uint32Array,
  second: Uint32Array | undefined,
): SuretyError =>
  new SuretyError({
    code: 'internal',
    message: `Row ${row} of ${name} is in no table.`,
    next: 'Report this with the program: its values leave the ranges it declares.',
    field: name,
    value: second === undefined ? `${first[row]}` : `${first[row]}, ${second[row]}`,
    limit: 'the entries of the table of its tag',
  });
