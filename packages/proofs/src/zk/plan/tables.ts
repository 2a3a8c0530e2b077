/** The tables that values are looked up in: what they hold follows from the graph, and equal ones are shared. */
import type { ValueId } from '@surety/programs';
import { fromInteger } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import { constantOf, type ProofGraph } from '../graph/graph.ts';
import type { LookupTable } from '../lookup/column.ts';
import type { ProofPlan } from './plan.ts';

export type TableSpec =
  /** All integers low .. high. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  /** All integers from .. to, and what a clamp makes of each plus an offset. */
  | {
      readonly kind: 'clamp';
      readonly from: number;
      readonly to: number;
      readonly offset: number;
      readonly low: number;
      readonly high: number;
    }
  /** What a `lookup` node reads: `first + i` and entry i of a constant. */
  | { readonly kind: 'function'; readonly table: ValueId; readonly first: number };

/** Rows above which a table is refused. */
export const MAX_TABLE_VARS = 18;

export const keyOf = (spec: TableSpec): string =>
  spec.kind === 'range'
    ? `range ${spec.low} ${spec.high}`
    : spec.kind === 'clamp'
      ? `clamp ${spec.from} ${spec.to} ${spec.offset} ${spec.low} ${spec.high}`
      : `function ${spec.table} ${spec.first}`;

/** Rows that a table has before it is filled up, by repeating the last, to a power of two. */
export const rowsOf = (graph: ProofGraph, spec: TableSpec): number => {
  if (spec.kind === 'range') return spec.high - spec.low + 1;
  return spec.kind === 'clamp' ? spec.to - spec.from + 1 : graph.types[spec.table]!.shape[0]!;
};

export const tableVars = (graph: ProofGraph, spec: TableSpec): number => bitsOf(rowsOf(graph, spec));

/** The integer of row 0 of the first column, which counts up from there. */
export const firstOf = (spec: TableSpec): number =>
  spec.kind === 'range' ? spec.low : spec.kind === 'clamp' ? spec.from : spec.first;

/** What the second column has beside `first + i` in the first; null of tables of one column. */
const secondOf = (graph: ProofGraph, spec: TableSpec): ((i: number) => number) | null => {
  if (spec.kind === 'range') return null;
  if (spec.kind === 'clamp') {
    const { from, offset, low, high } = spec;
    return (i) => Math.min(Math.max(from + i + offset, low), high);
  }
  const values = constantOf(graph, spec.table).read();
  return (i) => values[i]!;
};

/** The columns of a table as elements of M31. */
const columnsOf = (graph: ProofGraph, spec: TableSpec): readonly Uint32Array[] => {
  const rows = rowsOf(graph, spec);
  const length = 2 ** tableVars(graph, spec);
  const fill = (f: (i: number) => number): Uint32Array => {
    const words = new Uint32Array(length);
    for (let i = 0; i < rows; i++) words[i] = fromInteger(f(i));
    return words.fill(words[rows - 1]!, rows);
  };
  const first = firstOf(spec);
  const second = secondOf(graph, spec);
  const counted = fill((i) => first + i);
  return second === null ? [counted] : [counted, fill(second)];
};

/** The tables as lookups take them. */
export const lookupTables = ({ graph, tables }: Pick<ProofPlan, 'graph' | 'tables'>): LookupTable[] =>
  tables.map(({ spec, tag, vars, multiplicity }) => ({ tag, vars, columns: columnsOf(graph, spec), multiplicity }));
