/** How the value of a node is tied to what it is computed from. */
import { ok, type Result, refuse } from '@surety/core';
import { DTYPE_RANGE, elements, type Shape, type ValueId } from '@surety/programs';
import { isConstant, nodeOf, type ProofGraph, shiftsOf } from '../graph/graph.ts';
import { marginRange } from '../relations/argmax.ts';
import { varsOf } from '../relations/axes.ts';
import { topOf } from '../relations/chosen.ts';
import { differenceRange, type Maximum, maximumShapes } from '../relations/maxima.ts';
import { type KnownOf, unsupportedNode } from '../relations/supported.ts';
import { type Wide, wideOf } from './differences.ts';
import { unsupported } from './refusal.ts';
import type { Stage, Staged } from './stages.ts';
import { MAX_TABLE_VARS, type TableSpec, tableVars } from './tables.ts';

export type Tie =
  /** The value is linear in, or a rearrangement of, its operands: claims on it go through to them. */
  | { readonly kind: 'through' }
  | Staged
  /** A tree of pairwise maxima: the relus of each level are committed to, and looked up with the differences they are of. */
  | {
      readonly kind: 'maximum';
      readonly levels: readonly Shape[];
      /** Of differences and relus; or in parts, where there are too many. */
      readonly table: TableSpec | Wide;
    }
  /** The value is an output: the margins by which it is the first of the largest are looked up. */
  | { readonly kind: 'argmax'; readonly x: ValueId; readonly table: TableSpec }
  /** An `argmax` whose value is no output: committed to, and tied by lookups of each element (relations/chosen.ts). */
  | { readonly kind: 'chosen'; readonly x: ValueId; readonly top: number; readonly table: TableSpec }
  /** The value is committed to, and looked up with the index, or with where that finds each element (relations/gather.ts). */
  | { readonly kind: 'lookup'; readonly x: ValueId; readonly table: TableSpec; readonly keyed: boolean };

export type Chosen = Extract<Tie, { kind: 'chosen' }>;

export const THROUGH: Tie = { kind: 'through' };

/** Rows that a table holds. */
const APART = `2^${MAX_TABLE_VARS} values`;

/** The stage of an arithmetic node; null where it does nothing, so that the value is the exact sum. */
export const stageOf = (graph: ProofGraph, id: ValueId): Stage | null => {
  const node = nodeOf(graph, id)!;
  const { low, high } = node.stage!;
  const quotient = graph.quotients[id]!;
  const shifts = Array.from(shiftsOf(graph, node));
  // Where constants are hidden only a table proves what is declared: else a clamp could be declared away.
  const believed = graph.hidden.size === 0 || (low <= DTYPE_RANGE.i32.low && high >= DTYPE_RANGE.i32.high);
  const idle = shifts.every((shift) => shift === 0) && believed && quotient.low >= low && quotient.high <= high;
  return idle ? null : { id, shifts, quotient, low, high, rows: 2 ** varsOf(graph.types[id]!.shape) };
};

const maximumTie = (graph: ProofGraph, id: ValueId, form: Maximum): Result<Tie> => {
  const { low, high } = differenceRange(graph.ranges[form.x]!);
  const levels = maximumShapes(form, graph.types[form.x]!.shape, graph.types[id]!.shape);
  if (levels.length === 0) return ok(THROUGH);
  const one: TableSpec = { kind: 'clamp', from: low, to: high, offset: 0, low: 0, high };
  const table = tableVars(graph, one) <= MAX_TABLE_VARS ? one : wideOf({ low, high });
  if (table !== null) return ok({ kind: 'maximum', levels, table });
  return refuse(unsupported(graph, id, `compares values up to ${high} apart.`, 'Clamp them before.', high, '2^30'));
};

const argmaxTie = (graph: ProofGraph, id: ValueId, x: ValueId): Result<Tie> => {
  const table = { kind: 'range' as const, ...marginRange(graph.ranges[x]!) };
  if (tableVars(graph, table) <= MAX_TABLE_VARS) return ok({ kind: 'argmax', x, table });
  const { high } = table;
  return refuse(unsupported(graph, id, `compares values up to ${high} apart.`, 'Clamp them before.', high, APART));
};

const chosenTie = (graph: ProofGraph, id: ValueId, x: ValueId): Result<Tie> => {
  const top = topOf(graph.ranges[x]!);
  const table: TableSpec = { kind: 'range', low: 0, high: top };
  const size = graph.types[x]!.shape.at(-1)!;
  if (tableVars(graph, table) <= MAX_TABLE_VARS && 2 * size <= 2 ** MAX_TABLE_VARS) {
    return ok({ kind: 'chosen', x, top, table });
  }
  const message = `chooses from ${size} values up to ${top} apart.`;
  return refuse(unsupported(graph, id, message, 'Clamp them before.', top, APART));
};

/** A `gather` by indices that nobody else knows, of a constant that everybody does. */
const gatherTie = (
  graph: ProofGraph,
  id: ValueId,
  { data, index }: { readonly data: ValueId; readonly index: ValueId },
): Result<Tie> => {
  const { shape } = graph.types[data]!;
  const table: TableSpec = { kind: 'function', table: data, first: 0 };
  if (tableVars(graph, table) <= MAX_TABLE_VARS) {
    return ok({ kind: 'lookup', x: index, table, keyed: shape.length > 1 });
  }
  const size = elements(shape);
  const next = 'Read fewer or shorter rows, or let the indices be seen.';
  return refuse(unsupported(graph, id, `reads one of ${size} values by hidden indices.`, next, size, APART));
};

/**
 * The tie of a node without a stage, or `proof.unsupported`.
 * @param known what decides whether there is a relation of it
 */
export const tieOf = (graph: ProofGraph, id: ValueId, known: KnownOf): Result<Tie> => {
  const { form } = nodeOf(graph, id)!;
  if (form.op === 'max_pool' || form.op === 'reduce_max') return maximumTie(graph, id, form);
  if (form.op === 'gather' && !known.open(form.index) && isConstant(graph, form.data) && !graph.hidden.has(form.data)) {
    return gatherTie(graph, id, form);
  }
  const unknown = unsupportedNode(nodeOf(graph, id)!, known);
  if (unknown !== null) return refuse(unsupported(graph, id, unknown.message, unknown.next, form.op, 'as stated'));
  if (form.op === 'argmax') return known.shown ? argmaxTie(graph, id, form.x) : chosenTie(graph, id, form.x);
  if (form.op !== 'lookup') return ok(THROUGH);
  const table: TableSpec = { kind: 'function', table: form.table, first: form.first };
  if (tableVars(graph, table) <= MAX_TABLE_VARS) return ok({ kind: 'lookup', x: form.x, table, keyed: false });
  const rows = graph.types[form.table]!.shape[0];
  return refuse(unsupported(graph, id, `has ${rows} entries.`, 'Use a coarser index.', rows, `2^${MAX_TABLE_VARS}`));
};
