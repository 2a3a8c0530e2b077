/** The tables that values are looked up in: what they hold follows from the graph, and equal ones are shared. */
import { elements, type ValueId } from '@surety/programs';
import { add, type Ext, fromInteger, ONE, scale, sub, ZERO } from '../field/ext.ts';
import { below, bitsOf, indexBelow } from '../field/multilinear.ts';
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
  /** What a `lookup` or `gather` node reads: `first + i` and value i of a constant. */
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
  return spec.kind === 'clamp' ? spec.to - spec.from + 1 : elements(graph.types[spec.table]!.shape);
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

/** A column of a table that is linear in pieces: `at + slope·i` up to the end of each. */
export type Pieces = {
  readonly rows: number;
  readonly pieces: readonly { readonly end: number; readonly slope: number; readonly at: number }[];
};

/** `Σ_i eq(point, i)·f(i)` where f is linear between its steps, and stays what it was at the last of `rows` rows. */
const extensionOf = (point: readonly Ext[], { rows, pieces }: Pieces): Ext => {
  let sum = ZERO;
  let [start, last] = [0, 0];
  let [counted, indices] = [ZERO, ZERO];
  for (const { end, slope, at } of pieces) {
    if (end <= start) continue;
    const [until, upTo] = [below(point, end), indexBelow(point, end)];
    sum = add(sum, add(scale(sub(until, counted), fromInteger(at)), scale(sub(upTo, indices), slope)));
    [start, counted, indices, last] = [end, until, upTo, at + slope * (end - 1)];
  }
  return start < rows ? sum : add(sum, scale(sub(ONE, counted), fromInteger(last)));
};

/** The columns of a table that are linear in pieces; null of what a constant holds. */
export const piecesOf = (graph: ProofGraph, spec: TableSpec): readonly Pieces[] | null => {
  if (spec.kind === 'function') return null;
  const rows = rowsOf(graph, spec);
  const counted = { rows, pieces: [{ end: rows, slope: 1, at: firstOf(spec) }] };
  if (spec.kind === 'range') return [counted];
  const { from, offset, low, high } = spec;
  const within = (i: number): number => Math.min(Math.max(i, 0), rows);
  const clamped = [
    { end: within(low - from - offset), slope: 0, at: low },
    { end: within(high - from - offset), slope: 1, at: from + offset },
    { end: rows, slope: 0, at: high },
  ];
  return [counted, { rows, pieces: clamped }];
};

/** The columns of what a constant holds: the first, and values of the second, which stays what it was at the last. */
export const functionColumns = (
  graph: ProofGraph,
  spec: TableSpec,
): { readonly first: Pieces; readonly second: ArrayLike<number> } => {
  const rows = rowsOf(graph, spec);
  const first = { rows, pieces: [{ end: rows, slope: 1, at: firstOf(spec) }] };
  const second = secondOf(graph, spec)!;
  return { first, second: Array.from({ length: rows }, (_, i) => second(i)) };
};

/** A table as lookups take it; its rows are listed when somebody asks for them. */
const lookupTable = (
  graph: ProofGraph,
  { spec, tag, vars, multiplicity }: ProofPlan['tables'][number],
): LookupTable => {
  let listed: readonly Uint32Array[] | null = null;
  const linear = piecesOf(graph, spec);
  return {
    tag,
    vars,
    multiplicity,
    get columns() {
      listed ??= columnsOf(graph, spec);
      return listed;
    },
    ...(linear === null
      ? {}
      : { extensions: (point: readonly Ext[]) => linear.map((column) => extensionOf(point, column)) }),
  };
};

export const lookupTables = ({ graph, tables }: Pick<ProofPlan, 'graph' | 'tables'>): LookupTable[] =>
  tables.map((table) => lookupTable(graph, table));
